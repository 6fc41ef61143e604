/** Whatever NAV, floors and volatility: what leaves sizing passes the gate's size checks, now and when the executor asks again. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { toRecord } from '../../../functions/src/domain/market/instrument-record.ts';
import { decimal } from '../../../functions/src/domain/money/decimal.ts';
import { notional } from '../../../functions/src/domain/money/units.ts';
import { decideAll, seriesKey } from '../../../functions/src/domain/screening/decide.ts';
import { aMark, anInstrument, aNav, anOrder, aPositionsState, aQuote, aRiskState, aVenueSettings, BRACKETS, codesOf, DEFAULT_LIMITS, limitsOf } from '../../unit/domain/risk/scenario.ts';
import { configured } from '../../unit/domain/screening-strategies/configured.ts';
import { candlesOf, NOW } from '../../unit/domain/screening-strategies/series.ts';

const SIZE_CODES = [
  'below_min_notional', 'min_notional_infeasible', 'symbol_order_cap', 'trade_gt_equity_cap', 'trade_gt_max_trade_nav_pct', 'symbol_exposure_cap', 'tier_cap',
  'gross_exposure_cap', 'insufficient_margin', 'invalid_input',
];
const CANDLES = candlesOf(Array.from({ length: 10 }, () => 100));

const account = fc.record({
  navUsd: fc.integer({ min: 200, max: 100_000 }),
  floorUsd: fc.constantFrom(5, 20, 100),
  venueFloorUsd: fc.constantFrom('5', '100'),
  step: fc.constantFrom('0.001', '0.01', '0.1'),
  volTargetBps: fc.constantFrom(0.1, 1, 5, 25, 200),
  collarBps: fc.constantFrom(10, 100, 500),
  side: fc.constantFrom('long' as const, 'short' as const),
});

/** Where the touch is when the executor looks, from the lowest price that the collar allows to the highest. */
const place = fc.double({ min: 0, max: 1, noNaN: true });

/** On the tick of a cent, between the quote's bid of 99.99 and ask of 100.01 widened by the collar. */
function touchAt(share: number, collarBps: number): string {
  const lowest = Math.ceil((9999 * (10_000 - collarBps)) / 10_000);
  const highest = Math.floor((10_001 * (10_000 + collarBps)) / 10_000);
  return ((lowest + Math.round(share * (highest - lowest))) / 100).toFixed(2);
}

it('an entry is neither below the floor nor above a cap, at any price within the collar; what cannot be is abstained from', () => {
  const seen = { intent: 0, abstained: 0, upsize: 0 };
  fc.assert(
    fc.property(account, place, ({ navUsd, floorUsd, venueFloorUsd, step, volTargetBps, collarBps, side }, share) => {
      const config = { risk: { minNotionalUsd: floorUsd, priceCollarBps: collarBps } };
      const nav = { navUsd: String(navUsd), highWaterMarkUsd: String(navUsd), dayOpenNavUsd: String(navUsd), availableMarginUsd: String(navUsd), valueAt: NOW };
      const instrument = anInstrument({ tickSize: decimal('0.01'), stepSize: decimal(step), minNotional: notional(venueFloorUsd) });
      const source = {
        asOf: NOW,
        limits: limitsOf(config),
        markets: { positionMode: 'hedge' as const, instruments: [toRecord(instrument)], brackets: BRACKETS, fetchedAt: NOW },
        quotes: { kind: 'found' as const, value: [aQuote({ at: NOW })], asOf: NOW },
        marks: { kind: 'found' as const, value: [aMark({ at: NOW })], asOf: NOW },
        books: { kind: 'unavailable' as const, cause: 'not read' },
        nav: aNav(nav),
        positions: aPositionsState({ valueAt: NOW }),
        venueSettings: aVenueSettings(DEFAULT_LIMITS, { valueAt: NOW }),
        venueBudget: null,
        risk: aRiskState(),
        control: null,
        toggles: null,
        writeGate: 'open' as const,
      };
      const strategy = configured('always_on', { params: { side }, sizing: { volTargetBps, atrPeriod: 3, minNotionalUsd: floorUsd, maxNotionalUsd: 5000 } });
      const { decisions, intents } = decideAll([{ strategy, symbol: 'BTCUSDT', closeAt: NOW, entryBar: null }], new Map([[seriesKey('5m', 'BTCUSDT'), CANDLES]]), source, 'tick');
      const [decision] = decisions;
      expect(['intent', 'abstained']).toContain(decision?.outcome);
      seen[decision?.outcome === 'intent' ? 'intent' : 'abstained'] += 1;
      if (decision?.sizing?.outcome === 'upsize') seen.upsize += 1;
      const refused = intents.flatMap(({ qty, positionSide, side: orderSide }) => {
        const order = anOrder({ qty, price: touchAt(share, collarBps), positionSide, side: orderSide });
        return codesOf({ config, order, nav, snapshot: { instrument } }).filter((code) => SIZE_CODES.includes(code));
      });
      expect(refused).toEqual([]);
    }),
    { numRuns: 400 },
  );
  expect(Object.values(seen).every((count) => count > 20)).toBe(true);
});
