import { describe, expect, it } from 'vitest';
import { claimEntry, closed, givenBack, holds } from '../../../../functions/src/domain/intent/lease.ts';
import type { Claim, ClaimResult } from '../../../../functions/src/domain/intent/lease.ts';
import type { OutboxEntry } from '../../../../functions/src/schema/records/outbox-entry.ts';
import { outboxEntry } from '../../../../functions/src/schema/records/outbox-entry.ts';
import { anOutboxEntry } from '../../../support/builders/an-outbox-entry.ts';
import { NOW } from '../risk/scenario.ts';

const LEASE_MS = 60_000;

function claimed(entry: OutboxEntry, holder: string, now = NOW): Extract<ClaimResult, { kind: 'claimed' }> {
  const result = claimEntry(entry, holder, now, LEASE_MS);
  if (result.kind !== 'claimed') throw new Error(`expected a claim, got ${result.kind}`);
  return result;
}

describe('claimEntry', () => {
  it('leases a free entry, with the next token, and keeps the sweep away until the lease ends', () => {
    const { entry, claim } = claimed(anOutboxEntry({ lastToken: 4 }), 'run-a');
    expect(claim).toEqual({ holder: 'run-a', token: 5, expiresAt: NOW + LEASE_MS });
    expect(entry).toMatchObject({ state: 'open', lease: claim, lastToken: 5, dueAt: NOW + LEASE_MS });
    expect(outboxEntry.parse(entry)).toEqual(entry);
  });

  it('refuses a second worker for as long as the lease lasts, to the millisecond', () => {
    const { entry } = claimed(anOutboxEntry(), 'run-a');
    const busy = { kind: 'busy', holder: 'run-a', untilAt: NOW + LEASE_MS };
    expect(claimEntry(entry, 'run-b', NOW + LEASE_MS - 1, LEASE_MS)).toEqual(busy);
    expect(claimed(entry, 'run-b', NOW + LEASE_MS).claim.token).toBe(2);
  });

  it('finds itself when its transaction runs again, with the same token and the same end', () => {
    const first = claimed(anOutboxEntry(), 'run-a');
    const again = claimed(first.entry, 'run-a', NOW + 5000);
    expect(again.claim).toEqual(first.claim);
    expect(again.entry).toEqual(first.entry);
  });

  it('does not lengthen its own lease, expired or not, by claiming again', () => {
    const first = claimed(anOutboxEntry(), 'run-a');
    expect(claimed(first.entry, 'run-a', NOW + 2 * LEASE_MS).claim.expiresAt).toBe(NOW + LEASE_MS);
  });

  it('has nothing to claim of an entry that is done', () => {
    expect(claimEntry(closed(anOutboxEntry(), NOW), 'run-a', NOW, LEASE_MS)).toEqual({ kind: 'done' });
  });

  it('raises the token with every new claim, given back or expired', () => {
    const first = claimed(anOutboxEntry(), 'run-a');
    const second = claimed(givenBack(first.entry, NOW), 'run-b');
    const third = claimed(second.entry, 'run-c', NOW + LEASE_MS);
    const fourth = claimed(givenBack(third.entry, NOW), 'run-a', NOW + LEASE_MS);
    expect([first, second, third, fourth].map(({ claim }) => claim.token)).toEqual([1, 2, 3, 4]);
  });
});

describe('holds', () => {
  const { entry, claim } = claimed(anOutboxEntry(), 'run-a');

  it('is true for the entry as claimed', () => {
    expect(holds(entry, claim)).toBe(true);
  });

  it.each<[string, OutboxEntry | null, Claim]>([
    ['there is no entry', null, claim],
    ['it was given back', givenBack(entry, NOW), claim],
    ['it is done', closed(entry, NOW), claim],
    ['it is done though a lease was left on it', { ...entry, state: 'done' }, claim],
    ['somebody else has claimed it since', claimed(entry, 'run-b', NOW + LEASE_MS).entry, claim],
    ['the same run has claimed it anew since', claimed(givenBack(entry, NOW), 'run-a').entry, claim],
    ['another holder has the same token', entry, { ...claim, holder: 'run-b' }],
  ])('is false when %s', (_title, stored, of) => {
    expect(holds(stored, of)).toBe(false);
  });
});

describe('giving back and closing', () => {
  it('frees the entry for whoever comes when it is due, and remembers the token', () => {
    const { entry } = claimed(anOutboxEntry(), 'run-a');
    expect(givenBack(entry, NOW + 7000)).toEqual({ ...entry, lease: null, dueAt: NOW + 7000, lastToken: 1, state: 'open' });
  });

  it('ends the entry without a lease', () => {
    const { entry } = claimed(anOutboxEntry(), 'run-a');
    expect(closed(entry, NOW + 1)).toEqual({ ...entry, state: 'done', lease: null, dueAt: NOW + 1 });
  });
});
