import { describe, expect, it } from 'vitest';
import { fixedText, usdText } from '../../../functions/src/cli/amount-text.ts';
import { left, pairLines, right, section, tableLines } from '../../../functions/src/cli/table.ts';

describe('a table', () => {
  it('aligns words at the left and numbers at the right, under their titles', () => {
    expect(tableLines([left('symbol'), right('qty'), left('status')], [['BTCUSDT', '0.5', 'working'], ['SOL', '12.25', 'armed']])).toEqual([
      'symbol     qty  status',
      'BTCUSDT    0.5  working',
      'SOL      12.25  armed',
    ]);
  });

  it('leaves no blanks at the end of a line', () => {
    expect(tableLines([left('a'), left('reason')], [['1', '']])).toEqual(['a  reason', '1']);
  });
});

it('pairs stand under each other', () => {
  expect(pairLines([['NAV', '1'], ['drawdown', '2']])).toEqual(['NAV       1', 'drawdown  2']);
});

it('an empty section says so in one line', () => {
  expect(section('open orders', [], 'none')).toEqual(['', 'open orders: none']);
  expect(section('open orders', ['one'], 'none')).toEqual(['', 'open orders', '  one']);
});

describe('an amount', () => {
  it.each([
    ['10015.89997109', '10015.90'],
    ['-0.5', '-0.50'],
    ['7', '7.00'],
    ['0.004', '0.00'],
  ])('%s in dollars reads %s', (amount, text) => {
    expect(usdText(amount)).toBe(text);
  });

  it('may have no places at all', () => {
    expect(fixedText('12.5', 0)).toBe('12');
  });
});
