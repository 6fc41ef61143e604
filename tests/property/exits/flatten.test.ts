import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planFlatten } from '../../../functions/src/domain/exits/plan-flatten.ts';
import { decimal, sum } from '../../../functions/src/domain/money/decimal.ts';
import type { Decimal } from '../../../functions/src/domain/money/decimal.ts';
import { asQty } from '../../../functions/src/domain/money/units.ts';
import { isEntry } from '../../../functions/src/domain/risk/order-reading.ts';
import { aVenuePosition } from '../../support/builders/a-venue-position.ts';
import { aRiskState } from '../../unit/domain/risk/scenario.ts';
import { positionSide, riskState, symbol } from '../risk/arbitraries.ts';

interface Pair {
  readonly symbol: string;
  readonly positionSide: 'long' | 'short';
}

const isSame = (a: Pair) => (b: Pair) => a.symbol === b.symbol && a.positionSide === b.positionSide;
const venue = fc.uniqueArray(fc.record({ symbol, positionSide, thousandths: fc.integer({ min: 1, max: 5000 }) }), { selector: (line) => `${line.symbol}-${line.positionSide}`, maxLength: 6 });
const total = (lines: readonly { readonly qty: string }[]): Decimal => sum(lines.map((line) => decimal(line.qty)));

describe('a flatten', () => {
  it('and the exits under way together close what the venue holds, and never more', () => {
    fc.assert(
      fc.property(riskState, venue, (changes, lines) => {
        const risk = aRiskState(changes);
        const held = lines.map(({ thousandths, ...pair }) => aVenuePosition({ ...pair, qty: asQty(decimal(String(thousandths)).times('0.001')) }));
        const { close } = planFlatten(risk, held, { symbol: null, positionSide: null });
        for (const line of close) expect(held.some(isSame(line))).toBe(true);
        for (const position of held) {
          const closing = total(Object.values(risk.reservations).filter((line) => isSame(position)(line) && !isEntry(line.purpose)));
          const planned = sum(close.filter(isSame(position)).map((line) => line.qty));
          expect(planned.eq(closing.gt(position.qty) ? '0' : position.qty.minus(closing))).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});
