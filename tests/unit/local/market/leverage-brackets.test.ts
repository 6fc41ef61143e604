import { describe, expect, test } from 'vitest';
import { leverageBrackets } from '../../../../local/venue/market/leverage-brackets.ts';

describe('leverage brackets', () => {
  test('join without a gap, with the amount that keeps maintenance margin continuous', () => {
    const brackets = leverageBrackets([
      [125, '300000', '0.004'],
      [100, '800000', '0.005'],
      [75, '3000000', '0.0065'],
    ]);
    expect(
      brackets.map(({ bracket, initialLeverage, notionalFloor, notionalCap, cum }) => [
        bracket,
        initialLeverage,
        notionalFloor,
        notionalCap,
        cum,
      ]),
    ).toEqual([
      [1, 125, '0', '300000', '0'],
      [2, 100, '300000', '800000', '300'],
      [3, 75, '800000', '3000000', '1500'],
    ]);
  });
});
