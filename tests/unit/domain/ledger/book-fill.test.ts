import { describe, expect, it } from 'vitest';
import { bookFill, isOpening, unrealizedPnl } from '../../../../functions/src/domain/ledger/book-fill.ts';
import { decimal, text } from '../../../../functions/src/domain/money/decimal.ts';
import { positionRecord } from '../../../../functions/src/schema/records/position.ts';
import type { PositionRecord } from '../../../../functions/src/schema/records/position.ts';
import { aFill } from '../../../support/builders/a-venue-order.ts';
import type { FillText } from '../../../support/builders/a-venue-order.ts';
import { NOW } from '../risk/scenario.ts';

const OWNER = { tier: 'CORE', strategy: 'zscore-5m', intentId: 'mine', closedBy: 'intent' } as const;

interface Booked {
  readonly position: PositionRecord;
  /** Realised PnL of each fill, and what it closed too much. */
  readonly realized: readonly string[];
  readonly overClosed: readonly string[];
}

function book(fills: readonly FillText[], start: PositionRecord | null = null): Booked {
  let position = start;
  const realized: string[] = [];
  const overClosed: string[] = [];
  for (const fill of fills.map(aFill)) {
    const result = bookFill(position, fill, fill.feeAmount, OWNER);
    position = result.position;
    realized.push(text(result.realizedPnlUsd));
    overClosed.push(text(result.overClosedQty));
  }
  if (position === null) throw new Error('nothing was booked');
  expect(positionRecord.parse(position)).toEqual(position);
  return { position, realized, overClosed };
}

const buy = (qty: string, price: string, more: FillText = {}): FillText => ({ side: 'buy', qty, price, ...more });
const sell = (qty: string, price: string, more: FillText = {}): FillText => ({ side: 'sell', qty, price, ...more });
const short = (fill: FillText): FillText => ({ ...fill, positionSide: 'short' });

describe('isOpening', () => {
  it('is a buy on long and a sell on short', () => {
    expect([isOpening('buy', 'long'), isOpening('sell', 'long'), isOpening('buy', 'short'), isOpening('sell', 'short')]).toEqual([true, false, false, true]);
  });
});

describe('bookFill', () => {
  // Each by hand: 2 at 100 and 3 at 110 are bought; 4 sold at 120 are the 2 at 100 (+40) and 2 of the 3 at 110 (+20).
  it.each<[string, readonly FillText[], string, string, readonly string[]]>([
    ['a long opened', [buy('2', '100')], '2', '100', ['0']],
    ['a long increased', [buy('2', '100'), buy('3', '110')], '5', '106', ['0', '0']],
    ['a long closed first in, first out', [buy('2', '100'), buy('3', '110'), sell('4', '120')], '1', '110', ['0', '0', '60']],
    ['a long closed at a loss', [buy('2', '100'), sell('2', '97.5')], '0', '0', ['0', '-5']],
    ['a short opened and closed at a gain', [short(sell('2', '100')), short(buy('2', '90'))], '0', '0', ['0', '20']],
    ['a short closed over two lots', [short(sell('1', '100')), short(sell('1', '110')), short(buy('1.5', '105'))], '0.5', '110', ['0', '0', '-2.5']],
    ['quantities that floating point cannot add', [buy('0.1', '3'), buy('0.2', '3'), sell('0.3', '4')], '0', '0', ['0', '0', '0.3']],
    ['a close in three parts', [buy('3', '10'), sell('1', '11'), sell('1', '12'), sell('1', '13')], '0', '0', ['0', '1', '2', '3']],
  ])('books %s', (_title, fills, qty, averageEntryPrice, realized) => {
    const booked = book(fills);
    expect(booked.position).toMatchObject({ qty, averageEntryPrice });
    expect(booked.realized).toEqual(realized);
    expect(booked.overClosed.every((excess) => excess === '0')).toBe(true);
  });

  it('sums PnL gross of fees, fees beside it, and the venue\'s own figure', () => {
    const { position } = book([buy('1', '100', { fee: '0.05' }), sell('1', '110', { fee: '0.055', venuePnl: '10' }), buy('1', '90', { fee: '-0.01' })]);
    expect(position).toMatchObject({ realizedPnlUsd: '10', feesUsd: '0.095', venueRealizedPnlUsd: '10' });
  });

  it('clamps a close beyond flat and reports the excess', () => {
    const { position, realized, overClosed } = book([buy('1', '100'), sell('3', '110')]);
    expect(position).toMatchObject({ qty: '0', lots: [], openedAt: null });
    expect([realized, overClosed]).toEqual([['0', '10'], ['0', '2']]);
  });

  it('reports all of a close when nothing was open, and opens nothing', () => {
    const { position, realized, overClosed } = book([sell('2', '110', { fee: '0.1' })]);
    expect(position).toMatchObject({ qty: '0', lots: [], realizedPnlUsd: '0', feesUsd: '0.1' });
    expect([realized, overClosed]).toEqual([['0'], ['2']]);
  });

  it('keeps the lots it has not consumed, each with its price and time', () => {
    const { position } = book([buy('2', '100', { at: NOW + 1 }), buy('3', '110', { at: NOW + 2 }), sell('2.5', '120', { at: NOW + 3 })]);
    expect(position.lots).toEqual([{ qty: '2.5', price: '110', openedAt: NOW + 2 }]);
  });

  it('opens anew with the next fill after flat, under its new owner', () => {
    const flat = book([buy('1', '100', { at: NOW }), sell('1', '100', { at: NOW + 1 })]).position;
    const reopened = bookFill(flat, aFill({ at: NOW + 9 }), decimal('0'), { ...OWNER, tier: 'SATELLITE', strategy: 'other' }).position;
    expect([flat.openedAt, flat.strategy]).toEqual([null, 'zscore-5m']);
    expect(reopened).toMatchObject({ openedAt: NOW + 9, tier: 'SATELLITE', strategy: 'other', lastFillAt: NOW + 9 });
  });

  it('stays with its first owner and opening time when it is increased by another', () => {
    const open = book([buy('1', '100', { at: NOW })]).position;
    const increased = bookFill(open, aFill({ at: NOW + 9 }), decimal('0'), { ...OWNER, tier: 'SATELLITE', strategy: 'other' }).position;
    expect(increased).toMatchObject({ openedAt: NOW, tier: 'CORE', strategy: 'zscore-5m' });
  });
});

describe('unrealizedPnl', () => {
  it.each([
    ['long', [buy('2', '100'), buy('1', '130')], '-15'],
    ['short', [short(sell('2', '100')), short(sell('1', '130'))], '15'],
  ])('is what closing all lots of a %s at the mark would realise', (_side, fills, expected) => {
    expect(text(unrealizedPnl(book(fills).position, decimal('105')))).toBe(expected);
  });
});
