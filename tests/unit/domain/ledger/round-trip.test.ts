import { describe, expect, it } from 'vitest';
import { bookOnSides } from '../../../../functions/src/domain/ledger/book-on-sides.ts';
import type { SymbolBooks } from '../../../../functions/src/domain/ledger/book-on-sides.ts';
import { netted } from '../../../../functions/src/domain/ledger/net-fill.ts';
import { idOfTrade, withFunding } from '../../../../functions/src/domain/ledger/round-trip.ts';
import { decimal, ONE, sum, text } from '../../../../functions/src/domain/money/decimal.ts';
import { positionRecord } from '../../../../functions/src/schema/records/position.ts';
import { tradeRecord } from '../../../../functions/src/schema/records/trade.ts';
import type { TradeRecord } from '../../../../functions/src/schema/records/trade.ts';
import { aFill } from '../../../support/builders/a-venue-order.ts';
import type { FillText } from '../../../support/builders/a-venue-order.ts';
import { aRiskState, NOW } from '../risk/scenario.ts';

interface Played {
  readonly books: SymbolBooks;
  readonly trades: readonly TradeRecord[];
}

const ENTRY = { tier: 'CORE', strategy: 'zscore-5m', intentId: 'entry', closedBy: 'intent' } as const;
const STRANGER = { tier: 'CORE', strategy: null, intentId: null, closedBy: 'other' } as const;

function play(fills: readonly (readonly [FillText, typeof ENTRY | typeof STRANGER | { intentId: string }])[], mode: 'hedge' | 'oneWay' = 'hedge'): Played {
  let books: SymbolBooks = { positions: { long: null, short: null }, risk: aRiskState() };
  const trades: TradeRecord[] = [];
  for (const [fill, origin] of fills) {
    const booked = bookOnSides(books, aFill(fill), ONE, { ...ENTRY, ...origin }, mode);
    books = booked.books;
    trades.push(...booked.trades);
  }
  const held = Object.values(books.positions).filter((position) => position !== null);
  expect(held.map((position) => positionRecord.parse(position))).toEqual(held);
  return { books, trades: trades.map((trade) => tradeRecord.parse(trade)) };
}

const buy = (id: string, qty: string, price: string, at = NOW): FillText => ({ id, qty, price, at, fee: '0.1' });
const sell = (id: string, qty: string, price: string, at = NOW): FillText => ({ ...buy(id, qty, price, at), side: 'sell' });

describe('a round trip', () => {
  it('becomes a trade with the fill that brings the side to flat, and not before', () => {
    const fills = [[buy('1', '2', '100'), ENTRY], [buy('2', '2', '104', NOW + 1), { intentId: 'more' }], [sell('3', '1', '110', NOW + 2), { intentId: 'exit' }]] as const;
    expect(play(fills).trades).toEqual([]);
    expect(play([...fills, [sell('4', '3', '106', NOW + 3), { intentId: 'exit' }]]).trades).toEqual([
      {
        summary: 'long 4 BTCUSDT from 102 to 107: net 19.6 USD, closed by intent',
        symbol: 'BTCUSDT', positionSide: 'long', strategy: 'zscore-5m', openedBy: '1', intentIds: ['entry', 'more', 'exit'], closedBy: 'intent',
        qty: '4', entryNotionalUsd: '408', averageEntryPrice: '102', averageExitPrice: '107',
        realizedPnlUsd: '20', feesUsd: '0.4', fundingUsd: '0', netPnlUsd: '19.6', openedAt: NOW, closedAt: NOW + 3,
      },
    ]);
  });

  it('leaves nothing of itself in the next one', () => {
    const { trades, books } = play([[buy('1', '1', '100'), ENTRY], [sell('2', '1', '90'), ENTRY], [buy('3', '1', '95'), { intentId: 'second' }]]);
    expect(trades.map((trade) => trade.realizedPnlUsd)).toEqual(['-10']);
    expect(books.positions.long?.roundTrip).toMatchObject({ openedBy: '3', intentIds: ['second'], openingQty: '1', closingQty: '0', realizedPnlUsd: '0', feesUsd: '0.1' });
  });

  it('has an id of its own even when two begin in one millisecond', () => {
    const { trades } = play([[buy('1', '1', '100'), ENTRY], [sell('2', '1', '90'), ENTRY], [buy('3', '1', '95'), ENTRY], [sell('4', '1', '95'), ENTRY]]);
    expect(trades.map(idOfTrade)).toEqual([`BTCUSDT-long-${NOW}-1`, `BTCUSDT-long-${NOW}-3`]);
  });

  it('says that somebody else closed it', () => {
    expect(play([[buy('1', '1', '100'), ENTRY], [sell('2', '1', '90'), STRANGER]]).trades.map((trade) => [trade.closedBy, trade.intentIds])).toEqual([['other', ['entry']]]);
  });

  it('counts of a close that was too large only what it closed; the fee of one that closed nothing belongs to no trip', () => {
    const { trades, books } = play([[buy('1', '1', '100'), ENTRY], [sell('2', '3', '110'), ENTRY], [sell('3', '1', '110'), ENTRY]]);
    expect(trades).toMatchObject([{ qty: '1', averageExitPrice: '110', realizedPnlUsd: '10', feesUsd: '0.2' }]);
    expect(books.positions.long).toMatchObject({ feesUsd: '0.3', stray: { feesUsd: '0.1' } });
  });

  it('takes funding that is told after the close', () => {
    const [trade] = play([[buy('1', '1', '100'), ENTRY], [sell('2', '1', '110'), ENTRY]]).trades;
    if (trade === undefined) throw new Error('no trade');
    expect(withFunding(trade, decimal('-0.3'))).toMatchObject({ fundingUsd: '-0.3', netPnlUsd: '9.5', summary: 'long 1 BTCUSDT from 100 to 110: net 9.5 USD, closed by intent' });
  });
});

describe('a fill without reduce-only in one-way mode', () => {
  const claimsShort = { ...sell('2', '3', '110'), positionSide: 'short', venuePnl: '10' } as const;

  it('closes the other side first and opens its own with the rest, fee and venue PnL included', () => {
    const { books, trades } = play([[buy('1', '1', '100'), ENTRY], [claimsShort, STRANGER]], 'oneWay');
    expect(trades).toMatchObject([{ positionSide: 'long', realizedPnlUsd: '10', closedBy: 'other' }]);
    expect(books.positions.long).toMatchObject({ qty: '0', venueRealizedPnlUsd: '10' });
    expect(books.positions.short).toMatchObject({ qty: '2', averageEntryPrice: '110', strategy: null, venueRealizedPnlUsd: '0' });
    expect(Object.keys(books.risk.exposures)).toEqual(['BTCUSDT-short']);
    expect(books.risk.totals).toMatchObject({ fills: 2, feesUsd: '0.2', realizedPnlUsd: '10', venueRealizedPnlUsd: '10' });
  });

  it('opens a second leg in hedge mode', () => {
    const { books } = play([[buy('1', '1', '100'), ENTRY], [claimsShort, STRANGER]], 'hedge');
    expect([books.positions.long?.qty, books.positions.short?.qty]).toEqual(['1', '3']);
  });

  it.each([
    ['less than the other side holds', '2', [['short', '2', '0.1']]],
    ['all that the other side holds', '3', [['short', '3', '0.1']]],
    ['more than the other side holds', '9', [['short', '3', '0.033333333333'], ['long', '6', '0.066666666667']]],
  ])('that is %s is split so that quantity and fee add up exactly', (_title, qty, expected) => {
    const parts = netted(aFill({ ...buy('1', qty, '100') }), 'oneWay', decimal('3'));
    expect(parts.map((part) => [part.positionSide, text(part.qty), text(part.feeAmount)])).toEqual(expected);
    expect([text(sum(parts.map((part) => part.qty))), text(sum(parts.map((part) => part.feeAmount)))]).toEqual([qty, '0.1']);
  });

  it('is one whole fill where it closes its own side or meets nobody', () => {
    const closing = aFill({ side: 'sell' });
    expect(netted(closing, 'oneWay', decimal('3'))).toEqual([closing]);
    expect(netted(aFill(), 'oneWay', decimal('0'))).toEqual([aFill()]);
  });
});
