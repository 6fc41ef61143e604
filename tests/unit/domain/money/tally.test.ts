import { expect, it } from 'vitest';
import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { tallied } from '../../../../functions/src/domain/money/tally.ts';

it('begins a name with its first amount and adds to it exactly, others untouched', () => {
  const first = tallied({ BNB: '1' }, 'USDT', decimal('0.1'));
  expect(first).toEqual({ BNB: '1', USDT: '0.1' });
  expect(tallied(first, 'USDT', decimal('0.2'))).toEqual({ BNB: '1', USDT: '0.3' });
});
