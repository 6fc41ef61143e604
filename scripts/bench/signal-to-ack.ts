/**
 * How long an intent waits for the venue: from the publish of its wake-up over Pub/Sub, approval, reservation and the
 * order on the wire to the commit that records the venue's answer. Simulated time stands still meanwhile, so this is
 * the work alone.
 */
import { benchConfig, benchSymbols } from './bench-config.ts';
import type { ConfigChanges } from './bench-config.ts';
import { calibrationMs } from './calibration.ts';
import { runOnLocalStack } from './engine-run.ts';
import type { Figure } from './figure.ts';
import { quantile } from './statistics.ts';

const INTENTS = 400;
/** The first ones load the venue's client and compile; a warm instance is what is measured. */
const WARM_UP = 10;
/** A minute enters and the next one leaves by its time stop, which is no signal; and not every other minute has one. */
const MINUTES = 960;
const P50_CEILING_MS = 60;
const P99_CEILING_MS = 200;

/** One symbol, so that no intent queues behind another; an intent nearly every minute; caps that let it pass; takers. */
const BUSY: ConfigChanges = {
  risk: {
    cooldownSeconds: 0,
    symbolDrawdownCapPct: 100,
    maxTradesPerSymbolPerHour: 3600,
    burstLimit: { maxOrders: 1000, windowSeconds: 60 },
    fundingWindowMinutes: 0,
    maxGrossExposurePct: 2000,
    tiers: { CORE: { maxExposurePct: 2000 }, SATELLITE: { maxExposurePct: 2000 } },
    orderBook: { depthLevels: 1, adverseImbalance: 1, alignedImbalance: 1, maxAgeSeconds: 10, onError: 'pass' },
  },
  router: { makerFirst: false },
  strategy: {
    timeframe: '1m',
    params: { lookback: 15, entryZ: 0.1, exitZ: 0 },
    exit: { maxHoldMinutes: 1, stopLossPct: null, takeProfitPct: null, trailing: null },
  },
};

export async function measureSignalToAck(): Promise<readonly Figure[]> {
  const loopMs = calibrationMs();
  const waits: number[] = [];
  let publishedAt: number | null = null;
  const { orders, fills } = await runOnLocalStack(benchConfig(benchSymbols(1), BUSY), MINUTES, {
    onStepBegin: (name) => {
      if (name === 'screen.wake') publishedAt = performance.now();
    },
    onStepEnd: ({ name, endedAt }) => {
      if (name !== 'execute.record-outcome' || publishedAt === null) return;
      waits.push(endedAt - publishedAt);
      publishedAt = null;
    },
  });
  const warm = waits.slice(WARM_UP);
  if (warm.length < INTENTS) throw new Error(`the venue acknowledged ${waits.length} intents in ${MINUTES} minutes; ${INTENTS + WARM_UP} are needed`);
  if (fills.taker < orders) throw new Error(`${orders} orders had ${fills.taker} taker fills; each should have been taken at once`);
  const note = `${warm.length} intents from publish to recorded acknowledgement, one after another`;
  const of = (name: string, share: number, ceiling: number): Figure => {
    const value = quantile(warm, share);
    return { name, value, unit: 'ms', bound: { kind: 'ceiling', value: ceiling, holds: 'onAQuietMachine' }, comparison: { ratio: value / loopMs, to: 'a calibration loop' }, judged: { by: 'ratio', better: 'less' }, note };
  };
  return [of('signal_to_ack_p50_ms', 0.5, P50_CEILING_MS), of('signal_to_ack_p99_ms', 0.99, P99_CEILING_MS)];
}
