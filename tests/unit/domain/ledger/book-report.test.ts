import { describe, expect, it } from 'vitest';
import { bookForeignFills } from '../../../../functions/src/domain/ledger/book-foreign-fills.ts';
import { bookReport, isOverClosed } from '../../../../functions/src/domain/ledger/book-report.ts';
import type { BookedReport, Books } from '../../../../functions/src/domain/ledger/book-report.ts';
import { decimal, ONE, text } from '../../../../functions/src/domain/money/decimal.ts';
import type { Decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { fillRecord } from '../../../../functions/src/schema/records/fill.ts';
import { riskState } from '../../../../functions/src/schema/records/risk-state.ts';
import { aFill } from '../../../support/builders/a-venue-order.ts';
import type { FillText } from '../../../support/builders/a-venue-order.ts';
import { anExit, anIntent } from '../../../support/builders/an-intent.ts';
import { anOrderRecord } from '../../../support/builders/an-order-record.ts';
import { aRiskState, holding, NOW } from '../risk/scenario.ts';

const NOTHING: ReadonlySet<string> = new Set();
const FLAT = { long: null, short: null };
const rate = (asset: string): Decimal => (asset === 'BNB' ? decimal('600') : ONE);

/** 5 reserved, none of it filled. */
function books(changes: Partial<Books> = {}): Books {
  return { intent: anIntent(), order: anOrderRecord(), positions: FLAT, risk: aRiskState(holding([], [{ intentId: 'mine', qty: '5' }])), ...changes };
}

function report(fills: readonly FillText[], before: Books = books(), known = NOTHING): BookedReport {
  return bookReport(before, fills.map(aFill), known, rate, 'hedge');
}

const THREE: readonly FillText[] = [
  { id: '9', qty: '1', price: '100', at: NOW, isMaker: true },
  { id: '10', qty: '2', price: '101', at: NOW },
  { id: '11', qty: '2', price: '99', at: NOW + 1 },
];

describe('bookReport', () => {
  it('moves quantity from order, intent and reservation to position and exposure', () => {
    const { books: after } = report(THREE.slice(0, 2));
    expect(after.order).toMatchObject({ bookedQty: '3', executedQty: '3' });
    expect(after.intent).toMatchObject({ executedQty: '3', executedQuoteUsd: '302', makerQty: '1', feesUsd: '0.08', realizedPnlUsd: '0' });
    expect(after.positions.long).toMatchObject({ qty: '3', tier: 'CORE', strategy: null });
    expect(after.risk.reservations['mine']).toMatchObject({ qty: '2' });
    expect(after.risk.exposures['BTCUSDT-long']).toMatchObject({ qty: '3', markPrice: '100', tier: 'CORE' });
    expect(riskState.parse(after.risk)).toEqual(after.risk);
  });

  it('frees the reservation with the last of it and counts every fill', () => {
    const { risk } = report(THREE).books;
    expect(risk.reservations).toEqual({});
    expect(risk.totals).toEqual({ fills: 3, makerFills: 1, realizedPnlUsd: '0', venueRealizedPnlUsd: '0', feesUsd: '0.12', feesByAsset: { USDT: '0.12' } });
    expect(risk.lastFillAtBySymbol).toEqual({ BTCUSDT: NOW + 1 });
  });

  it('writes one record per trade, with whose it is and the fee in dollars at its rate', () => {
    const { fills } = report([{ id: '9', fee: '0.001', feeAsset: 'BNB' }]);
    expect(fills.map((fill) => fillRecord.parse(fill))).toEqual([
      expect.objectContaining({ tradeId: '9', intentId: 'mine', clientOrderId: 'pc-mine-m1', feeAmount: '0.001', feeAsset: 'BNB', feeRateUsd: '600', feeUsd: '0.6' }),
    ]);
  });

  it('changes nothing at all when every trade is known', () => {
    const before = books();
    const result = report(THREE, before, new Set(['9', '10', '11']));
    expect(result).toEqual({ books: before, fills: [], trades: [], overClosedQty: expect.anything() });
    expect(isOverClosed(result)).toBe(false);
  });

  it('books a trade once though one report lists it twice', () => {
    expect(report([...THREE, ...THREE])).toEqual(report(THREE));
  });

  it('books in the order of time and trade id, whatever the order of the report', () => {
    const shuffled = [2, 0, 1].map((i) => THREE[i] ?? {});
    expect(report(shuffled)).toEqual(report(THREE));
    expect(report(shuffled).fills.map((fill) => fill.tradeId)).toEqual(['9', '10', '11']);
  });

  it('books very many by coming again, the oldest first, each once', () => {
    const many = Array.from({ length: 900 }, (_, index) => ({ id: `${1000 + index}`, qty: '0.005', at: NOW + index })).toReversed();
    const known = new Set<string>();
    let after = books({ order: anOrderRecord({ executedQty: '4.5' }) });
    const booked = [0, 1, 2, 3].map(() => {
      const result = report(many, after, known);
      after = result.books;
      for (const fill of result.fills) known.add(fill.tradeId);
      return [result.fills.length, result.fills[0]?.tradeId, after.order.bookedQty, after.order.executedQty, after.intent.executedQty];
    });
    expect(booked).toEqual([[400, '1000', '2', '4.5', '2'], [400, '1400', '4', '4.5', '4'], [100, '1800', '4.5', '4.5', '4.5'], [0, undefined, '4.5', '4.5', '4.5']]);
  });

  it('does not lower what the venue says has executed when it lists only part of it', () => {
    const before = books({ order: anOrderRecord({ executedQty: '5' }) });
    expect(report(THREE.slice(0, 1), before).books.order).toMatchObject({ executedQty: '5', bookedQty: '1' });
  });

  it('tells by how much a close went beyond the ledger', () => {
    const { positions, risk } = report([{ qty: '2' }]).books;
    const closing: Books = { intent: anExit({ intentId: 'exit', qty: '3' }), order: anOrderRecord({ side: 'sell', intentId: 'exit' }), positions, risk };
    const result = report([{ id: '20', side: 'sell', qty: '3', price: '110', venuePnl: '20' }], closing);
    expect(isOverClosed(result)).toBe(true);
    expect(text(result.overClosedQty)).toBe('1');
    expect(result.books.positions.long).toMatchObject({ qty: '0', realizedPnlUsd: '20' });
    expect(result.books.intent).toMatchObject({ executedQty: '3', realizedPnlUsd: '20' });
    expect(result.books.risk.exposures).toEqual({});
    expect(result.books.risk.totals).toMatchObject({ realizedPnlUsd: '20', venueRealizedPnlUsd: '20' });
  });
});

describe('bookForeignFills', () => {
  it('moves position and exposure as our own fills do and leaves every reservation alone', () => {
    const own = report(THREE).books;
    const before = { positions: FLAT, risk: books().risk };
    const { books: after, fills } = bookForeignFills(before, THREE.map(aFill), NOTHING, { tier: 'CORE', mode: 'hedge', feeRate: rate, closedBy: () => 'other' });
    expect(after.positions.long).toEqual({ ...own.positions.long, roundTrip: { ...own.positions.long?.roundTrip, intentIds: [] } });
    expect(after.risk.exposures).toEqual(own.risk.exposures);
    expect(after.risk.reservations).toEqual(before.risk.reservations);
    expect(fills.every((fill) => fill.intentId === null && fill.clientOrderId === null)).toBe(true);
  });
});
