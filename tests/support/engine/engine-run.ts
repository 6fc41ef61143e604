/** What one run of a use case gets, as compose builds it, on whatever store, venue and bus a test brings. */
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import { routingRules } from '../../../functions/src/domain/order/routing-rules.ts';
import { compileLimits } from '../../../functions/src/domain/risk/compile-limits.ts';
import { createLog } from '../../../functions/src/log/log.ts';
import type { EngineConfig } from '../../../functions/src/schema/config/engine-config.ts';
import { ALL_FLAGS_OFF } from '../../../functions/src/schema/feature-flags.ts';
import { edited, parsed, set } from '../../unit/config/config-files.ts';
import type { Edit } from '../../unit/config/config-files.ts';

type OfTheHost = Partial<Pick<EngineDeps, 'flags' | 'openSinks' | 'shadow'>> & Pick<EngineDeps, 'store' | 'venue' | 'bus' | 'clock' | 'step' | 'runId'>;

/** Nothing is counted where every run has to come out the same. */
export const NO_COSTS: EngineDeps['costs'] = { take: () => ({ documentsRead: 0, documentsWritten: 0, documentsDeleted: 0, venueCalls: 0, cpuMs: 0, runs: 0, busyMs: 0 }), giveBack: () => undefined, end: () => undefined };

type OfTheConfig = Pick<EngineDeps, 'config' | 'limits' | 'routing'>;

export const TEST_IDENTITY: EngineDeps['identity'] = {
  engineVersion: 'test', configHash: 'test', tradingEnv: 'paper', namespace: 'paper', projectId: null, region: 'asia-northeast1', nodeVersion: 'v24.0.0',
  allowProdWrite: false, allowProdSync: false, recordGate: { kind: 'open' }, accountIsOurs: false,
};

/** Compiled once, as compose does, for all runs of a process. */
export function compiled(config: EngineConfig): OfTheConfig {
  return { config, limits: compileLimits(config), routing: routingRules(config) };
}

export function engineRun(compiledConfig: OfTheConfig, host: OfTheHost, logLines: string[] = []): EngineDeps {
  return {
    flags: ALL_FLAGS_OFF,
    shadow: null,
    openSinks: () => Promise.resolve(new Map()),
    identity: TEST_IDENTITY,
    costs: NO_COSTS,
    ...host,
    ...compiledConfig,
    venueName: 'binance-usdm',
    orderGate: { kind: 'open' },
    log: createLog((severity, message, fields) => logLines.push(`${severity} ${message} ${JSON.stringify(fields)}`)),
  };
}

/**
 * The shipped configuration with edits, trading BTCUSDT alone: confirm gives its work back after every 10 seconds, and
 * intents live long enough to survive any single disturbance.
 */
export function testConfig(...edits: readonly Edit[]): EngineConfig {
  return parsed(
    edited(
      set('router.json', ['confirmBudgetSeconds'], 10),
      set('router.json', ['maxIntentSeconds'], 600),
      set('strategies.json', ['strategies', 0, 'intentTtlSeconds'], 600),
      // Planted intents have no strategy, and what they open looks like somebody else's.
      set('risk.json', ['foreign'], { positions: 'ignore' }),
      set('strategies.json', ['strategies', 0, 'symbols'], ['BTCUSDT']),
      set('strategies.json', ['strategies', 0, 'sizing', 'maxNotionalUsd'], 800),
      ...edits,
    ),
  );
}
