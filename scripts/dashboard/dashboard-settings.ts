import type { Caps, Settings } from '../../dashboard/src/settings.ts';
import { configHash } from '../../functions/src/config/config-hash.ts';
import type { EngineConfig } from '../../functions/src/schema/config/engine-config.ts';

/** Accounts a deployment may hold, the harmless one first. */
const NAMESPACES = ['paper', 'testnet', 'prod'];
/** Two documents a look: about 17,000 reads for a page that is watched all day. */
const CLOUD_POLL_SECONDS = 10;
const LOCAL_POLL_SECONDS = 2;

export function cloudSettings(config: EngineConfig): Settings {
  return { backend: 'cloud', projectId: null, namespaces: NAMESPACES, ...capsOf(config), pollSeconds: CLOUD_POLL_SECONDS };
}

export function localSettings(config: EngineConfig, projectId: string): Settings {
  return { backend: 'local', projectId, namespaces: ['paper'], ...capsOf(config), pollSeconds: LOCAL_POLL_SECONDS };
}

function capsOf(config: EngineConfig): { readonly configHash: string; readonly caps: Caps } {
  const { risk, universe } = config;
  return {
    configHash: configHash(config),
    caps: {
      navFreshnessSeconds: risk.navFreshnessSeconds,
      maxNavDrawdownPct: risk.maxNavDrawdownPct,
      dailyLossLimitPct: risk.dailyLossLimitPct,
      maxGrossExposurePct: risk.maxGrossExposurePct,
      maxConcurrentPositions: risk.maxConcurrentPositions,
      tiers: Object.entries(risk.tiers).map(([tier, { maxExposurePct }]) => ({ tier, maxExposurePct })),
      symbols: universe.symbols.map(({ symbol, tier }) => ({ symbol, tier, maxExposurePct: symbolCap(config, symbol) })),
    },
  };
}

/** The tighter of the symbol's own cap and that of all symbols, as the gate takes it. */
function symbolCap({ risk }: EngineConfig, symbol: string): number {
  return Math.min(risk.maxSymbolExposurePct, risk.perSymbol[symbol]?.maxExposurePct ?? risk.maxSymbolExposurePct);
}
