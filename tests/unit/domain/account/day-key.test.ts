import { describe, expect, it } from 'vitest';
import { dayKeyOf } from '../../../../functions/src/domain/account/day-key.ts';

describe('dayKeyOf', () => {
  it.each([
    ['the last millisecond of a day in UTC', Date.UTC(2026, 0, 15, 23, 59, 59, 999), 'UTC', '2026-01-15'],
    ['midnight in UTC', Date.UTC(2026, 0, 16), 'UTC', '2026-01-16'],
    ['the evening in UTC that is tomorrow in Tokyo', Date.UTC(2026, 0, 15, 15), 'Asia/Tokyo', '2026-01-16'],
    ['the morning in UTC that is yesterday in New York', Date.UTC(2026, 0, 15, 4, 59), 'America/New_York', '2026-01-14'],
    ['midnight in New York in summer time', Date.UTC(2026, 6, 15, 4), 'America/New_York', '2026-07-15'],
    ['the turn of the year', Date.UTC(2026, 11, 31, 23), 'Europe/Berlin', '2027-01-01'],
  ])('%s', (_title, at, timezone, day) => {
    expect(dayKeyOf(at, timezone)).toBe(day);
  });

  it('refuses a timezone that does not exist', () => {
    expect(() => dayKeyOf(0, 'Mars/Olympus')).toThrow(RangeError);
  });
});
