import type { StoredDocument } from '../../../dashboard/src/records/fields.ts';
import type { Settings } from '../../../dashboard/src/settings.ts';

/** A record as the page reads it, with what every document carries. */
export const stored = <T extends object>(id: string, record: T, updatedAt = 0): StoredDocument<T> => ({ id, fields: { ...record, updatedAt, configHash: 'cafe', engineVersion: '0.1.0' } });

export const SETTINGS: Settings = {
  backend: 'local',
  projectId: 'demo-portcullis',
  namespaces: ['paper'],
  configHash: 'cafe',
  caps: {
    navFreshnessSeconds: 180,
    maxNavDrawdownPct: 10,
    dailyLossLimitPct: 5,
    maxGrossExposurePct: 150,
    maxConcurrentPositions: 2,
    tiers: [{ tier: 'CORE', maxExposurePct: 30 }, { tier: 'SATELLITE', maxExposurePct: 15 }],
    symbols: [{ symbol: 'BTCUSDT', tier: 'CORE', maxExposurePct: 25 }, { symbol: 'SOLUSDT', tier: 'SATELLITE', maxExposurePct: 10 }],
  },
  pollSeconds: 2,
};
