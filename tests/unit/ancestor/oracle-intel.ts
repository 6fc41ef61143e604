/** The ancestor's learning in plain numbers, as the specification writes it (sections 8.2 to 8.7). Amounts are dollars, as there. */
const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

export interface Stats {
  readonly hit_rate: number;
  readonly avg_return: number;
  readonly avg_win: number;
  readonly avg_loss: number;
  readonly expectancy: number;
  readonly expectancy_per_risk: number;
  readonly max_drawdown: number;
  readonly drawdown_adjusted: number;
}

export function expectancyStats(pnls: readonly number[]): Stats {
  const wins = pnls.filter((pnl) => pnl > 0);
  const losses = pnls.filter((pnl) => pnl < 0);
  const hit = wins.length / pnls.length;
  const avgWin = wins.length > 0 ? sum(wins) / wins.length : 0;
  const avgLoss = losses.length > 0 ? sum(losses) / losses.length : 0;
  const expectancy = hit * avgWin + (1 - hit) * avgLoss;
  let [total, peak, fall] = [0, 0, 0];
  for (const pnl of pnls) {
    total += pnl;
    peak = Math.max(peak, total);
    fall = Math.max(fall, peak - total);
  }
  return {
    hit_rate: hit, avg_return: sum(pnls) / pnls.length, avg_win: avgWin, avg_loss: avgLoss, expectancy,
    expectancy_per_risk: avgLoss === 0 ? expectancy : expectancy / Math.abs(avgLoss), max_drawdown: fall, drawdown_adjusted: expectancy - fall / pnls.length,
  };
}

export interface ScoreV5 {
  readonly sharpe: number;
  readonly atr_ratio: number;
  readonly maker: number;
  readonly fallback: number;
  readonly slip_q50: number;
  readonly dd: number;
}

export function symbolScoreV5({ sharpe, atr_ratio, maker, fallback, slip_q50, dd }: ScoreV5): number {
  const bySharpe = sharpe <= -1 ? -1 : sharpe >= 2 ? 1 : sharpe / 2;
  const byAtr = atr_ratio < 0.5 ? -0.2 : atr_ratio > 2.5 ? -0.3 : atr_ratio >= 0.8 && atr_ratio <= 1.5 ? 0.1 : 0;
  const byRouter = (maker - 0.5) * 0.5 - Math.max(0, fallback - 0.5) - (slip_q50 > 5 ? 0.3 : 0);
  const byDrawdown = dd <= -3 ? -0.5 : dd <= -1.5 ? -0.25 : dd >= 0.5 ? 0.1 : 0;
  return bySharpe + byAtr + byRouter + byDrawdown;
}

export interface ScoreV6 {
  readonly expectancy: number;
  readonly hit_rate: number;
  readonly maker: number;
  readonly fallback: number;
  readonly slip_p50: number;
  readonly fees: number;
  readonly pnl: number;
  readonly volatility_scale: number;
}

export function symbolScoreV6(of: ScoreV6): number {
  const e = 0.7 * (0.5 + 0.5 * Math.tanh(of.expectancy / 10)) + 0.3 * of.hit_rate;
  const r = 0.5 + 0.5 * Math.tanh(of.maker - of.fallback);
  const slip = of.slip_p50 > 0 ? Math.min(0.4, of.slip_p50 / 20) : 0;
  const fee = of.pnl === 0 ? 0 : Math.min(0.4, (0.2 * Math.abs(of.fees)) / Math.max(1e-6, Math.abs(of.pnl)));
  const vol = Math.min(0.5, Math.abs(of.volatility_scale - 1));
  return clamp(0.55 * e + 0.35 * r - slip - fee - 0.3 * vol, 0, 1);
}

export interface Tuning {
  readonly bias: number;
  readonly offset: number;
  readonly maker_first: boolean;
  readonly quality: string;
  readonly regime: string;
  readonly fallback: number;
  readonly expectancy: number | null;
  readonly hit_rate: number | null;
  readonly score: number | null;
}

export function autotune(of: Tuning): { readonly bias: number; readonly offset: number; readonly maker_first: boolean } {
  let strength = 0;
  if (of.expectancy !== null) strength += of.expectancy >= 5 ? 1.5 : of.expectancy >= 1 ? 0.75 : of.expectancy <= -3 ? -1.5 : of.expectancy <= -1 ? -0.75 : 0;
  if (of.hit_rate !== null) strength += of.hit_rate >= 0.65 ? 0.25 : of.hit_rate <= 0.45 ? -0.25 : 0;
  if (of.score !== null) strength += of.score >= 0.7 ? 0.75 : of.score <= 0.3 ? -0.75 : 0;
  let [bias, offset, maker] = [0, 0, of.maker_first];
  const add = (b: number, o: number): void => {
    bias += b;
    offset += o;
  };
  const broken = of.quality === 'broken' || of.regime === 'broken';
  if (broken) add(1, 1);
  else if (of.quality === 'degraded') add(0.5, 0.5);
  if (of.regime === 'fallback_heavy') add(0.75, 0.5);
  if (of.regime === 'slippage_hot') add(0.5, 0.75);
  if (of.regime === 'maker_strong') add(-0.75, -0.5);
  if (strength >= 1.5) add(-1, -0.5);
  else if (strength >= 0.5) add(-0.5, 0);
  else if (strength <= -1.5) add(1, 0.5);
  else if (strength <= -0.5) add(0.5, 0);
  if (!maker && of.regime === 'maker_strong' && strength >= 0.5) maker = true;
  if (broken || (of.regime === 'fallback_heavy' && of.fallback >= 0.6 && of.expectancy === null)) maker = false;
  return { bias: clamp(of.bias + clamp(bias, -1, 1) * 0.05, 0, 1), offset: clamp(of.offset + clamp(offset, -1, 1), 0.5, 8), maker_first: maker };
}

export interface Allocated {
  readonly symbol: string;
  readonly expectancy: number;
  readonly score: number;
  readonly quality: string;
  readonly nav_cap: number;
}

export function allocator(symbols: readonly Allocated[], drawdown: number, tradeCap: number) {
  const mode = drawdown >= 10 ? 2 : drawdown >= 5 ? 1 : 0;
  const pick = (values: readonly [number, number, number]): number => values[mode];
  const signals = symbols.map(({ expectancy, score, quality }) => {
    const signal = Math.max(0, score) + (expectancy > 0 ? Math.min(expectancy / 10, 0.3) : 0);
    return signal * (quality === 'broken' ? 0.2 : quality === 'degraded' ? 0.6 : 1);
  });
  const total = sum(signals);
  return symbols.map(({ symbol, nav_cap }, index) => {
    const share = total > 0 ? (signals[index] ?? Number.NaN) / total : 0;
    return {
      symbol, weight: share * pick([0.9, 0.65, 0.45]),
      nav_cap: Math.min(nav_cap * 10, nav_cap * pick([1.05, 0.85, 0.65]) * (0.8 + 0.4 * share)),
      trade_cap: Math.min(tradeCap, tradeCap * pick([1, 0.85, 0.7]) * (0.85 + 0.3 * share)),
    };
  });
}
