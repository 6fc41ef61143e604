/**
 * Who may touch production. Invariants:
 * 1. Outside prod both gates are open: paper and testnet have namespaces and keys of their own.
 * 2. In prod, orders need two keys: `ALLOW_PROD_WRITE` in the environment, and a control document naming this project.
 * 3. In prod, records need `ALLOW_PROD_SYNC` or `ALLOW_PROD_WRITE`.
 * 4. What is not known closes the gate. Orders are never open while records are closed.
 */
import type { Environment } from './environment.ts';

export type GateState = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly reason: string };

/** What `control/write_gate` says when it is asked. */
export type SecondKey =
  | { readonly kind: 'found'; readonly projectId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly cause: string };

export interface WriteGate {
  /** Orders, cancels and account settings at the venue. */
  readonly orders: GateState;
  /** Records and telemetry in the store. */
  readonly state: GateState;
}

export type WriteGateKeys = Pick<Environment, 'tradingEnv' | 'allowProdWrite' | 'allowProdSync' | 'projectId'>;

const OPEN: GateState = { kind: 'open' };
const closed = (reason: string): GateState => ({ kind: 'closed', reason });

export function writeGate(keys: WriteGateKeys, secondKey: SecondKey): WriteGate {
  if (keys.tradingEnv !== 'prod') return { orders: OPEN, state: OPEN };
  return { orders: ordersGate(keys, secondKey), state: stateGate(keys) };
}

function ordersGate({ allowProdWrite, projectId }: WriteGateKeys, secondKey: SecondKey): GateState {
  if (!allowProdWrite) return closed('ALLOW_PROD_WRITE is not set');
  if (projectId === null) return closed('the project this engine runs in is not known');
  if (secondKey.kind === 'absent') return closed('there is no control/write_gate document');
  if (secondKey.kind === 'unavailable') return closed(`control/write_gate could not be read: ${secondKey.cause}`);
  if (secondKey.projectId === projectId) return OPEN;
  return closed(`control/write_gate names project ${secondKey.projectId}, this is ${projectId}`);
}

function stateGate({ allowProdWrite, allowProdSync }: WriteGateKeys): GateState {
  return allowProdWrite || allowProdSync ? OPEN : closed('neither ALLOW_PROD_SYNC nor ALLOW_PROD_WRITE is set');
}
