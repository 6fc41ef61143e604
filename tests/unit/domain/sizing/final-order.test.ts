import { describe, expect, it } from 'vitest';
import { decimal, text } from '../../../../functions/src/domain/money/decimal.ts';
import { notional, price, qty } from '../../../../functions/src/domain/money/units.ts';
import { finalOrder } from '../../../../functions/src/domain/sizing/final-order.ts';
import { smallestOrder } from '../../../../functions/src/domain/sizing/smallest-order.ts';
import { anInstrument } from '../risk/scenario.ts';

describe('finalOrder', () => {
  it.each([
    ['keeps a size that lies on the grid', '480', '60000', '0.001', '0.008', '480'],
    ['rounds a size between two lots down', '500', '60001.5', '0.001', '0.008', '480.012'],
    ['gives whole lots of a coarse grid', '20', '3.141', '1', '6', '18.846'],
    ['gives nothing below one lot', '59', '60000', '0.001', '0', '0'],
  ])('%s', (_title, size, at, step, wantedQty, wantedNotional) => {
    const order = finalOrder(notional(size), price(at), anInstrument({ stepSize: decimal(step) }));
    expect([text(order.qty), text(order.notionalUsd), text(order.price)]).toEqual([wantedQty, wantedNotional, at]);
  });
});

describe('smallestOrder', () => {
  it.each([
    ['meets the floor exactly where the grid allows', '100', '100', '0.001', '0.001', '100'],
    ['goes to the next lot above the floor', '100', '60000', '0.001', '0.001', '120'],
    ['goes by the smallest quantity when that is worth more', '5', '100', '0.001', '0.5', '50'],
    ['puts a smallest quantity between two lots on the next one', '5', '100', '0.2', '0.5', '60'],
    ['is one lot without any floor', '0', '100', '0.001', '0', '0.1'],
  ])('%s', (_title, floor, at, step, minQty, wanted) => {
    const instrument = anInstrument({ stepSize: decimal(step), minQty: qty(minQty) });
    expect(text(smallestOrder(decimal(floor), price(at), instrument))).toBe(wanted);
  });
});
