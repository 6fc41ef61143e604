/** The ancestor's router in plain numbers, as the specification writes it (sections 4.7 to 4.9). Every figure is known. */
export interface Figures {
  readonly maker: number;
  readonly fallback: number;
  readonly slip: number;
  readonly latency: number;
}

export function quality({ maker, fallback, slip, latency }: Figures): 'broken' | 'degraded' | 'good' | 'ok' {
  if (fallback >= 0.9 || slip >= 20 || latency >= 2500) return 'broken';
  if (fallback >= 0.6 || slip >= 8 || latency >= 1500) return 'degraded';
  return maker >= 0.7 && fallback <= 0.4 && slip <= 4 && (latency === 0 || latency <= 800) ? 'good' : 'ok';
}

export function regime({ maker, fallback, slip, latency }: Figures): string {
  if (fallback >= 0.85 || maker <= 0.2 || slip >= 25 || latency >= 3000) return 'broken';
  if (fallback >= 0.55) return 'fallback_heavy';
  if (slip >= 12) return 'slippage_hot';
  return maker >= 0.7 && fallback <= 0.3 && slip <= 5 ? 'maker_strong' : 'balanced';
}

export function policy(of: ReturnType<typeof quality>, atr: string): { readonly maker_first: boolean; readonly taker_bias: string } {
  const bias = { broken: 'prefer_taker', degraded: 'prefer_taker', good: 'prefer_maker', ok: 'balanced' }[of];
  const is_panic = atr === 'panic';
  return { maker_first: of !== 'broken' && !(is_panic && of === 'degraded'), taker_bias: is_panic ? 'prefer_taker' : bias };
}

export function offset({ maker, fallback, slip }: Figures, atr: string, hour: number): number {
  let bps = 2;
  if (atr === 'quiet') bps -= 0.5;
  if (atr === 'hot') bps += 0.5;
  if (atr === 'panic') bps += 1;
  if (maker > 0.7) bps -= 0.5;
  if (fallback > 0.5) bps += 1;
  if (fallback > 0.8) bps += 1.5;
  if (slip > 5) bps += 0.8;
  else if (slip < 1) bps -= 0.2;
  if (hour > 0) bps -= 0.2;
  if (hour < 0) bps += 0.2;
  return Math.min(8, Math.max(0.5, bps));
}

/** numpy's default: by the position between the sorted values. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (percent / 100) * (sorted.length - 1);
  const low = Math.trunc(position);
  const [from, to] = [sorted[low] ?? Number.NaN, sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN];
  return from * (1 - (position - low)) + to * (position - low);
}
