import type { TradingEnv } from '../../schema/scalars.ts';

type Gate = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly reason: string };

/** Which engine this is, where it runs and what it may do. */
export interface EngineIdentity {
  readonly engineVersion: string;
  readonly configHash: string;
  readonly tradingEnv: TradingEnv;
  /** Folder of the records: the account. */
  readonly namespace: string;
  readonly projectId: string | null;
  readonly region: string;
  readonly nodeVersion: string;
  readonly allowProdWrite: boolean;
  readonly allowProdSync: boolean;
  readonly recordGate: Gate;
  /** Whether the account is a simulation of ours, at the venue's market. */
  readonly accountIsOurs: boolean;
}

export const gateText = (gate: Gate): string => (gate.kind === 'open' ? 'open' : `closed: ${gate.reason}`);
