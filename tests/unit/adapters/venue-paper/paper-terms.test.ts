import { expect, test } from 'vitest';
import { PAPER_TERMS } from '../../../../functions/src/adapters/venue-paper/paper-terms.ts';
import { instrumentOf } from '../../../../functions/src/adapters/venue-simulated/account-words.ts';
import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { instrument } from '../../domain/matching/exchange-builder.ts';

const paper = PAPER_TERMS.contract(instrumentOf(instrument()));

test('a paper contract has the grid and the limits that the market tells', () => {
  expect(instrumentOf(paper)).toEqual(instrumentOf(instrument()));
  expect([paper.pricePrecision, paper.quantityPrecision]).toEqual([1, 3]);
});

test('a suspended contract does not trade on paper either', () => {
  expect(PAPER_TERMS.contract({ ...instrumentOf(instrument()), status: 'suspended' }).status).not.toBe('TRADING');
});

test('maintenance margin is continuous from bracket to bracket, and leverage falls', () => {
  for (const [index, bracket] of paper.brackets.entries()) {
    const below = paper.brackets[index - 1];
    if (below === undefined) continue;
    const floor = decimal(bracket.notionalFloor);
    expect(bracket.notionalFloor).toBe(below.notionalCap);
    expect(floor.times(bracket.maintMarginRatio).minus(bracket.cum)).toEqual(floor.times(below.maintMarginRatio).minus(below.cum));
    expect(bracket.initialLeverage).toBeLessThan(below.initialLeverage);
  }
  expect(paper.brackets.map(({ notionalFloor }) => notionalFloor)[0]).toBe('0');
});
