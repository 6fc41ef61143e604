/** A year of one-minute ticks on ten symbols without a wire: how long it would take, from a slice of days, and what the days leave in memory. */
import { runInProcess } from '../../local/replay/run-in-process.ts';
import { generatedFeed } from '../../local/venue/market/generated-feed.ts';
import { benchConfig, benchSymbols } from './bench-config.ts';
import { calibrationMs } from './calibration.ts';
import type { Figure } from './figure.ts';
import { heldHeapMb } from './heap.ts';

const SYMBOLS = 10;
/** Compiling, and filling what is kept for a day. */
const WARM_UP_DAYS = 2;
const MEASURED_DAYS = 4;
const DAY_MS = 86_400_000;
const MINUTES_A_DAY = 1_440;
const DAYS_A_YEAR = 365;
const START = Date.UTC(2026, 0, 5);
const MINUTES_CEILING = 10;
const GROWTH_CEILING_MB = 8;

interface Day {
  readonly cpuMs: number;
  /** Held at its end. */
  readonly heapMb: number;
}

export async function measureReplay(): Promise<readonly Figure[]> {
  const loopMs = calibrationMs();
  const symbols = benchSymbols(SYMBOLS);
  // What expires is kept for a day here, so that memory can come to rest within the slice.
  const { text } = benchConfig(symbols, { runtime: { tickRetentionDays: 1, vetoRetentionDays: 1 } });
  const days: Day[] = [];
  let beganMs = cpuNowMs();
  const errors: string[] = [];
  await runInProcess({
    feed: generatedFeed({ seed: 'year', symbols: symbols.map((symbol) => ({ symbol })), startTime: START }),
    startAt: START,
    untilAt: START + (WARM_UP_DAYS + MEASURED_DAYS) * DAY_MS,
    configText: text,
    jobsAt: null,
    onMinute: (at) => {
      if (at % DAY_MS !== 0) return;
      const cpuMs = cpuNowMs() - beganMs;
      days.push({ cpuMs, heapMb: heldHeapMb() });
      // Weighing the heap collects all of it, which no replay does once a day.
      beganMs = cpuNowMs();
    },
    onError: (message) => errors.push(message),
  });
  const measured = days.slice(WARM_UP_DAYS);
  const [from, to] = [days[WARM_UP_DAYS - 1], days.at(-1)];
  if (errors.length > 0 || from === undefined || to === undefined || measured.length !== MEASURED_DAYS) throw new Error(`the replay ended after ${days.length} days with ${errors.length} errors: ${errors[0] ?? 'none'}`);
  const minuteMs = measured.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / (MEASURED_DAYS * MINUTES_A_DAY);
  const growthMb = Math.max(0, to.heapMb - from.heapMb);
  return [
    {
      name: 'replay_year_10_symbols_minutes',
      value: (minuteMs * MINUTES_A_DAY * DAYS_A_YEAR) / 60_000,
      unit: 'min',
      bound: { kind: 'ceiling', value: MINUTES_CEILING, holds: 'onAQuietMachine' },
      comparison: { ratio: minuteMs / loopMs, to: 'a calibration loop, a minute' },
      judged: { by: 'ratio', better: 'less' },
      note: `CPU of ${MEASURED_DAYS} days after ${WARM_UP_DAYS}, ${minuteMs.toFixed(2)} ms a minute of sync, screen and learn, times ${DAYS_A_YEAR} days; ${SYMBOLS} symbols`,
    },
    {
      name: 'replay_heap_growth_mb',
      value: growthMb,
      unit: 'MB',
      bound: { kind: 'ceiling', value: GROWTH_CEILING_MB, holds: 'always' },
      comparison: null,
      judged: null,
      note: `held after day ${WARM_UP_DAYS + MEASURED_DAYS} more than after day ${WARM_UP_DAYS}: orders, fills and trades are kept for ever`,
    },
  ];
}

/** Of the whole process, what the collector does beside it included. */
function cpuNowMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
