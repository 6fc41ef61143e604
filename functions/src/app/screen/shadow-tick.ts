/**
 * The shadow of a tick: judged and written after the tick's own work is committed and woken, so that nothing of it can hold up
 * or change an order. A shadow that fails is told in the log and lost. Off, not one record more is read or written.
 */
import { shadowPairs } from '../../domain/shadow/shadow-pairs.ts';
import type { DecidedTick } from '../../domain/shadow/shadow-pairs.ts';
import { SHADOW } from '../../schema/records/shadow.ts';
import type { ShadowPair, ShadowRecord } from '../../schema/records/shadow.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readRouterHealth } from '../market/read-router-health.ts';

const DAY_MS = 86_400_000;

export async function shadowTick(deps: EngineDeps, tick: Omit<DecidedTick, 'health'>): Promise<void> {
  const { shadow } = deps;
  if (shadow === null || tick.due.length === 0) return;
  try {
    const health = deps.flags.pipelineShadow ? await deps.step('screen.read-shadow', () => readRouterHealth(deps)) : null;
    const pairs = shadowPairs({ ...tick, health }, shadow, deps.flags);
    if (pairs.length === 0) return;
    const record = recordOf(pairs, tick, shadow.configHash, deps.config.runtime.tickRetentionDays * DAY_MS);
    await deps.step('screen.record-shadow', () => deps.store.commit((writer) => writer.set(SHADOW, tick.tickId, record)));
  } catch (error) {
    deps.log.shadowFailed(`shadow/${tick.tickId}`, error instanceof Error ? error.message : String(error));
  }
}

function recordOf(pairs: readonly ShadowPair[], { tickId, source: { asOf } }: Omit<DecidedTick, 'health'>, shadowConfigHash: string, keptMs: number): ShadowRecord {
  const otherwise = pairs.filter(({ live, riskEngine, pipeline }) => [riskEngine, pipeline].some((judged) => judged !== null && (judged.outcome === 'intent') !== (live.outcome === 'intent')));
  return { summary: `${pairs.length} signals, ${otherwise.length} judged otherwise`, tickId, shadowConfigHash, pairs: [...pairs], decidedAt: asOf, expireAt: asOf + keptMs };
}
