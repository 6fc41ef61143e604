import type { OpenExposure } from '../../../functions/src/schema/records/risk-state.ts';

export function anExposure(over: Partial<OpenExposure> = {}): OpenExposure {
  return {
    symbol: 'BTCUSDT',
    positionSide: 'long',
    tier: 'CORE',
    qty: '0.01',
    averageEntryPrice: '100000',
    strategy: 'zscore-5m',
    openedAt: 1_700_000_000_000,
    markPrice: '100000',
    markAt: 1_700_000_000_000,
    ...over,
  };
}
