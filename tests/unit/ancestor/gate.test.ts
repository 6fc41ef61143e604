import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { VetoCode } from '../../../functions/src/domain/risk/veto-code.ts';
import { codesOf } from '../domain/risk/scenario.ts';
import { alike, drawn } from './configured-alike.ts';
import { checkOrder } from './oracle-check-order.ts';

/** The ancestor's names in ours; its two reasons of the gross cap are one. */
const OUR_NAME: Readonly<Record<string, VetoCode>> = {
  nav_stale: 'nav_stale',
  nav_drawdown_limit: 'nav_drawdown_limit',
  day_loss_limit: 'day_loss_limit',
  below_min_notional: 'below_min_notional',
  symbol_cap: 'symbol_order_cap',
  side_blocked: 'side_blocked',
  leverage_exceeded: 'leverage_exceeded',
  cooldown: 'cooldown',
  circuit_breaker: 'circuit_breaker',
  burst_limit: 'burst_limit',
  trade_gt_equity_cap: 'trade_gt_equity_cap',
  trade_gt_max_trade_nav_pct: 'trade_gt_max_trade_nav_pct',
  max_gross_nav_pct: 'gross_exposure_cap',
  portfolio_cap: 'gross_exposure_cap',
  max_concurrent: 'max_concurrent',
  tier_cap: 'tier_cap',
};
const SHARED = new Set<string>(Object.values(OUR_NAME));

const inOurNames = (reasons: readonly string[]): string[] => [...new Set(reasons.map((reason) => OUR_NAME[reason] ?? `unmapped ${reason}`))].toSorted();

describe('the gate gives the ancestor’s reasons', () => {
  it('for its fifteen checks where their rule stands: percent above 1, marks at entry, nothing reserved, own side not held, one mark for both losses, ages off their limit', () => {
    const timesRefused = new Map<string, number>();
    let passed = 0;
    fc.assert(
      fc.property(drawn, (draw) => {
        const { ours, theirs } = alike(draw);
        const expected = inOurNames(checkOrder(theirs.order, theirs.state, theirs.limits));
        for (const code of expected) timesRefused.set(code, (timesRefused.get(code) ?? 0) + 1);
        if (expected.length === 0) passed += 1;
        expect(codesOf(ours).filter((code) => SHARED.has(code)).toSorted()).toEqual(expected);
      }),
      { numRuns: 3000, seed: 20_260_115 },
    );
    expect([...SHARED].filter((code) => (timesRefused.get(code) ?? 0) < 100)).toEqual([]);
    expect(passed).toBeGreaterThan(100);
  });
});

/** Nothing refuses this one; each case below changes a single figure. */
const CALM = {
  limits: {
    minNotional: 100, ownMinNotional: 50, tradeEquityPct: 15, tradeNavPct: 10, grossPct: 30, tierPct: 25, concurrent: 3, leverage: 4, ownLeverage: null,
    orderNotional: null, blocked: [], cooldown: 60, maxErrors: 2, maxOrders: 2, drawdownPct: 10, dayLossPct: 10, freshness: 90,
  },
  order: { symbol: 'BTCUSDT', positionSide: 'long', leverage: 4, freeUsd: 500 },
  account: { peakHundreds: 100, fallPct: 0, navAge: 10, fillAge: null, errorAges: [], attemptAges: [], held: [] },
  nearTo: 'free',
  cents: 0,
} as const;

type Draw = Parameters<typeof alike>[0];
const calm = (changes: { limits?: Partial<Draw['limits']>; order?: Partial<Draw['order']>; account?: Partial<Draw['account']>; nearTo?: Draw['nearTo']; cents?: number } = {}): Draw => ({
  limits: { ...CALM.limits, blocked: [], ...changes.limits },
  order: { ...CALM.order, ...changes.order },
  account: { ...CALM.account, errorAges: [], attemptAges: [], held: [], ...changes.account },
  nearTo: changes.nearTo ?? CALM.nearTo,
  cents: changes.cents ?? 0,
});
const held = [{ symbol: 'ETHUSDT', positionSide: 'long', usd: 2300 }] as const;
const three = (['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] as const).map((symbol) => ({ symbol, positionSide: 'short', usd: 1 }) as const);

describe('the gate has the ancestor’s boundaries', () => {
  it.each<[string, Draw, string[]]>([
    ['an order of the floor passes', calm({ nearTo: 'floor' }), []],
    ['a cent below the floor does not', calm({ nearTo: 'floor', cents: -1 }), ['below_min_notional']],
    ['a symbol’s largest order passes', calm({ limits: { orderNotional: 400 }, nearTo: 'order' }), []],
    ['a cent above it does not', calm({ limits: { orderNotional: 400 }, nearTo: 'order', cents: 1 }), ['symbol_order_cap']],
    ['the cap on a trade passes', calm({ nearTo: 'trade' }), []],
    ['a cent above it does not', calm({ nearTo: 'trade', cents: 1 }), ['trade_gt_max_trade_nav_pct']],
    ['the cap by equity passes', calm({ limits: { tradeNavPct: 20 }, nearTo: 'equity' }), []],
    ['a cent above it does not', calm({ limits: { tradeNavPct: 20 }, nearTo: 'equity', cents: 1 }), ['trade_gt_equity_cap']],
    ['the tier’s cap passes', calm({ account: { held: [...held] }, nearTo: 'tier' }), []],
    ['a cent above it does not', calm({ account: { held: [...held] }, nearTo: 'tier', cents: 1 }), ['tier_cap']],
    ['the gross cap passes', calm({ limits: { tierPct: 60 }, account: { held: [...held] }, nearTo: 'gross' }), []],
    ['a cent above it does not', calm({ limits: { tierPct: 60 }, account: { held: [...held] }, nearTo: 'gross', cents: 1 }), ['gross_exposure_cap']],
    ['leverage of the limit passes, more does not', calm({ order: { leverage: 5 } }), ['leverage_exceeded']],
    ['a fall below both limits passes', calm({ account: { fallPct: 9 } }), []],
    ['a fall of both limits refuses', calm({ account: { fallPct: 10 } }), ['day_loss_limit', 'nav_drawdown_limit']],
    ['as many errors as the limit refuse', calm({ account: { errorAges: [1, 59] } }), ['circuit_breaker']],
    ['errors older than the window do not count', calm({ account: { errorAges: [1, 61] } }), []],
    ['as many orders as the limit refuse', calm({ account: { attemptAges: [1, 59] } }), ['burst_limit']],
    ['as many positions as the limit refuse', calm({ account: { held: three } }), ['max_concurrent']],
    ['a cooldown that has just ended passes', calm({ account: { fillAge: 60 } }), []],
    ['a cooldown with a second to go refuses', calm({ account: { fillAge: 59 } }), ['cooldown']],
    ['a NAV younger than the limit is fresh', calm({ account: { navAge: 89 } }), []],
    ['a NAV older than the limit is stale', calm({ account: { navAge: 91 } }), ['nav_stale']],
  ])('%s', (_title, draw, wanted) => {
    const { ours, theirs } = alike(draw);
    expect(inOurNames(checkOrder(theirs.order, theirs.state, theirs.limits))).toEqual(wanted);
    expect(codesOf(ours).filter((code) => SHARED.has(code)).toSorted()).toEqual(wanted);
  });
});
