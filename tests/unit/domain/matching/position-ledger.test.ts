import { describe, expect, test } from 'vitest';
import { type Holding, applyFill, entryPrice, unrealised } from '../../../../functions/src/domain/matching/position-ledger.ts';
import { ZERO, decimal, text } from '../../../../functions/src/domain/money/decimal.ts';

const FLAT: Holding = { qty: ZERO, cost: ZERO };

/** Fills as "signed quantity @ price", in order; what is held and what each realised. */
function after(...fills: readonly string[]): { qty: string; cost: string; realised: string[] } {
  let holding = FLAT;
  const realised: string[] = [];
  for (const fill of fills) {
    const [delta = '', price = ''] = fill.split('@');
    const change = applyFill(holding, decimal(delta), decimal(price));
    holding = change.holding;
    realised.push(text(change.realised));
  }
  return { qty: text(holding.qty), cost: text(holding.cost), realised };
}

describe('average-cost accounting', () => {
  test.each([
    ['a long opens at its value', ['2@100'], { qty: '2', cost: '200', realised: ['0'] }],
    ['a short opens at its negative value', ['-2@100'], { qty: '-2', cost: '-200', realised: ['0'] }],
    ['an increase averages', ['1@100', '3@200'], { qty: '4', cost: '700', realised: ['0', '0'] }],
    ['a partial close keeps the average of the rest', ['1@100', '3@200', '-2@300'], { qty: '2', cost: '350', realised: ['0', '0', '250'] }],
    ['a long loses when sold lower', ['2@100', '-2@90'], { qty: '0', cost: '0', realised: ['0', '-20'] }],
    ['a short gains when bought lower', ['-2@100', '2@90'], { qty: '0', cost: '0', realised: ['0', '20'] }],
    ['a fill beyond the position reverses it at the fill price', ['1@100', '-3@110'], { qty: '-2', cost: '-220', realised: ['0', '10'] }],
    ['thirds are rounded once and nothing is lost', ['3@33.33333333', '-1@40', '-1@40', '-1@40'], { qty: '0', cost: '0', realised: ['0', '6.66666667', '6.66666667', '6.66666667'] }],
    ['an average that cannot be written is carried exactly', ['1@1', '2@1.01', '-1@2', '-1@2', '-1@2'], { qty: '0', cost: '0', realised: ['0', '0', '0.99333333', '0.99333334', '0.99333333'] }],
  ])('%s', (_, fills, expected) => {
    expect(after(...fills)).toEqual(expected);
  });

  test('unrealised profit is signed value at the price less cost', () => {
    expect(text(unrealised({ qty: decimal('-2'), cost: decimal('-200') }, decimal('90')))).toBe('20');
    expect(text(unrealised({ qty: decimal('2'), cost: decimal('200') }, decimal('90')))).toBe('-20');
  });

  test('the entry price is cost by quantity and 0 when flat', () => {
    expect(text(entryPrice({ qty: decimal('-3'), cost: decimal('-100') }))).toBe('33.333333333333');
    expect(text(entryPrice(FLAT))).toBe('0');
  });
});
