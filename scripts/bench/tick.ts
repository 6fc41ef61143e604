/** One scheduled minute, sync and screen, on the local stack: how long it takes and what it asks of the store. */
import type { Counts } from '../../local/firestore/counters.ts';
import type { Stack } from '../../local/host/stack.ts';
import { benchConfig, benchSymbols } from './bench-config.ts';
import { calibrationMs } from './calibration.ts';
import { runOnLocalStack } from './engine-run.ts';
import type { TimedStep } from './engine-run.ts';
import type { Figure } from './figure.ts';
import { heldHeapMb } from './heap.ts';
import { mean, median } from './statistics.ts';

const MINUTES = 180;
/** Minutes whose work includes what happens once: loading clients, reading instruments, compiling. */
const WARM_UP_MINUTES = 30;
/** Weighing the heap throws compiled code away, which makes the next minutes slow: it is done in few, and none of them is timed. */
const WEIGHED_MINUTES = 5;
const WEIGHED_EARLY_FROM = 15;
/** Store calls and documents of a minute in which nothing is decided, open positions, their stops and the reports on them included. */
const RPC_CEILING = 12;
const DOCUMENT_CEILING = 8;

interface Minute {
  readonly ms: number;
  /** Candles were due, so the venue was asked for them and all symbols were decided. */
  readonly screened: boolean;
  readonly rpcs: number;
  readonly written: number;
  readonly steps: readonly TimedStep[];
}

export async function measureTick(symbolCount: number): Promise<readonly Figure[]> {
  const loopMs = calibrationMs();
  const run = await runMinutes(symbolCount);
  const minutes = run.minutes.slice(WARM_UP_MINUTES, -WEIGHED_MINUTES);
  const screened = minutes.filter((minute) => minute.screened);
  const idle = minutes.filter((minute) => !minute.screened);
  const suffix = `${symbolCount}_symbols`;
  const time = (name: string, measured: readonly Minute[], what: string): Figure => {
    const ms = median(measured.map((minute) => minute.ms));
    const note = `${what}, median of ${measured.length} minutes; ${dearestSteps(measured)}`;
    return { name, value: ms, unit: 'ms', bound: null, comparison: { ratio: ms / loopMs, to: 'a calibration loop' }, judged: { by: 'ratio', better: 'less' }, note };
  };
  const count = (name: string, of: (minute: Minute) => number, ceiling: number): Figure => {
    const counts = idle.map(of);
    const note = `${symbolCount} symbols, sync and screen with no candle due, mean of ${idle.length} minutes, at most ${Math.max(...counts)}`;
    return { name, value: mean(counts), unit: '', bound: { kind: 'ceiling', value: ceiling, holds: 'always' }, comparison: null, judged: { by: 'value', better: 'less' }, note };
  };
  return [
    time(`tick_ms_${suffix}`, screened, 'sync and screen with every symbol decided'),
    time(`tick_ms_${suffix}_idle`, idle, 'no candle due'),
    count(`store_rpcs_per_tick_${suffix}`, (minute) => minute.rpcs, RPC_CEILING),
    count(`documents_written_per_tick_${suffix}`, (minute) => minute.written, DOCUMENT_CEILING),
    heap(`tick_heap_mb_${suffix}`, run),
  ];
}

/** The servers and everything they have stored live in the same process. */
function heap(name: string, { heapMbEarly, heapMbLate }: Run): Figure {
  const grown = median(heapMbLate) - median(heapMbEarly);
  const note = `held after the last minute; ${grown.toFixed(1)} MB more than after minute ${WEIGHED_EARLY_FROM}, stored documents included`;
  return { name, value: median(heapMbLate), unit: 'MB', bound: null, comparison: null, judged: { by: 'value', better: 'less' }, note };
}

interface Run {
  readonly minutes: readonly Minute[];
  /** Held after some minutes of the warm-up and after the last ones, servers and their documents included. */
  readonly heapMbEarly: readonly number[];
  readonly heapMbLate: readonly number[];
}

async function runMinutes(symbolCount: number): Promise<Run> {
  const minutes: Minute[] = [];
  const heapMbEarly: number[] = [];
  const heapMbLate: number[] = [];
  let stack: Stack | null = null;
  let begin: { readonly at: number; readonly counts: Counts } | null = null;
  let steps: TimedStep[] = [];
  await runOnLocalStack(benchConfig(benchSymbols(symbolCount)), MINUTES, {
    onStepBegin: (name) => {
      if (name !== 'sync.read-state' || stack === null) return;
      begin = { at: performance.now(), counts: stack.firestore.counters() };
      steps = [];
    },
    onStepEnd: (step) => steps.push(step),
    onMinute: (_at, running) => {
      stack = running;
      if (begin !== null) minutes.push(minuteOf(begin, running.firestore.counters(), [...steps]));
      const minute = minutes.length;
      if (minute >= WEIGHED_EARLY_FROM && minute < WEIGHED_EARLY_FROM + WEIGHED_MINUTES) heapMbEarly.push(heldHeapMb());
      if (minute >= MINUTES - WEIGHED_MINUTES) heapMbLate.push(heldHeapMb());
    },
  });
  if (minutes.length < MINUTES - 1) throw new Error(`${minutes.length} of ${MINUTES} minutes ran to their end`);
  return { minutes, heapMbEarly, heapMbLate };
}

const calls = ({ rpcs }: Counts): number => Object.values(rpcs).reduce((sum, count) => sum + count, 0);

function minuteOf(begin: { readonly at: number; readonly counts: Counts }, counts: Counts, steps: readonly TimedStep[]): Minute {
  return {
    ms: performance.now() - begin.at,
    screened: steps.some(({ name }) => name === 'screen.read-market'),
    rpcs: calls(counts) - calls(begin.counts),
    written: counts.writes + counts.deletes - begin.counts.writes - begin.counts.deletes,
    steps,
  };
}

/** The three steps that cost a minute most, by their mean. */
function dearestSteps(minutes: readonly Minute[]): string {
  const byName = Map.groupBy(minutes.flatMap(({ steps }) => steps), ({ name }) => name);
  const costs = [...byName].map(([name, steps]) => ({ name, ms: steps.reduce((sum, step) => sum + step.endedAt - step.beganAt, 0) / minutes.length }));
  const dearest = costs.toSorted((a, b) => b.ms - a.ms).slice(0, 3);
  return dearest.map(({ name, ms }) => `${name} ${ms.toFixed(1)}`).join(', ');
}
