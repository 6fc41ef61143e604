import { array, assert, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { Extremes } from './extremes.ts';

test('the extremes are those of the last quarter of an hour, whatever came before and in between', () => {
  const values = array(record({ afterMs: integer({ min: 0, max: 400_000 }), value: integer({ min: 0, max: 20 }) }), { minLength: 1, maxLength: 60 });
  assert(
    property(values, (steps) => {
      const extremes = new Extremes();
      const noted: { readonly at: number; readonly value: number }[] = [];
      let at = 0;
      for (const { afterMs, value } of steps) {
        at += afterMs;
        extremes.note(at, value);
        noted.push({ at, value });
        const recent = noted.filter((entry) => entry.at >= at - 900_000).map((entry) => entry.value);
        expect([extremes.lowest, extremes.highest]).toEqual([Math.min(...recent), Math.max(...recent)]);
      }
    }),
  );
});
