import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProposedOrder } from '../../../functions/src/domain/risk/proposed-order.ts';
import type { NavState } from '../../../functions/src/schema/records/nav-state.ts';
import { aNav, codesOf, holding, NOW, verdictOf } from '../../unit/domain/risk/scenario.ts';
import { config, entry, riskState } from './arbitraries.ts';

const notPositive = fc.oneof(
  fc.constantFrom('NaN', 'Infinity', '-Infinity', '', ' ', '0', '0.000', '-0', '1e3', '0x10', '1,5', 'null', '+1', '.5', '5.'),
  fc.integer({ max: 0 }).map(String),
  fc.string().filter((text) => !/^\d+(\.\d+)?$/.test(text)),
);

const unusableNav: fc.Arbitrary<NavState | null> = fc.oneof(
  fc.constant(null),
  fc.constant(aNav({ health: 'unavailable' })),
  fc.constant(aNav({ health: 'anomaly' })),
  fc.integer({ min: 3_600_001, max: NOW }).map((age) => aNav({ valueAt: NOW - age })),
  fc.constant(aNav({ valueAt: Number.NaN })),
  notPositive.map((navUsd) => aNav({ navUsd })),
  notPositive.map((highWaterMarkUsd) => aNav({ highWaterMarkUsd })),
  notPositive.map((dayOpenNavUsd) => aNav({ dayOpenNavUsd })),
);

describe('what is not known', () => {
  it('never lets an entry pass on a missing, old, anomalous or impossible NAV, under any config', () => {
    fc.assert(
      fc.property(config, entry, riskState, unusableNav, (anyConfig, order, risk, nav) => {
        const codes = codesOf({ config: anyConfig, order, risk, snapshot: { nav } });
        expect(codes.some((code) => ['invalid_input', 'nav_unavailable', 'nav_stale', 'nav_anomaly'].includes(code))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('never lets an order pass on a quantity or price that is not a positive number, entry or exit', () => {
    fc.assert(
      fc.property(notPositive, fc.constantFrom<'qty' | 'price'>('qty', 'price'), fc.boolean(), (value, field, isExit) => {
        const order: Partial<ProposedOrder> = { ...(isExit ? { purpose: 'close', side: 'sell', qty: '1' } : {}), [field]: value };
        const verdict = verdictOf({ order, risk: holding([{}]) });
        expect(verdict).toMatchObject({ approved: false, vetoes: [{ code: 'invalid_input', observed: value, configPath: `order:${field}` }] });
      }),
      { numRuns: 400 },
    );
  });

  it('never lets an entry pass on leverage that is not a positive number', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double({ max: 0 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)), (leverage) => {
        expect(codesOf({ order: { leverage } })).toContain('invalid_input');
      }),
      { numRuns: 200 },
    );
  });

  it('never throws, whatever text stands in the records', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (first, second, third) => {
        const risk = holding([{ qty: first, markPrice: second }], [{ qty: third }]);
        expect(() => verdictOf({ nav: { navUsd: first, availableMarginUsd: second }, risk, order: { price: third } })).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });
});
