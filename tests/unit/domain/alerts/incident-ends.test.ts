import { describe, expect, it } from 'vitest';
import { isOver } from '../../../../functions/src/domain/alerts/incident-ends.ts';
import type { IncidentFacts } from '../../../../functions/src/domain/alerts/incident-ends.ts';
import type { IncidentRecord } from '../../../../functions/src/schema/records/incident.ts';

const UNKNOWN: IncidentFacts = { ledgerAgrees: null, unprotected: null, unclearOrders: null, foreignOrders: null, acknowledged: new Set() };
const over = (kind: IncidentRecord['kind'], facts: Partial<IncidentFacts>): boolean =>
  isOver({ id: 'one', data: { kind, summary: '', symbol: null, intentId: null, ours: '', venues: '', action: '', openedAt: 1, lastSeenAt: 1, seen: 1, resolvedAt: null } }, { ...UNKNOWN, ...facts });

const NONE: ReadonlySet<string> = new Set();
const ONE: ReadonlySet<string> = new Set(['one']);

describe('an incident about a condition', () => {
  it.each([
    ['unprotectedPosition', 'unprotected'],
    ['ambiguousTooLong', 'unclearOrders'],
    ['foreignOrder', 'foreignOrders'],
  ] as const)('%s is over when it is seen to be gone, and not when nothing is known', (kind, fact) => {
    expect([over(kind, { [fact]: NONE }), over(kind, { [fact]: ONE }), over(kind, { [fact]: null }), over(kind, { acknowledged: ONE })]).toEqual([true, false, false, false]);
  });

  it('ledgerMismatch is over when the ledger agrees', () => {
    expect([true, false, null].map((ledgerAgrees) => over('ledgerMismatch', { ledgerAgrees }))).toEqual([true, false, false]);
  });
});

describe('an incident about an event', () => {
  it.each(['foreignFills', 'overClose', 'liquidation', 'deleveraging'] as const)('%s is over when somebody has acknowledged it, and not before', (kind) => {
    const allGone = { ledgerAgrees: true, unprotected: NONE, unclearOrders: NONE, foreignOrders: NONE };
    expect([over(kind, { acknowledged: ONE }), over(kind, allGone)]).toEqual([true, false]);
  });
});
