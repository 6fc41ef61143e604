import { describe, expect, test } from 'vitest';
import { longestGapMinutes, unixCronText } from '../../../functions/src/schema/config/unix-cron.ts';

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
