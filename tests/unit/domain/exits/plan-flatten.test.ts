import { describe, expect, it } from 'vitest';
import { planFlatten } from '../../../../functions/src/domain/exits/plan-flatten.ts';
import type { FlattenScope } from '../../../../functions/src/domain/exits/plan-flatten.ts';
import { text } from '../../../../functions/src/domain/money/decimal.ts';
import { qty } from '../../../../functions/src/domain/money/units.ts';
import type { VenuePosition } from '../../../../functions/src/domain/account/account.ts';
import { aVenuePosition } from '../../../support/builders/a-venue-position.ts';
import { aRiskState, holding } from '../risk/scenario.ts';

const ALL: FlattenScope = { symbol: null, positionSide: null };
const exit = { purpose: 'close', side: 'sell' } as const;

interface Case {
  readonly ledger?: Parameters<typeof holding>;
  readonly venue: readonly Partial<VenuePosition>[] | null;
  readonly scope?: FlattenScope;
}

function plan({ ledger = [[]], venue, scope = ALL }: Case) {
  const { close, skipped } = planFlatten(aRiskState(holding(...ledger)), venue === null ? null : venue.map(aVenuePosition), scope);
  return { close: close.map((line) => `${line.symbol} ${line.positionSide} ${text(line.qty)}`), skipped: skipped.map(({ reason }) => reason) };
}

describe('planFlatten', () => {
  it.each<[string, Case, readonly string[]]>([
    ['closes what both know at the quantity of the venue', { ledger: [[{ qty: '0.02' }]], venue: [{}] }, ['BTCUSDT long 0.01']],
    ['closes what only the venue knows', { venue: [{ symbol: 'DOGEUSDT', qty: qty('7') }] }, ['DOGEUSDT long 7']],
    ['closes by the ledger when the venue cannot be read', { ledger: [[{ qty: '0.02' }]], venue: null }, ['BTCUSDT long 0.02']],
    ['closes both sides of a hedged symbol', { venue: [{}, { positionSide: 'short', qty: qty('3') }] }, ['BTCUSDT long 0.01', 'BTCUSDT short 3']],
    ['closes one symbol', { venue: [{}, { symbol: 'ETHUSDT' }], scope: { symbol: 'ETHUSDT', positionSide: null } }, ['ETHUSDT long 0.01']],
    ['closes one side', { venue: [{}, { positionSide: 'short' }], scope: { symbol: null, positionSide: 'short' } }, ['BTCUSDT short 0.01']],
    ['leaves what an exit under way is closing', { ledger: [[{ qty: '0.01' }], [{ ...exit, qty: '0.004' }]], venue: [{}] }, ['BTCUSDT long 0.006']],
    ['takes nothing off for an exit of the other side', { ledger: [[{ qty: '0.01' }], [{ ...exit, side: 'buy', positionSide: 'short', qty: '0.004' }]], venue: [{}] }, ['BTCUSDT long 0.01']],
    ['takes nothing off for an entry under way', { ledger: [[{ qty: '0.01' }], [{ qty: '0.004' }]], venue: [{}] }, ['BTCUSDT long 0.01']],
  ])('%s', (_what, given, expected) => {
    expect(plan(given).close).toEqual(expected);
  });

  it('says why a position needs nothing', () => {
    expect(plan({ ledger: [[{ qty: '0.01' }], [{ ...exit, qty: '0.01' }]], venue: [{}] })).toEqual({ close: [], skipped: ['0.01 of 0.01 is being closed already'] });
    expect(plan({ ledger: [[{ qty: '0.01' }]], venue: [] })).toEqual({ close: [], skipped: ['the venue holds nothing; the ledger follows with the next sync'] });
  });
});
