import type { WirePrecondition } from '../protocol/messages.ts';
import { alreadyExists, failedPrecondition, notFound } from '../protocol/status.ts';
import type { Document } from '../store/version.ts';
import { microsFromWire } from '../values/wire-value.ts';
import type { Reference } from '../values/value.ts';

/** What must hold of the stored document before a write; times in microseconds. */
export type Precondition =
  | { readonly kind: 'none' }
  | { readonly kind: 'exists'; readonly exists: boolean }
  | { readonly kind: 'update-time'; readonly updateTime: number };

export function parsePrecondition(wire: WirePrecondition | null): Precondition {
  if (wire?.conditionType === 'exists') return { kind: 'exists', exists: wire.exists };
  if (wire?.conditionType === 'updateTime' && wire.updateTime !== null) {
    return { kind: 'update-time', updateTime: microsFromWire(wire.updateTime) };
  }
  return { kind: 'none' };
}

/** @throws ALREADY_EXISTS, NOT_FOUND or FAILED_PRECONDITION */
export function checkPrecondition(precondition: Precondition, key: Reference, stored: Document | undefined): void {
  switch (precondition.kind) {
    case 'none':
      return;
    case 'exists':
      if (precondition.exists && stored === undefined) throw notFound(`No document to update: ${key.name}`);
      if (!precondition.exists && stored !== undefined) throw alreadyExists(`Document already exists: ${key.name}`);
      return;
    case 'update-time':
      if (stored?.updateTime !== precondition.updateTime) {
        const found = stored === undefined ? 'does not exist' : `was last updated at ${stored.updateTime} µs`;
        throw failedPrecondition(`Document ${key.name} ${found}, but the write requires ${precondition.updateTime} µs.`);
      }
  }
}
