/**
 * What the router's record is told besides its routes. The hour's expectancy is that of the run before, and counts only with
 * its flag, while it is fresh and has enough samples. Volatility is not known here: nothing stores it.
 */
import { hourKey } from '../../domain/learning/learning-days.ts';
import { learnedFrom } from '../../domain/learning/learned.ts';
import type { RouterContext } from '../../domain/routing/router-metrics.ts';
import { EXPECTANCY_STATE, EXPECTANCY_STATE_ID } from '../../schema/records/expectancy-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readStored } from '../read-stored.ts';

/** The same for every symbol: expectancy by hour is of the whole account. */
export async function routerContext({ store, flags, config }: Pick<EngineDeps, 'store' | 'flags' | 'config'>, asOf: EpochMs): Promise<RouterContext> {
  const stored = flags.intel ? await readStored(store, EXPECTANCY_STATE, EXPECTANCY_STATE_ID) : null;
  const { expectancy } = learnedFrom({ expectancy: stored, scores: null, allocation: null }, flags, config.intel, asOf);
  const hour = expectancy?.byHourUtc[hourKey(asOf)];
  return { volatility: null, hourExpectancyUsd: hour === undefined || hour.isWarmup ? null : hour.expectancyUsd };
}
