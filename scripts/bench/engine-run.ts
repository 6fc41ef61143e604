/** The whole engine on the local stack for some simulated minutes, over a generated market, with every step timed. */
import { openDataFolder } from '../../local/host/data-folder.ts';
import { runEngine } from '../../local/host/run-engine.ts';
import type { EngineRun } from '../../local/host/run-engine.ts';
import { summarize } from '../../local/summarize.ts';
import type { Summary } from '../../local/summarize.ts';
import { generatedFeed } from '../../local/venue/market/generated-feed.ts';
import type { BenchConfig } from './bench-config.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

type StepName = Parameters<NonNullable<EngineRun['step']>>[0];

export interface TimedStep {
  readonly name: StepName;
  /** `performance.now()` at begin and end. */
  readonly beganAt: number;
  readonly endedAt: number;
}

export interface Watched {
  readonly onStepBegin?: (name: StepName) => void;
  readonly onStepEnd?: (step: TimedStep) => void;
  readonly onMinute?: EngineRun['onMinute'];
}

const SEED = 'bench';
const START_AT = Date.UTC(2026, 0, 5);
const MINUTE_MS = 60_000;

/**
 * One run a process: the engine keeps its configuration and its clients for the life of its process. Throws when
 * the run logs an error or ends with anything but books that agree and nothing left open.
 */
export function runOnLocalStack({ config, text }: BenchConfig, minutes: number, watched: Watched): Promise<Summary> {
  return withTemporaryFolder(async (folder) => {
    const symbols = config.universe.symbols.map(({ symbol }) => symbol);
    const errors: string[] = [];
    const end = await runEngine({
      market: generatedFeed({ seed: SEED, symbols: symbols.map((symbol) => ({ symbol })), startTime: START_AT }),
      data: openDataFolder(folder),
      state: { seed: SEED, market: null, symbols, startAt: START_AT, nowAt: START_AT, boots: 1 },
      untilAt: START_AT + minutes * MINUTE_MS,
      configText: text,
      port: null,
      pace: 0,
      logSink: (severity, message) => {
        if (severity === 'ERROR') errors.push(message);
      },
      step: timed(watched),
      onMinute: (at, stack) => watched.onMinute?.(at, stack),
    });
    const summary = await summarize({ venue: end.stack.venue.core.state, minutes: end.minutes }, end.stack.firestore.counters(), 0);
    await end.stack.close();
    const faults = [...errors, ...summary.differences];
    if (faults.length > 0 || summary.duplicates > 0 || summary.stuck > 0) {
      throw new Error(`the engine's run is not sound: ${summary.duplicates} duplicates, ${summary.stuck} stuck, ${faults.length} faults ${faults.slice(0, 2).join('; ')}`);
    }
    return summary;
  });
}

function timed(watched: Watched): NonNullable<EngineRun['step']> {
  return async (name, effect) => {
    watched.onStepBegin?.(name);
    const beganAt = performance.now();
    try {
      return await effect();
    } finally {
      watched.onStepEnd?.({ name, beganAt, endedAt: performance.now() });
    }
  };
}
