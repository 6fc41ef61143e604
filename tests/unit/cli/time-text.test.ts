import { describe, expect, it } from 'vitest';
import { ageText, isoText, spanText, timeText } from '../../../functions/src/cli/time-text.ts';

const AT = Date.UTC(2026, 0, 5, 12, 3, 20, 900);
const SECOND = 1000;
const HOUR = 3_600_000;

describe('a time', () => {
  it('is ISO in UTC, to the second', () => {
    expect(isoText(AT)).toBe('2026-01-05T12:03:20Z');
  });

  it('is told with its age', () => {
    expect(timeText(AT, AT + 12 * SECOND)).toBe('2026-01-05T12:03:20Z (12 s ago)');
  });

  it('that is still to come is told as such', () => {
    expect(ageText(AT + 90 * SECOND, AT)).toBe('in 1 min');
  });
});

it.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [HOUR - 1, '59 min'],
  [HOUR, '1 h 0 min'],
  [3 * HOUR + 20 * 60_000, '3 h 20 min'],
  [24 * HOUR, '1 d 0 h'],
  [52 * HOUR, '2 d 4 h'],
])('a span of %d ms is %s', (ms, text) => {
  expect(spanText(ms)).toBe(text);
});
