import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { text } from '../../../functions/src/domain/money/decimal.ts';
import { readExposure } from '../../../functions/src/domain/risk/exposure.ts';
import type { Snapshot } from '../../../functions/src/domain/risk/snapshot.ts';
import type { NavState } from '../../../functions/src/schema/records/nav-state.ts';
import { aNav, anOrder, aPositionsState, aSnapshot, limitsOf, NOW, UNIVERSE, verdictOf } from '../../unit/domain/risk/scenario.ts';
import { config, positionSide, riskState, sideOf, symbol } from './arbitraries.ts';

const garbage = fc.constantFrom('NaN', '0', '-7', '', '1e9', '12.5');
const navs: fc.Arbitrary<NavState | null> = fc.option(
  fc.record({ navUsd: garbage, highWaterMarkUsd: garbage, health: fc.constantFrom<NavState['health']>('ok', 'unavailable', 'anomaly'), valueAt: fc.integer({ min: 0, max: NOW }) }).map(aNav),
);
const unknown = { kind: 'unavailable', cause: 'timeout' } as const;

const world: fc.Arbitrary<Partial<Snapshot>> = fc.record({
  nav: navs,
  positions: fc.constantFrom(null, aPositionsState({ health: 'unavailable' }), aPositionsState({ ledgerAgrees: false })),
  instrument: fc.constantFrom(null, aSnapshot().instrument),
  positionMode: fc.constantFrom<Snapshot['positionMode']>(null, 'hedge', 'oneWay'),
  quote: fc.constant(unknown),
  mark: fc.constant(unknown),
  bookImbalance: fc.constant(unknown),
  duplicateIntent: fc.boolean(),
  control: fc.constantFrom(null, { state: 'REDUCING', actor: 'ops', reason: 'test', changedAt: NOW, expiresAt: null } as const),
});

describe('an order that provably shrinks exposure', () => {
  it('passes any config, NAV, market and universe while trading is not halted and orders are allowed', () => {
    fc.assert(
      fc.property(config, riskState, world, symbol, positionSide, fc.constantFrom('reduce', 'close'), fc.boolean(), (anyConfig, risk, snapshot, of, side, purpose, inUniverse) => {
        const universe = inUniverse ? UNIVERSE : { symbols: [] };
        const full = aSnapshot({ risk });
        const { closableQty } = readExposure(full.risk, { intentId: 'mine', symbol: of, positionSide: side }, limitsOf({ ...anyConfig, universe }));
        fc.pre(closableQty.gt('0'));
        const order = anOrder({ symbol: of, positionSide: side, purpose, side: sideOf(side, purpose), qty: text(closableQty), leverage: Number.NaN, signalAt: 0 });
        expect(verdictOf({ config: { ...anyConfig, universe }, risk, order, snapshot }).vetoes).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('is refused as soon as it is larger than what is left to close', () => {
    fc.assert(
      fc.property(riskState, symbol, positionSide, (risk, of, side) => {
        const full = aSnapshot({ risk });
        const { closableQty } = readExposure(full.risk, { intentId: 'mine', symbol: of, positionSide: side }, full.limits);
        const order = anOrder({ symbol: of, positionSide: side, purpose: 'close', side: sideOf(side, 'close'), qty: text(closableQty.plus('0.001')) });
        expect(verdictOf({ risk, order }).vetoes.map(({ code }) => code)).toEqual(['exceeds_position']);
      }),
      { numRuns: 300 },
    );
  });
});
