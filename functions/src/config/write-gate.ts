/**
 * Who may touch production. Invariants:
 * 1. Outside prod both gates are open: paper and testnet have namespaces and keys of their own.
 * 2. In prod, orders need two keys: `ALLOW_PROD_WRITE` in the environment, and a control document naming this project.
 * 3. In prod, records need `ALLOW_PROD_SYNC` or `ALLOW_PROD_WRITE`.
 * 4. What is not known closes the gate. Orders are never open while records are closed.
 * 5. A key that could not be read is no answer: the gate is closed for want of one, and nothing final may be decided from it.
 */
import type { Environment } from './environment.ts';

export type GateState = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly reason: string };

export type OrderGate =
  | { readonly kind: 'open' }
  /** `isKnown` is false where the answer of the second key is all that is missing. */
  | { readonly kind: 'closed'; readonly reason: string; readonly isKnown: boolean };

/** What `control/write_gate` says when it is asked. */
export type SecondKey =
  | { readonly kind: 'found'; readonly projectId: string }
  | { readonly kind: 'absent' }
  | { readonly kind: 'unavailable'; readonly cause: string };

export interface WriteGate {
  /** Orders, cancels and account settings at the venue. */
  readonly orders: OrderGate;
  /** Records and telemetry in the store. */
  readonly state: GateState;
}

export type WriteGateKeys = Pick<Environment, 'tradingEnv' | 'allowProdWrite' | 'allowProdSync' | 'projectId'>;

const OPEN = { kind: 'open' } as const;
const closed = (reason: string): OrderGate => ({ kind: 'closed', reason, isKnown: true });

export function writeGate(keys: WriteGateKeys, secondKey: SecondKey): WriteGate {
  if (keys.tradingEnv !== 'prod') return { orders: OPEN, state: OPEN };
  return { orders: ordersGate(keys, secondKey), state: stateGate(keys) };
}

function ordersGate({ allowProdWrite, projectId }: WriteGateKeys, secondKey: SecondKey): OrderGate {
  if (!allowProdWrite) return closed('ALLOW_PROD_WRITE is not set');
  if (projectId === null) return closed('the project this engine runs in is not known');
  if (secondKey.kind === 'absent') return closed('there is no control/write_gate document');
  if (secondKey.kind === 'unavailable') return { kind: 'closed', reason: `control/write_gate could not be read: ${secondKey.cause}`, isKnown: false };
  if (secondKey.projectId === projectId) return OPEN;
  return closed(`control/write_gate names project ${secondKey.projectId}, this is ${projectId}`);
}

function stateGate({ allowProdWrite, allowProdSync }: WriteGateKeys): GateState {
  return allowProdWrite || allowProdSync ? OPEN : { kind: 'closed', reason: 'neither ALLOW_PROD_SYNC nor ALLOW_PROD_WRITE is set' };
}
