/** The configuration as shipped, in accounts from 200 to 100,000 dollars: the limits are read from its files as numbers. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileLimits } from '../../../functions/src/domain/risk/compile-limits.ts';
import { decimal, toStatistic } from '../../../functions/src/domain/money/decimal.ts';
import { asPrice, notional, qty } from '../../../functions/src/domain/money/units.ts';
import type { Instrument } from '../../../functions/src/domain/market/instrument.ts';
import type { FinalOrder } from '../../../functions/src/domain/sizing/final-order.ts';
import { sizeOrder } from '../../../functions/src/domain/sizing/size-order.ts';
import type { PositionSide } from '../../../functions/src/schema/scalars.ts';
import { parsed, shippedFiles } from '../config/config-files.ts';
import { anInstrument, aSnapshot, holding } from '../domain/risk/scenario.ts';

const SHIPPED = parsed(shippedFiles);
const LIMITS = compileLimits(SHIPPED);
const COLLAR = SHIPPED.risk.priceCollarBps / 10_000;

const MARKETS: Readonly<Record<string, { readonly mid: number; readonly instrument: Instrument }>> = {
  BTCUSDT: { mid: 60_000, instrument: venue('BTCUSDT', '0.1', '0.001', '100') },
  ETHUSDT: { mid: 3000, instrument: venue('ETHUSDT', '0.01', '0.001', '20') },
  SOLUSDT: { mid: 150, instrument: venue('SOLUSDT', '0.01', '0.01', '5') },
};

function venue(symbol: string, tick: string, step: string, smallest: string): Instrument {
  return anInstrument({ symbol, tickSize: decimal(tick), stepSize: decimal(step), minQty: qty(step), minNotional: notional(smallest) });
}

const side = fc.constantFrom<PositionSide>('long', 'short');
const scenario = fc.record({
  navUsd: fc.oneof(fc.integer({ min: 200, max: 3000 }), fc.integer({ min: 200, max: 100_000 })),
  symbol: fc.constantFrom(...SHIPPED.universe.symbols.map((entry) => entry.symbol)),
  positionSide: side,
  strategy: fc.constantFrom(...SHIPPED.strategies.strategies),
  /** ATR of one candle, in hundredths of a percent of the price. */
  atrBps: fc.integer({ min: 1, max: 300 }),
  strength: fc.integer({ min: 0, max: 12 }).map((quarters) => quarters / 4),
  /** What other pairs hold, in percent of NAV. */
  held: fc.array(fc.record({ symbol: fc.constantFrom(...Object.keys(MARKETS)), positionSide: side, pct: fc.integer({ min: 1, max: 40 }) }), { maxLength: 2 }),
  freeMarginPct: fc.constantFrom(12, 60, 100),
});
type Case = typeof scenario extends fc.Arbitrary<infer Value> ? Value : never;

function marketOf(symbol: string): { readonly mid: number; readonly instrument: Instrument } {
  const market = MARKETS[symbol];
  if (market === undefined) throw new Error(`the shipped universe has ${symbol}, and this test has no market for it`);
  return market;
}

const tierOf = (symbol: string): string => SHIPPED.universe.symbols.find((entry) => entry.symbol === symbol)?.tier ?? '';
const leverageAtVenue = (symbol: string): number => SHIPPED.universe.symbols.find((entry) => entry.symbol === symbol)?.targetLeverage ?? 1;

/** Every cap on one order, in dollars and by name. */
function capsOf({ navUsd, symbol, strategy, held, freeMarginPct }: Case): Record<string, number> {
  const { risk } = SHIPPED;
  const own = risk.perSymbol[symbol];
  const share = (pct: number): number => (navUsd * pct) / 100;
  const used = (counts: (heldSymbol: string) => boolean): number => held.filter((line) => counts(line.symbol)).reduce((sum, { pct }) => sum + share(pct), 0);
  return {
    trade_gt_equity_cap: share(risk.maxTradeEquityPct),
    trade_gt_max_trade_nav_pct: share(risk.maxTradeNavPct),
    gross_exposure_cap: share(risk.maxGrossExposurePct) - used(() => true),
    tier_cap: share(risk.tiers[tierOf(symbol)]?.maxExposurePct ?? 0) - used((other) => tierOf(other) === tierOf(symbol)),
    symbol_exposure_cap: share(Math.min(risk.maxSymbolExposurePct, own?.maxExposurePct ?? Infinity)) - used((other) => other === symbol),
    symbol_order_cap: own?.maxOrderNotionalUsd ?? Infinity,
    strategy_max_notional: strategy.sizing.maxNotionalUsd,
    leverage_exceeded: navUsd * strategy.leverage,
    insufficient_margin: share(freeMarginPct - risk.minMarginHeadroomPct) * Math.min(strategy.leverage, leverageAtVenue(symbol)),
  };
}

/** The smallest order anybody asks for: config in general, config for the symbol, the strategy, the venue. */
function floorUsd({ symbol, strategy }: Case): number {
  const { instrument } = marketOf(symbol);
  const { risk } = SHIPPED;
  return Math.max(risk.minNotionalUsd, risk.perSymbol[symbol]?.minNotionalUsd ?? 0, strategy.sizing.minNotionalUsd, toStatistic(instrument.minNotional));
}

const priceOf = (value: number) => asPrice(decimal(value.toFixed(6)));

function sizeOf(drawn: Case) {
  const { navUsd, symbol, positionSide, strategy, atrBps, strength, held, freeMarginPct } = drawn;
  const { mid, instrument } = marketOf(symbol);
  const { volTargetBps, minNotionalUsd, maxNotionalUsd } = strategy.sizing;
  const lines = held.map((line) => ({ symbol: line.symbol, positionSide: line.positionSide, tier: tierOf(line.symbol), qty: ((navUsd * line.pct) / 100).toFixed(2), markPrice: '1' }));
  const snapshot = aSnapshot({ nav: { navUsd: String(navUsd), availableMarginUsd: ((navUsd * freeMarginPct) / 100).toFixed(2) }, snapshot: { limits: LIMITS, instrument } });
  return sizeOrder({ ...snapshot, risk: { ...snapshot.risk, exposures: Object.fromEntries(lines.map((line, index) => [String(index), exposureOf(line)])) } }, {
    intentId: 'mine', symbol, positionSide, referencePrice: priceOf(mid * (1 + COLLAR)), floorPrice: priceOf(mid * (1 - COLLAR)),
    leverage: strategy.leverage, atr: (mid * atrBps) / 10_000, strength, multipliers: [], strategy: { name: strategy.name, volTargetBps, minNotionalUsd, maxNotionalUsd },
  });
}

/** One line of `state/risk`; several of a pair stay several lines. */
function exposureOf(line: NonNullable<Parameters<typeof holding>[0][number]>) {
  const [exposure] = Object.values(holding([line]).exposures ?? {});
  if (exposure === undefined) throw new Error('holding makes one exposure of one line');
  return exposure;
}

/** Relative, for sums of floats on the test's side only. */
const NOISE = 1e-12;

/** The floor at the collar's lowest price and every cap at its highest: which of them the order misses. */
function faultsOf(drawn: Case, order: FinalOrder): string[] {
  const lowestUsd = toStatistic(order.qty) * marketOf(drawn.symbol).mid * (1 - COLLAR);
  const broken = Object.entries(capsOf(drawn)).filter(([, usd]) => toStatistic(order.notionalUsd) > usd * (1 + NOISE));
  return [...(lowestUsd < floorUsd(drawn) * (1 - NOISE) ? ['floor'] : []), ...broken.map(([name]) => name)];
}

describe('with the shipped configuration, in accounts from 200 to 100,000 dollars', () => {
  it('an order is worth the floor even at the collar’s lowest price and exceeds no cap at its highest; what fits no order is an abstention that names its cap', () => {
    const outcomes = { pass: 0, upsize: 0, abstain: 0 };
    fc.assert(
      fc.property(scenario, (drawn) => {
        const sizing = sizeOf(drawn);
        outcomes[sizing.record.outcome] += 1;
        expect(sizing.kind === 'sized' ? faultsOf(drawn, sizing.order) : []).toEqual([]);
        const { reason, finalUsd, clamps } = sizing.record;
        const namesItsCap = finalUsd === '0' && reason === clamps.at(-1)?.name && Object.hasOwn(capsOf(drawn), reason ?? '');
        expect(sizing.kind === 'sized' || namesItsCap).toBe(true);
      }),
      { numRuns: 2000, seed: 20_260_115 },
    );
    expect(Object.values(outcomes).every((count) => count > 100)).toBe(true);
  });

  it('there is an order whenever one lot above the floor still fits every cap', () => {
    let fits = 0;
    fc.assert(
      fc.property(scenario, (drawn) => {
        const { mid, instrument } = marketOf(drawn.symbol);
        const smallestQty = floorUsd(drawn) / (mid * (1 - COLLAR)) + toStatistic(instrument.stepSize);
        fc.pre(smallestQty * mid * (1 + COLLAR) < Math.min(...Object.values(capsOf(drawn))));
        fits += 1;
        expect(sizeOf(drawn).kind).toBe('sized');
      }),
      { numRuns: 300, seed: 20_260_115 },
    );
    expect(fits).toBe(300);
  });
});
