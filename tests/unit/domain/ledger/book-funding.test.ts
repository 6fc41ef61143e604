import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookFunding } from '../../../../functions/src/domain/ledger/book-funding.ts';
import type { BookedFunding } from '../../../../functions/src/domain/ledger/book-funding.ts';
import { bookFill } from '../../../../functions/src/domain/ledger/book-fill.ts';
import { decimal, sum, text } from '../../../../functions/src/domain/money/decimal.ts';
import { positionRecord } from '../../../../functions/src/schema/records/position.ts';
import type { PositionRecord } from '../../../../functions/src/schema/records/position.ts';
import { aFill } from '../../../support/builders/a-venue-order.ts';
import { NOW } from '../risk/scenario.ts';

const MINUTE = 60_000;
const OWNER = { tier: 'CORE', strategy: null, intentId: 'mine', closedBy: 'intent' } as const;

function held(positionSide: 'long' | 'short', qty: string, from = NOW, until: number | null = null): PositionRecord {
  const [opens, closes] = positionSide === 'long' ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const);
  const open = bookFill(null, aFill({ id: '1', side: opens, positionSide, qty, at: from }), decimal('0'), OWNER).position;
  return until === null ? open : bookFill(open, aFill({ id: '2', side: closes, positionSide, qty, at: until }), decimal('0'), OWNER).position;
}

const pay = (amount: string, at = NOW + MINUTE) => [{ symbol: 'BTCUSDT', amountUsd: decimal(amount), at }];

/** Funding of the long leg, of the short leg, of closed trades, and of nobody. */
function told({ positions, byTradeId, unassignedUsd }: BookedFunding) {
  for (const position of [positions.long, positions.short]) expect(position === null || positionRecord.safeParse(position).success).toBe(true);
  return [
    positions.long?.roundTrip?.fundingUsd ?? null,
    positions.short?.roundTrip?.fundingUsd ?? null,
    [...byTradeId].map(([id, amount]) => `${id} ${text(amount)}`),
    text(unassignedUsd),
  ];
}

describe('bookFunding', () => {
  it('gives a row to the side that is open, and adds rows up', () => {
    expect(told(bookFunding({ long: held('long', '2'), short: null }, [...pay('-0.3'), ...pay('0.1')]))).toEqual(['-0.2', null, [], '0']);
  });

  it('splits a row between the legs so that long pays what short receives', () => {
    expect(told(bookFunding({ long: held('long', '3'), short: held('short', '1') }, pay('-2')))).toEqual(['-3', '1', [], '0']);
    expect(told(bookFunding({ long: held('long', '1'), short: held('short', '3') }, pay('2')))).toEqual(['-1', '3', [], '0']);
  });

  it('keeps the row whole when the legs are equal by now', () => {
    expect(told(bookFunding({ long: held('long', '1'), short: held('short', '1') }, pay('2')))).toEqual(['2', '0', [], '0']);
  });

  it('gives a row told of after the close to the trade that was open at its time', () => {
    const long = held('long', '2', NOW, NOW + 5 * MINUTE);
    expect(told(bookFunding({ long, short: null }, pay('-0.3')))).toEqual([null, null, [`BTCUSDT-long-${NOW}-1 -0.3`], '0']);
    expect(told(bookFunding({ long, short: null }, pay('-0.3', NOW + 5.5 * MINUTE)))[2]).toHaveLength(1);
  });

  it('gives no row to a position that was not there at its time', () => {
    expect(told(bookFunding({ long: held('long', '2', NOW + 2 * MINUTE), short: null }, pay('-0.3')))).toEqual(['0', null, [], '-0.3']);
    expect(told(bookFunding({ long: held('long', '2', NOW, NOW + MINUTE), short: null }, pay('-0.3', NOW + 3 * MINUTE)))).toEqual([null, null, [], '-0.3']);
    expect(told(bookFunding({ long: null, short: null }, pay('1')))).toEqual([null, null, [], '1']);
  });

  it('loses and invents nothing, whatever the quantities', () => {
    const quantity = fc.integer({ min: 1, max: 999_999 }).map((n) => text(decimal(String(n)).times('0.001')));
    fc.assert(
      fc.property(quantity, quantity, fc.integer({ min: -99_999, max: 99_999 }), (long, short, row) => {
        const amount = text(decimal(String(row)).times('0.00000001'));
        const { positions, unassignedUsd } = bookFunding({ long: held('long', long), short: held('short', short) }, pay(amount));
        const parts = [positions.long, positions.short].map((position) => decimal(position?.roundTrip?.fundingUsd ?? '0'));
        expect(text(sum([...parts, unassignedUsd]))).toBe(amount);
      }),
    );
  });
});
