import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { longList } from '../../../functions/src/schema/long-list.ts';

const isMinute = (item: unknown): item is number => Number.isInteger(item) && Number(item) >= 0 && Number(item) <= 59;
const minute = z.int().min(0).max(59);

describe('a long list', () => {
  it('takes and refuses what an array of its items does, in the same words', () => {
    const item = fc.oneof(fc.integer({ min: -2, max: 61 }), fc.constantFrom(0.5, Number.NaN, '7', null, undefined));
    const [plain, long] = [z.strictObject({ minutes: z.array(minute) }), z.strictObject({ minutes: longList(minute, isMinute) })];
    fc.assert(
      fc.property(fc.oneof(fc.array(item), fc.array(fc.integer({ min: 0, max: 59 })), item), (minutes) => {
        const [expected, found] = [plain.safeParse({ minutes }), long.safeParse({ minutes })];
        expect(found.success).toBe(expected.success);
        expect(found.error?.issues.map(({ path, message }) => ({ path, message }))).toEqual(expected.error?.issues.map(({ path, message }) => ({ path, message })));
      }),
    );
  });

  it('refuses a list with a hole', () => {
    const minutes: number[] = [];
    minutes[1] = 5;
    expect(longList(minute, isMinute).safeParse(minutes).success).toBe(false);
  });
});
