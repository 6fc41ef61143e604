import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimal, text } from '../../../functions/src/domain/money/decimal.ts';
import { quantizePriceProtective } from '../../../functions/src/domain/money/quantize.ts';
import { notional, price, qty } from '../../../functions/src/domain/money/units.ts';
import { finalOrder } from '../../../functions/src/domain/sizing/final-order.ts';
import { sizeOrder } from '../../../functions/src/domain/sizing/size-order.ts';
import type { Sizing } from '../../../functions/src/domain/sizing/size-order.ts';
import { anInstrument, aSnapshot, holding, RISK } from '../domain/risk/scenario.ts';
import { UNIVERSE } from './configured-alike.ts';
import { normalizePriceQty, rawGross, suggestGrossUsd } from './oracle-suggest-gross.ts';
import type { SizerInput } from './oracle-suggest-gross.ts';

const RUNS = { numRuns: 1000, seed: 20_260_115 };
const EXACT = 1e-9;

/** A grid so fine that lots take nothing off, and no cap that the ancestor did not have. */
const FINE = anInstrument({ stepSize: decimal('0.000000000001'), tickSize: decimal('1'), minQty: qty('0'), maxQty: qty('1000000000'), minNotional: notional('0') });
const NO_LIMIT = 100_000_000;

const atOne = (usd: number) => ({ qty: usd.toFixed(2), markPrice: '1' });

/** The same caps for our sizer. What is used sits on other pairs of the tier, of the symbol, and of the other tier. */
function ourSize(input: SizerInput): Sizing {
  const snapshot = aSnapshot({
    config: {
      universe: UNIVERSE,
      risk: {
        minNotionalUsd: input.min_notional, maxTradeEquityPct: input.trade_equity_pct, maxTradeNavPct: input.max_trade_pct, maxGrossExposurePct: input.portfolio_pct,
        maxSymbolExposurePct: input.max_symbol_pct, tiers: { CORE: { maxExposurePct: input.bucket_cap_pct }, SATELLITE: { maxExposurePct: 2000 } },
        perSymbol: { ...RISK.perSymbol, BTCUSDT: { maxOrderNotionalUsd: input.max_order_notional, maxExposurePct: null, maxLeverage: null, minNotionalUsd: null, blockedSides: [] } },
      },
    },
    nav: { navUsd: String(input.nav), availableMarginUsd: '1000000000000' },
    risk: holding([
      { symbol: 'BTCUSDT', positionSide: 'short', ...atOne(input.symbol_used) },
      { symbol: 'ETHUSDT', ...atOne(input.bucket_used - input.symbol_used) },
      { symbol: 'SOLUSDT', tier: 'SATELLITE', ...atOne(input.portfolio_used - input.bucket_used) },
    ]),
    snapshot: { instrument: FINE },
  });
  return sizeOrder(snapshot, {
    intentId: 'mine', symbol: 'BTCUSDT', positionSide: 'long', referencePrice: price(String(input.price)), floorPrice: price(String(input.price)),
    leverage: input.leverage_cap, atr: input.atr, strength: input.strength, multipliers: [],
    strategy: { name: 'any', volTargetBps: input.vol_target_bps, minNotionalUsd: 0, maxNotionalUsd: NO_LIMIT },
  });
}

const whole = (min: number, max: number) => fc.integer({ min, max });

/** Four hundreds of NAV, an ATR that divides the price and quarters of strength: the suggestion is whole cents. */
const input: fc.Arbitrary<SizerInput> = fc
  .record({
    navSteps: whole(1, 250), quarters: whole(1, 8), atr: whole(1, 50), atrsPerPrice: whole(5, 500), vol: whole(1, 60), floor: whole(0, 200),
    bucket: whole(1, 60), symbol: whole(1, 60), equity: whole(1, 30), trade: whole(1, 30), portfolio: whole(1, 120), order: whole(10, 20_000), leverage: fc.constantFrom(0.1, 1, 4),
    usedSymbol: whole(0, 20), usedBucket: whole(0, 20), usedOther: whole(0, 20),
  })
  .map(({ navSteps, ...draw }) => {
    const nav = navSteps * 400;
    const symbolUsed = (nav * draw.usedSymbol) / 100;
    const bucketUsed = symbolUsed + (nav * draw.usedBucket) / 100;
    return {
      nav, strength: draw.quarters / 4, atr: draw.atr, price: draw.atr * draw.atrsPerPrice, vol_target_bps: draw.vol, min_notional: draw.floor,
      bucket_cap_pct: draw.bucket, bucket_used: bucketUsed, max_symbol_pct: draw.symbol, symbol_used: symbolUsed, trade_equity_pct: draw.equity,
      max_trade_pct: draw.trade, portfolio_pct: draw.portfolio, portfolio_used: bucketUsed + (nav * draw.usedOther) / 100,
      max_order_notional: draw.order, leverage_cap: draw.leverage,
    };
  });

/** What is left after the last cap, before lots. */
const cappedUsd = ({ record }: Sizing): number => Number(record.clamps.findLast(({ name }) => name !== 'lot_rounding')?.afterUsd ?? record.suggestedUsd);

const WORKED: SizerInput = {
  nav: 4400, strength: 1, atr: 600, price: 60_000, vol_target_bps: 25, min_notional: 5, bucket_cap_pct: 100, bucket_used: 0, max_symbol_pct: 100, symbol_used: 0,
  trade_equity_pct: 15, max_trade_pct: 100, portfolio_pct: 150, portfolio_used: 0, max_order_notional: 80_000, leverage_cap: 4,
};

describe('sizes equal the ancestor’s', () => {
  it('in its worked example: 1,100 by volatility, 660 by the equity cap', () => {
    expect([rawGross(WORKED), suggestGrossUsd(WORKED)]).toEqual([1100, 660]);
    expect(ourSize(WORKED).record).toMatchObject({ suggestedUsd: '1100', finalUsd: '660', clamps: [{ name: 'trade_gt_equity_cap' }] });
  });

  it('in its recorded case of a bucket that binds: 833.33 by volatility, 200 by the bucket', () => {
    const recorded: SizerInput = {
      ...WORKED, nav: 10_000, strength: 0.5, atr: 900, bucket_cap_pct: 30, bucket_used: 2800, max_symbol_pct: 40, symbol_used: 1000, max_trade_pct: 20, portfolio_used: 2800,
    };
    expect([rawGross(recorded).toFixed(2), suggestGrossUsd(recorded)]).toEqual(['833.33', 200]);
    expect([ourSize(recorded).record.suggestedUsd, cappedUsd(ourSize(recorded))]).toEqual(['833.33', 200]);
  });

  it('after its chain of minima, and where that ends below the floor there is no order (its 75 of a floor of 100)', () => {
    let sized = 0;
    const binding = new Set<string>();
    fc.assert(
      fc.property(input, (drawn) => {
        const ours = ourSize(drawn);
        const theirs = suggestGrossUsd(drawn);
        expect(Math.abs(Number(ours.record.suggestedUsd) - rawGross(drawn))).toBeLessThan(EXACT * Math.max(1, rawGross(drawn)));
        expect(Math.abs(cappedUsd(ours) - theirs)).toBeLessThan(EXACT * Math.max(1, theirs));
        const isOnFloor = Math.abs(theirs - drawn.min_notional) <= EXACT;
        if (ours.kind === 'sized') sized += 1;
        expect(isOnFloor || (ours.kind === 'sized') === theirs > drawn.min_notional).toBe(true);
        expect(ours.kind === 'sized' || (ours.record.finalUsd === '0' && ours.record.reason === ours.record.clamps.at(-1)?.name)).toBe(true);
        binding.add(ours.record.clamps.findLast(({ name }) => name !== 'lot_rounding')?.name ?? 'volatility');
      }),
      RUNS,
    );
    expect(sized).toBeGreaterThan(200);
    expect([...binding]).toEqual(expect.arrayContaining(['volatility', 'floor', 'tier_cap', 'symbol_exposure_cap', 'trade_gt_equity_cap', 'trade_gt_max_trade_nav_pct', 'gross_exposure_cap', 'symbol_order_cap']));
  });

  it('by volatility and any strength above zero, rounded down to whole cents', () => {
    fc.assert(
      fc.property(input, fc.double({ min: 0.001, max: 3, noNaN: true }), fc.double({ min: 0.01, max: 2000, noNaN: true }), (drawn, strength, atr) => {
        const theirs = rawGross({ ...drawn, strength, atr });
        const lost = theirs - Number(ourSize({ ...drawn, strength, atr }).record.suggestedUsd);
        expect(lost).toBeGreaterThan(-EXACT * theirs);
        expect(lost).toBeLessThan(0.01 + EXACT * theirs);
      }),
      RUNS,
    );
  });
});

const places = whole(0, 3);
const tenthOf = (exponent: number): string => (10 ** -exponent).toFixed(exponent);

describe('roundings equal the ancestor’s', () => {
  it.each([
    ['60001.57', '0.1', '0.001', '500', '60001.5', '0.008', '480.012'],
    ['3.14159', '0.001', '1', '20', '3.141', '6', '18.846'],
  ])('in its recorded case of a price of %s', (raw, tick, step, gross, wantedPrice, wantedQty, wantedUsd) => {
    const at = quantizePriceProtective(decimal(raw), decimal(tick), 'buy');
    const order = finalOrder(notional(gross), at, anInstrument({ tickSize: decimal(tick), stepSize: decimal(step) }));
    expect([order.price, order.qty, order.notionalUsd].map(text)).toEqual([wantedPrice, wantedQty, wantedUsd]);
  });

  it.each([
    ['any price', 'buy', 1],
    ['a price on the tick', 'sell', 10],
  ] as const)('floor the price to the tick and the quantity to the step: %s of a %s above the venue’s smallest quantity', (_title, side, tenths) => {
    fc.assert(
      fc.property(whole(1, 1_000_000), whole(10, 1_000_000), places, places, (grossCents, rawTicks, tickPlaces, stepPlaces) => {
        const priceTenthTicks = rawTicks * tenths;
        const theirs = normalizePriceQty(grossCents, priceTenthTicks, 10 ** tickPlaces, 10 ** stepPlaces);
        const raw = decimal((priceTenthTicks / 10 ** (tickPlaces + 1)).toFixed(tickPlaces + 1));
        const at = quantizePriceProtective(raw, decimal(tenthOf(tickPlaces)), side);
        const order = finalOrder(notional((grossCents / 100).toFixed(2)), at, anInstrument({ stepSize: decimal(tenthOf(stepPlaces)) }));
        expect(text(order.price)).toBe(text(decimal((theirs.ticks / 10 ** tickPlaces).toFixed(tickPlaces))));
        expect(text(order.qty)).toBe(text(decimal((theirs.steps / 10 ** stepPlaces).toFixed(stepPlaces))));
      }),
      RUNS,
    );
  });
});
