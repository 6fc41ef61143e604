import { expect, it } from 'vitest';
import { refusalsByMinute } from '../../../../functions/src/domain/screening/refusals-by-minute.ts';

const NOON = Date.UTC(2026, 0, 15, 12);

it('counts refused entries by minute, oldest first, under the code of most', () => {
  const entries = [
    { at: NOON + 60_000, code: 'cooldown' },
    { at: NOON + 59_999, code: 'cooldown' },
    { at: NOON, code: 'tier_cap' },
    { at: NOON + 5, code: 'tier_cap' },
  ];
  expect(refusalsByMinute(entries)).toEqual([{ at: NOON + 59_999, refused: 3, code: 'tier_cap' }, { at: NOON + 60_000, refused: 1, code: 'cooldown' }]);
  expect(refusalsByMinute([])).toEqual([]);
});
