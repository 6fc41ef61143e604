import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookFill, unrealizedPnl } from '../../../functions/src/domain/ledger/book-fill.ts';
import { bookReport } from '../../../functions/src/domain/ledger/book-report.ts';
import type { Books } from '../../../functions/src/domain/ledger/book-report.ts';
import { decimal, isPositive, max, min, ONE, sum, text, ZERO } from '../../../functions/src/domain/money/decimal.ts';
import type { Decimal } from '../../../functions/src/domain/money/decimal.ts';
import type { PositionRecord } from '../../../functions/src/schema/records/position.ts';
import { aFill } from '../../support/builders/a-venue-order.ts';
import type { FillText } from '../../support/builders/a-venue-order.ts';
import { anIntent } from '../../support/builders/an-intent.ts';
import { anOrderRecord } from '../../support/builders/an-order-record.ts';
import { aRiskState, holding, NOW } from '../../unit/domain/risk/scenario.ts';
import { positionSide, thousandths } from '../risk/arbitraries.ts';

const OWNER = { tier: 'CORE', strategy: null, intentId: 'mine', closedBy: 'intent' } as const;
const dollars = (): Decimal => ONE;

const trade = fc.record({ side: fc.constantFrom('buy', 'sell'), qty: thousandths(1, 5000), price: thousandths(1, 200_000), fee: thousandths(-50, 50) });
const trades = fc.array(trade, { minLength: 1, maxLength: 12 });

interface Tally {
  readonly position: PositionRecord | null;
  opened: Decimal;
  closed: Decimal;
  overClosed: Decimal;
  /** Signed: what opening paid, for a long, or took in, for a short; and the other way round for closing. */
  cash: Decimal;
}

function play(fills: readonly FillText[], side: 'long' | 'short'): Tally {
  let position: PositionRecord | null = null;
  const tally = { opened: ZERO, closed: ZERO, overClosed: ZERO, cash: ZERO };
  for (const fill of fills.map((of) => aFill({ ...of, positionSide: side }))) {
    const result = bookFill(position, fill, fill.feeAmount, OWNER);
    const opens = (fill.side === 'buy') === (side === 'long');
    const taken = fill.qty.minus(result.overClosedQty);
    if (opens) tally.opened = tally.opened.plus(fill.qty);
    else tally.closed = tally.closed.plus(taken);
    tally.overClosed = tally.overClosed.plus(result.overClosedQty);
    tally.cash = fill.side === 'buy' ? tally.cash.minus(taken.times(fill.price)) : tally.cash.plus(taken.times(fill.price));
    position = result.position;
  }
  return { position, ...tally };
}

const lotsOf = (position: PositionRecord | null): Decimal => sum((position?.lots ?? []).map((lot) => decimal(lot.qty)));

describe('the ledger of a position side', () => {
  it('conserves quantity: opened less closed is what the lots hold, and never below zero', () => {
    fc.assert(
      fc.property(trades, positionSide, (fills, side) => {
        const { position, opened, closed } = play(fills, side);
        expect(text(lotsOf(position))).toBe(text(opened.minus(closed)));
        expect(position?.qty).toBe(text(lotsOf(position)));
        expect(position?.lots.every((lot) => isPositive(decimal(lot.qty)))).toBe(true);
      }),
    );
  });

  it('conserves cash: realised and unrealised PnL at any mark are the cash flows and the value of what is held, to the last digit', () => {
    fc.assert(
      fc.property(trades, positionSide, thousandths(1, 300_000), (fills, side, mark) => {
        const { position, cash } = play(fills, side);
        if (position === null) throw new Error('no fills');
        const held = decimal(position.qty).times(mark);
        const value = side === 'long' ? cash.plus(held) : cash.minus(held);
        expect(text(decimal(position.realizedPnlUsd).plus(unrealizedPnl(position, decimal(mark))))).toBe(text(value));
      }),
    );
  });

  it('sums fees exactly, rebates included', () => {
    fc.assert(
      fc.property(trades, positionSide, (fills, side) => {
        expect(play(fills, side).position?.feesUsd).toBe(text(sum(fills.map((fill) => decimal(fill.fee)))));
      }),
    );
  });

  it('keeps the average entry between the dearest and the cheapest lot', () => {
    fc.assert(
      fc.property(trades, positionSide, (fills, side) => {
        const position = play(fills, side).position;
        const [first, ...others] = (position?.lots ?? []).map((lot) => decimal(lot.price));
        if (position === null || first === undefined) return;
        expect(decimal(position.averageEntryPrice).gte(min(first, ...others))).toBe(true);
        expect(decimal(position.averageEntryPrice).lte(max(first, ...others))).toBe(true);
      }),
    );
  });
});

/** Trades of one order, with ids and times as the venue gives them: growing, and often the same. */
const orderReport = fc
  .array(fc.record({ qty: thousandths(1, 1000), price: thousandths(90_000, 110_000), fee: thousandths(-50, 50), isMaker: fc.boolean(), later: fc.integer({ min: 0, max: 1 }) }), { minLength: 1, maxLength: 8 })
  .map((rows) => {
    let at = NOW;
    return rows.map(({ later, ...row }, i): FillText => ({ ...row, id: String(i + 8), at: (at += later) }));
  });

/** Room for every trade of the report, on a side that already holds two lots. */
function booksFor(report: readonly FillText[], side: 'buy' | 'sell'): Books {
  const qty = text(sum(report.map((fill) => decimal(fill.qty ?? '0'))));
  const first = bookFill(null, aFill({ qty: '2', price: '100' }), ZERO, OWNER).position;
  const position = bookFill(first, aFill({ qty, price: '104' }), ZERO, OWNER).position;
  return {
    intent: anIntent({ side, qty, purpose: side === 'buy' ? 'increase' : 'close' }),
    order: anOrderRecord({ side, qty }),
    positions: { long: position, short: null },
    risk: aRiskState(holding([{ qty: position.qty }], [{ intentId: 'mine', side, qty }])),
  };
}

function deliver(start: Books, deliveries: readonly (readonly FillText[])[], side: 'buy' | 'sell') {
  const known = new Set<string>();
  let books = start;
  const records = new Map<string, unknown>();
  for (const delivery of deliveries) {
    const result = bookReport(books, delivery.map((fill) => aFill({ ...fill, side })), known, dollars, 'hedge');
    books = result.books;
    for (const fill of result.fills) {
      expect(known.has(fill.tradeId)).toBe(false);
      known.add(fill.tradeId);
      records.set(fill.tradeId, fill);
    }
  }
  return { books, records };
}

const buyOrSell = fc.constantFrom('buy', 'sell');

describe('reports of an order', () => {
  it('end the same when they are shuffled, repeated and cut short on the way, as long as the last one is whole', () => {
    const noisy = orderReport.chain((report) =>
      fc.tuple(
        fc.constant(report),
        fc.array(fc.integer({ min: 0, max: report.length }), { maxLength: 4 }),
        fc.shuffledSubarray(report, { minLength: report.length }),
      ),
    );
    fc.assert(
      fc.property(noisy, buyOrSell, ([report, cuts, shuffled], side) => {
        const start = booksFor(report, side);
        const growing = cuts.toSorted((a, b) => a - b).map((cut) => report.slice(0, cut));
        const once = deliver(start, [report], side);
        expect(deliver(start, [...growing, [...shuffled, ...report], shuffled], side)).toEqual(once);
      }),
    );
  });

  it('reach the same sums and the same quantities even when a later trade is listed before an earlier one', () => {
    const split = orderReport.chain((report) => fc.tuple(fc.constant(report), fc.subarray(report)));
    fc.assert(
      fc.property(split, buyOrSell, ([report, early], side) => {
        const start = booksFor(report, side);
        const { intent, order, risk, positions: { long: position } } = deliver(start, [early, report], side).books;
        const once = deliver(start, [report], side).books;
        expect({ intent, order, totals: risk.totals, reservations: risk.reservations }).toEqual({
          intent: once.intent, order: once.order, totals: once.risk.totals, reservations: once.risk.reservations,
        });
        expect([position?.qty, position?.realizedPnlUsd, position?.feesUsd]).toEqual([once.positions.long?.qty, once.positions.long?.realizedPnlUsd, once.positions.long?.feesUsd]);
      }),
    );
  });

  it('book, release and expose one and the same quantity', () => {
    fc.assert(
      fc.property(orderReport, fc.nat(8), buyOrSell, (report, count, side) => {
        const start = booksFor(report, side);
        const { intent, order, risk, positions: { long: position } } = deliver(start, [report.slice(0, count)], side).books;
        const reserved = decimal(risk.reservations['mine']?.qty ?? '0');
        expect(order.bookedQty).toBe(intent.executedQty);
        expect(text(reserved.plus(intent.executedQty))).toBe(intent.qty);
        const held = decimal(start.positions.long?.qty ?? '0');
        expect(position?.qty).toBe(text(side === 'buy' ? held.plus(intent.executedQty) : held.minus(intent.executedQty)));
        expect(risk.exposures['BTCUSDT-long']?.qty ?? '0').toBe(position?.qty);
      }),
    );
  });
});
