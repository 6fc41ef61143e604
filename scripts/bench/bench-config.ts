/** The shipped configuration for a universe of any size, with what a figure needs changed. */
import { loadConfig } from '../../functions/src/config/load-config.ts';
import { configFileName, configSection } from '../../functions/src/schema/config/engine-config.ts';
import type { EngineConfig } from '../../functions/src/schema/config/engine-config.ts';
import type { RiskConfig } from '../../functions/src/schema/config/risk-config.ts';
import type { RuntimeConfig } from '../../functions/src/schema/config/runtime-config.ts';
import type { RouterConfig } from '../../functions/src/schema/config/router-config.ts';
import type { StrategyConfig } from '../../functions/src/schema/config/strategies-config.ts';
import { localConfig } from '../../local/host/local-config.ts';
import type { ConfigText } from '../../local/host/local-config.ts';

type ZscoreStrategy = Extract<StrategyConfig, { kind: 'zscore' }>;

export interface ConfigChanges {
  readonly risk?: Partial<RiskConfig>;
  readonly router?: Partial<RouterConfig>;
  readonly strategy?: Partial<ZscoreStrategy>;
  readonly runtime?: Partial<RuntimeConfig>;
}

export interface BenchConfig {
  readonly config: EngineConfig;
  readonly text: ConfigText;
}

const MAJORS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];

/** The majors first, made-up contracts after them. */
export function benchSymbols(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => MAJORS[index] ?? `COIN${index}USDT`);
}

/** Throws ConfigError when the result contradicts itself, which the shipped rules decide. */
export function benchConfig(symbols: readonly string[], changes: ConfigChanges = {}): BenchConfig {
  const shipped = loadConfig(localConfig(null).text);
  const strategy = shipped.strategies.strategies.find((candidate) => candidate.kind === 'zscore');
  if (strategy === undefined) throw new Error('config/strategies.json has no zscore strategy to measure with; add one');
  const config: EngineConfig = {
    ...shipped,
    universe: { symbols: symbols.map((symbol) => ({ symbol, tier: 'CORE', enabled: true, targetLeverage: 3, marginMode: 'cross', maxLeverage: 3 })) },
    risk: { ...shipped.risk, ...changes.risk, perSymbol: Object.fromEntries(symbols.map((symbol) => [symbol, limitsOf(shipped.risk, symbol)])) },
    router: { ...shipped.router, ...changes.router },
    runtime: { ...shipped.runtime, ...changes.runtime },
    strategies: { strategies: [{ ...strategy, symbols: 'all', ...changes.strategy }] },
  };
  const texts = new Map(configSection.options.map((section) => [configFileName(section), JSON.stringify(config[section])]));
  const text: ConfigText = (name) => texts.get(name) ?? null;
  return { config: loadConfig(text), text };
}

/** The venue's floor differs between the majors; all else is left to the limits of the account. */
function limitsOf(risk: RiskConfig, symbol: string): RiskConfig['perSymbol'][string] {
  const minNotionalUsd = risk.perSymbol[symbol]?.minNotionalUsd ?? null;
  return { minNotionalUsd, maxOrderNotionalUsd: null, maxExposurePct: null, maxLeverage: null, blockedSides: [] };
}
