/** What the files and variables say, read and checked once per process. */
import type { EngineDeps } from '../app/engine-deps.ts';
import { engineVersion } from '../config/config-files.ts';
import { configHash } from '../config/config-hash.ts';
import { readEnvironment } from '../config/environment.ts';
import { FLAG_VARIABLES } from '../config/feature-flags.ts';
import { loadConfig, readConfig } from '../config/load-config.ts';
import type { ConfigResult } from '../config/load-config.ts';
import { loadShadowConfig } from '../config/shadow-config.ts';
import { routingRules } from '../domain/order/routing-rules.ts';
import { compileLimits } from '../domain/risk/compile-limits.ts';
import { host } from './host.ts';
import { once } from './once.ts';

export const VENUE_NAME = 'binance-usdm';

export const environment = once(() => readEnvironment(host().variables));
export const engineConfig = once(() => loadConfig((name) => host().configText(name)));

/** The settings with the origin of each value, or all their faults; `engineConfig` throws on those. */
export const configResult = (): ConfigResult => readConfig((name) => host().configText(name));

export const version = once(engineVersion);
export const hash = once(() => configHash(engineConfig()));
export const limits = once(() => compileLimits(engineConfig()));
export const routing = once(() => routingRules(engineConfig()));

/** The second configuration that signals are judged by; null unless a flag asks for it. */
export const shadow = once((): EngineDeps['shadow'] => {
  const { flags } = environment();
  const wantedBy = (['riskEngineShadow', 'pipelineShadow'] as const).filter((flag) => flags[flag]).map((flag) => FLAG_VARIABLES[flag]);
  if (wantedBy.length === 0) return null;
  const config = loadShadowConfig((name) => host().configText(name), wantedBy);
  return { config, limits: compileLimits(config), configHash: configHash(config) };
});
