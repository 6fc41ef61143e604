/**
 * Who may work on an intent. A lease is time-bounded and fenced: every claim raises the token, and every later
 * write of the holder checks that its token is still the newest, so a worker that lost its lease cannot write.
 *
 * A transaction body may run twice: a claim that finds itself is a success, not a conflict.
 */
import type { OutboxEntry } from '../../schema/records/outbox-entry.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export interface Claim {
  readonly holder: string;
  readonly token: number;
  readonly expiresAt: EpochMs;
}

export type ClaimResult =
  | { readonly kind: 'claimed'; readonly entry: OutboxEntry; readonly claim: Claim }
  | { readonly kind: 'busy'; readonly holder: string; readonly untilAt: EpochMs }
  | { readonly kind: 'done' };

export function claimEntry(entry: OutboxEntry, holder: string, now: EpochMs, leaseMs: number): ClaimResult {
  if (entry.state === 'done') return { kind: 'done' };
  const held = entry.lease;
  if (held !== null && held.holder === holder) return { kind: 'claimed', entry, claim: held };
  if (held !== null && held.expiresAt > now) return { kind: 'busy', holder: held.holder, untilAt: held.expiresAt };
  const claim: Claim = { holder, token: entry.lastToken + 1, expiresAt: now + leaseMs };
  return { kind: 'claimed', claim, entry: { ...entry, lease: { ...claim }, lastToken: claim.token, dueAt: claim.expiresAt } };
}

/** Whether the stored entry still belongs to this claim. */
export function holds(entry: OutboxEntry | null, claim: Claim): boolean {
  return entry !== null && entry.state === 'open' && entry.lease?.token === claim.token && entry.lease.holder === claim.holder;
}

/** Gives the entry back, to be looked at again at `dueAt`. */
export function givenBack(entry: OutboxEntry, dueAt: EpochMs): OutboxEntry {
  return { ...entry, lease: null, dueAt };
}

/** The work has ended. */
export function closed(entry: OutboxEntry, now: EpochMs): OutboxEntry {
  return { ...entry, state: 'done', lease: null, dueAt: now };
}
