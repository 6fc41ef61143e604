import { describe, expect, test } from 'vitest';
import { firesAt, longestGapMinutes, unixCronText } from '../../../functions/src/schema/config/unix-cron.ts';

describe('a schedule', () => {
  test.each(['* * * * *', '*/5 * * * *', '0,30 8-18 * * 1-5', '5/10 0 1 1 0', '59 23 31 12 7', '0-20/5 * * * *'])('takes %j', (text) => {
    expect(unixCronText.safeParse(text).success).toBe(true);
  });

  test.each([
    '', '* * * *', '* * * * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * * 13 *', '* * * * 8', '*/0 * * * *',
    '5-1 * * * *', '1,,2 * * * *', 'a * * * *', '* * * JAN *', '@hourly', 'every 5 minutes', ' * * * * *', '*  * * * *',
  ])('refuses %j', (text) => {
    expect(unixCronText.safeParse(text).success).toBe(false);
  });
});

describe('the longest gap', () => {
  test.each([
    ['* * * * *', 1],
    ['*/5 * * * *', 5],
    ['*/7 * * * *', 7],
    ['0 * * * *', 60],
    ['0,10,15 * * * *', 45],
    ['50-55 * * * *', 55],
    ['55/2 * * * *', 56],
  ])('of %j is %i minutes', (text, gap) => {
    expect(longestGapMinutes(text)).toBe(gap);
  });

  test.each(['* 8-18 * * *', '*/5 * 1 * *', '* * * * 1-5', 'nonsense'])('of %j is not known', (text) => {
    expect(longestGapMinutes(text)).toBeNull();
  });
});

/** A Thursday, unless told otherwise. */
const at = (hour: number, minute: number, day = 15): number => Date.UTC(2026, 0, day, hour, minute, 30);

describe('a schedule fires', () => {
  test.each([
    ['*/15 * * * *', at(12, 45), true],
    ['*/15 * * * *', at(12, 46), false],
    ['0 8-18 * * *', at(19, 0), false],
    ['0 0 * 1 *', at(0, 0), true],
    ['0 0 * 2 *', at(0, 0), false],
    ['0 0 * * 4', at(0, 0), true],
    ['0 0 * * 5', at(0, 0), false],
    ['0 0 * * 7', at(0, 0, 18), true],
    ['0 0 1 * 4', at(0, 0), true],
    ['0 0 15 * 1', at(0, 0), true],
    ['0 0 1 * 1', at(0, 0), false],
    ['nonsense', at(0, 0), false],
  ])('%j at %i: %s', (cron, when, fires) => {
    expect(firesAt(cron, when)).toBe(fires);
  });
});
