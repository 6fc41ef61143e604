import { asEntries, asFlag, asNumber, asText, asTime, asWord } from '../records/fields.ts';
import type { Fields } from '../records/fields.ts';
import type { RouterHealth, RouterMetrics, RouterQuality } from '../../../functions/src/schema/records/router-health.ts';
import type { Tone } from './order-view.ts';

const TONES: Readonly<Record<RouterQuality, Tone>> = { good: 'good', ok: 'calm', degraded: 'warn', broken: 'bad', insufficient_data: 'calm' };

export interface RouterRow {
  readonly symbol: string;
  readonly quality: string;
  readonly tone: Tone;
  readonly samples: number | null;
  readonly isWarmup: boolean | null;
  readonly makerShare: number | null;
  readonly fallbackRatio: number | null;
  readonly rejectionRatio: number | null;
  readonly slippageP50Bps: number | null;
  readonly slippageP95Bps: number | null;
  readonly ackP50Ms: number | null;
  readonly ackP95Ms: number | null;
  /** What the next order follows. */
  readonly policy: string;
  readonly reason: string;
}

export interface RouterView {
  readonly rows: readonly RouterRow[];
  readonly windowDays: number | null;
  readonly computedAt: number | null;
}

/** Null while nothing has been computed. */
export function routerView(health: Fields<RouterHealth> | null): RouterView | null {
  if (health === null) return null;
  return {
    rows: (asEntries<RouterMetrics>(health.symbols) ?? []).map(([symbol, metrics]) => rowOf(symbol, metrics ?? {})).toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1)),
    windowDays: asNumber(health.windowDays),
    computedAt: asTime(health.computedAt),
  };
}

function rowOf(symbol: string, metrics: Fields<RouterMetrics>): RouterRow {
  const quality = asWord(metrics.quality, TONES);
  return {
    symbol,
    quality: quality?.replace('_', ' ') ?? 'unknown',
    tone: quality === null ? 'warn' : TONES[quality],
    samples: asNumber(metrics.samples),
    isWarmup: asFlag(metrics.isWarmup),
    makerShare: asNumber(metrics.makerShare),
    fallbackRatio: asNumber(metrics.fallbackRatio),
    rejectionRatio: asNumber(metrics.rejectionRatio),
    slippageP50Bps: asNumber(metrics.slippageP50Bps),
    slippageP95Bps: asNumber(metrics.slippageP95Bps),
    ackP50Ms: asNumber(metrics.ackLatencyP50Ms),
    ackP95Ms: asNumber(metrics.ackLatencyP95Ms),
    policy: policyOf(metrics),
    reason: asText(metrics.reason) ?? '',
  };
}

function policyOf({ makerFirst, takerBias, offsetBps }: Fields<RouterMetrics>): string {
  const first = asFlag(makerFirst);
  const offset = asNumber(offsetBps);
  return [
    first === null ? 'unknown' : first ? 'maker first' : 'taker first',
    ...(typeof takerBias === 'string' ? [takerBias.replace('_', ' ')] : []),
    ...(offset === null ? [] : [`${offset} bps behind`]),
  ].join(', ');
}
