import { describe, expect, it } from 'vitest';
import { text } from '../../../../functions/src/domain/money/decimal.ts';
import { notional, price, qty } from '../../../../functions/src/domain/money/units.ts';
import { sizeOrder } from '../../../../functions/src/domain/sizing/size-order.ts';
import type { Sizing, SizingRequest } from '../../../../functions/src/domain/sizing/size-order.ts';
import { sizingRecord } from '../../../../functions/src/schema/records/verdict.ts';
import { anInstrument, aSnapshot, holding } from '../risk/scenario.ts';
import type { Scenario } from '../risk/scenario.ts';

/** 25 bps of 10,000 dollars over an ATR of 5 % suggests 500 dollars at full strength. */
function aRequest(changes: Partial<SizingRequest> = {}): SizingRequest {
  return {
    intentId: 'mine',
    symbol: 'BTCUSDT',
    positionSide: 'long',
    referencePrice: price('100'),
    floorPrice: changes.referencePrice ?? price('100'),
    leverage: 3,
    atr: 5,
    strength: 1,
    multipliers: [],
    strategy: { name: 'zscore-5m', volTargetBps: 25, minNotionalUsd: 10, maxNotionalUsd: 100_000 },
    ...changes,
  };
}

function size(scenario: Scenario = {}, changes: Partial<SizingRequest> = {}): Sizing {
  const sizing = sizeOrder(aSnapshot(scenario), aRequest(changes));
  expect(() => sizingRecord.parse(sizing.record)).not.toThrow();
  return sizing;
}

describe('sizeOrder', () => {
  it('lets one ATR cost the volatility target', () => {
    expect(size().record).toEqual({ outcome: 'pass', reason: null, suggestedUsd: '500', multipliers: [], finalUsd: '500', clamps: [] });
  });

  it('gives quantity and price on the grid of the venue', () => {
    const sizing = size({}, { referencePrice: price('100.07') });
    expect(sizing.kind === 'sized' && [text(sizing.order.qty), text(sizing.order.price)]).toEqual(['5', '100']);
  });

  it.each([
    ['half the strength is half the size', 0.5, '250'],
    ['a weak signal still gets a quarter', 0.01, '125'],
    ['a negative strength counts as weak', -3, '125'],
    ['a strong signal gets more', 1.5, '750'],
  ])('%s', (_title, strength, suggestedUsd) => {
    expect(size({}, { strength }).record.suggestedUsd).toBe(suggestedUsd);
  });

  it.each([
    ['NAV was never read', { snapshot: { nav: null } }, {}, 'nav_unavailable'],
    ['the last read of NAV failed', { nav: { health: 'unavailable' } }, {}, 'nav_unavailable'],
    ['NAV is zero', { nav: { navUsd: '0' } }, {}, 'nav_unavailable'],
    ['the venue does not list the symbol', { snapshot: { instrument: null } }, {}, 'not_listed'],
    ['there are too few candles for an ATR', {}, { atr: null }, 'volatility_unavailable'],
    ['the ATR is zero', {}, { atr: 0 }, 'volatility_unavailable'],
    ['the ATR is not a number', {}, { atr: Number.NaN }, 'volatility_unavailable'],
    ['the ATR is infinite', {}, { atr: Number.POSITIVE_INFINITY }, 'volatility_unavailable'],
    ['the strength is not a number', {}, { strength: Number.NaN }, 'volatility_unavailable'],
    ['the leverage is not a number', {}, { leverage: Number.NaN }, 'invalid_leverage'],
    ['the price is below one tick', {}, { referencePrice: price('0.01') }, 'invalid_price'],
    ['the risk record cannot be read', { risk: holding([{ qty: '-1' }]) }, {}, 'positions_unavailable'],
  ] as const)('abstains when %s', (_title, scenario, request, reason) => {
    expect(size(scenario, request)).toMatchObject({ kind: 'abstained', record: { outcome: 'abstain', reason, finalUsd: '0' } });
  });

  it('raises to a floor that still holds at the floor price, and records it at the price of the order', () => {
    const sizing = size({}, { referencePrice: price('110'), floorPrice: price('90'), atr: 5000, strategy: { name: 'zscore-5m', volTargetBps: 25, minNotionalUsd: 100, maxNotionalUsd: 1000 } });
    expect(sizing.kind === 'sized' && text(sizing.order.qty)).toBe('1.112');
    expect(sizing.record).toMatchObject({ outcome: 'upsize', finalUsd: '122.32', clamps: [{ name: 'floor', afterUsd: '122.32' }] });
  });

  it('applies every cap that binds as a successive minimum and records each', () => {
    const { record } = size(
      { risk: holding([{ symbol: 'ETHUSDT', qty: '5' }]), config: { risk: { maxTradeNavPct: 8, maxTradeEquityPct: 9, tiers: { CORE: { maxExposurePct: 15 }, SATELLITE: { maxExposurePct: 15 } } } } },
      { atr: 1, strategy: { name: 'zscore-5m', volTargetBps: 25, minNotionalUsd: 10, maxNotionalUsd: 700 } },
    );
    expect(record).toEqual({
      outcome: 'pass',
      reason: null,
      suggestedUsd: '2500',
      multipliers: [],
      finalUsd: '700',
      clamps: [
        { name: 'tier_cap', beforeUsd: '2500', afterUsd: '1000', configPath: 'risk.json:tiers.CORE.maxExposurePct' },
        { name: 'trade_gt_equity_cap', beforeUsd: '1000', afterUsd: '900', configPath: 'risk.json:maxTradeEquityPct' },
        { name: 'trade_gt_max_trade_nav_pct', beforeUsd: '900', afterUsd: '800', configPath: 'risk.json:maxTradeNavPct' },
        { name: 'strategy_max_notional', beforeUsd: '800', afterUsd: '700', configPath: 'strategies.json:strategies.zscore-5m.sizing.maxNotionalUsd' },
      ],
    });
  });

  it.each<[string, Scenario, Partial<SizingRequest>, string]>([
    ['symbol_exposure_cap', { risk: holding([{ positionSide: 'short', qty: '36' }]), config: { risk: { tiers: { CORE: { maxExposurePct: 90 }, SATELLITE: { maxExposurePct: 15 } } } } }, {}, '400'],
    ['gross_exposure_cap', { risk: holding([{ symbol: 'SOLUSDT', qty: '147' }]) }, {}, '300'],
    ['symbol_order_cap', { config: { risk: { perSymbol: { BTCUSDT: { maxOrderNotionalUsd: 450, maxExposurePct: null, maxLeverage: null, minNotionalUsd: null, blockedSides: [] } } } } }, {}, '450'],
    ['insufficient_margin', { nav: { availableMarginUsd: '1100' } }, {}, '300'],
    ['leverage_exceeded', { config: { risk: { maxTradeNavPct: 1000, maxTradeEquityPct: 1000, maxGrossExposurePct: 5000, maxSymbolExposurePct: 5000, tiers: { CORE: { maxExposurePct: 1000 }, SATELLITE: { maxExposurePct: 15 } } } }, nav: { availableMarginUsd: '90000' } }, { atr: 0.01, leverage: 2 }, '20000'],
    ['venue_max_qty', { snapshot: { instrument: anInstrument({ maxQty: qty('2') }) } }, {}, '200'],
  ])('is clamped by %s', (name, scenario, request, finalUsd) => {
    const { record } = size(scenario, request);
    expect(record.clamps.at(-1)).toMatchObject({ name, afterUsd: finalUsd });
    expect(record.finalUsd).toBe(finalUsd);
  });

  it('counts reservations of other intents and not its own', () => {
    const finalUsd = ['other', 'mine'].map((intentId) => size({ risk: holding([], [{ intentId, qty: '28' }]) }).record.finalUsd);
    expect(finalUsd).toEqual(['200', '500']);
  });

  it('raises a small suggestion to the floor and says so', () => {
    const { record } = size({}, { strength: 0.25, strategy: { name: 'zscore-5m', volTargetBps: 1, minNotionalUsd: 10, maxNotionalUsd: 1000 } });
    expect(record).toEqual({
      outcome: 'upsize',
      reason: 'floor',
      suggestedUsd: '5',
      multipliers: [],
      finalUsd: '10',
      clamps: [{ name: 'floor', beforeUsd: '5', afterUsd: '10', configPath: 'strategies.json:strategies.zscore-5m.sizing.minNotionalUsd' }],
    });
  });

  it('raises to the smallest order on the grid, not to a floor between two steps', () => {
    const { record } = size({ snapshot: { instrument: anInstrument({ stepSize: anInstrument().minQty, minQty: qty('0.6') }) } }, { atr: 500 });
    expect([record.outcome, record.finalUsd, record.clamps[0]?.configPath]).toEqual(['upsize', '60', 'markets:BTCUSDT.minQty']);
  });

  it('abstains when a cap does not hold the floor, and names the cap', () => {
    const { record } = size({ risk: holding([{ symbol: 'ETHUSDT', qty: '29.95' }]) });
    expect(record).toMatchObject({ outcome: 'abstain', reason: 'tier_cap', suggestedUsd: '500', finalUsd: '0' });
    expect(record.clamps).toEqual([{ name: 'tier_cap', beforeUsd: '500', afterUsd: '5', configPath: 'risk.json:tiers.CORE.maxExposurePct' }]);
  });

  it('never upsizes through a cap', () => {
    const { record } = size({ nav: { navUsd: '500', availableMarginUsd: '500' }, snapshot: { instrument: anInstrument({ minNotional: notional('100') }) } });
    expect(record).toMatchObject({ outcome: 'abstain', reason: 'trade_gt_max_trade_nav_pct' });
  });

  it('has no room at all where exposure is past its cap', () => {
    const { record } = size({ risk: holding([{ symbol: 'ETHUSDT', qty: '99' }]) });
    expect(record.clamps).toEqual([{ name: 'tier_cap', beforeUsd: '500', afterUsd: '0', configPath: 'risk.json:tiers.CORE.maxExposurePct' }]);
  });

  it('records what rounding to the lot takes off', () => {
    const { record } = size({}, { referencePrice: price('60000'), atr: 3000 });
    expect(record).toMatchObject({ outcome: 'pass', finalUsd: '480', clamps: [{ name: 'lot_rounding', beforeUsd: '500', afterUsd: '480', configPath: 'markets:BTCUSDT.stepSize' }] });
  });

  it('sizes a short at the price it would be sold at, so that rounding up the price does not add notional', () => {
    const sizing = size({}, { positionSide: 'short', referencePrice: price('99.95'), atr: 4.9975 });
    expect(sizing.kind === 'sized' && [text(sizing.order.price), sizing.order.notionalUsd.lte('500.26')]).toEqual(['100', true]);
  });

  it('agrees with the golden case of a bucket that binds', () => {
    // 25 bps of 10,000 over 1.5 % ATR at half strength is 833.33; the tier has 200 left.
    const { record } = size(
      { risk: holding([{ qty: '10' }, { symbol: 'ETHUSDT', qty: '18' }]), config: { risk: { maxTradeNavPct: 20 } } },
      { referencePrice: price('60000'), atr: 900, strength: 0.5 },
    );
    expect(record.suggestedUsd).toBe('833.33');
    expect(record.clamps[0]).toMatchObject({ name: 'tier_cap', afterUsd: '200' });
  });
});

const factor = (name: string, value: number) => ({ name, factor: value, samples: 250, source: `state/${name}`, configPath: `intel.json:${name}` });

describe('learned factors of a size', () => {
  it('change the suggestion one after the other, before any cap, and say so', () => {
    const { record } = size({}, { multipliers: [factor('symbol_score', 0.8), factor('risk_allocation', 0.85)] });
    expect(record).toMatchObject({ outcome: 'pass', suggestedUsd: '500', finalUsd: '340', clamps: [] });
    expect(record.multipliers).toEqual([
      { ...factor('symbol_score', 0.8), beforeUsd: '500', afterUsd: '400' },
      { ...factor('risk_allocation', 0.85), beforeUsd: '400', afterUsd: '340' },
    ]);
  });

  it('never lift a size above a cap', () => {
    const grown = size({ config: { risk: { maxTradeNavPct: 6 } } }, { multipliers: [factor('symbol_score', 1.5)] });
    expect(grown.record).toMatchObject({ suggestedUsd: '500', finalUsd: '600', clamps: [{ name: 'trade_gt_max_trade_nav_pct', beforeUsd: '750', afterUsd: '600' }] });
  });

  it('never take a size below the smallest order', () => {
    const shrunk = size({}, { multipliers: [factor('symbol_score', 0.5)], strategy: { name: 'zscore-5m', volTargetBps: 25, minNotionalUsd: 400, maxNotionalUsd: 1000 } });
    expect(shrunk.record).toMatchObject({ outcome: 'upsize', suggestedUsd: '500', finalUsd: '400', clamps: [{ name: 'floor', beforeUsd: '250', afterUsd: '400' }] });
  });

  it('leave whole cents, rounded down', () => {
    expect(size({}, { multipliers: [factor('symbol_score', 0.999_99)] }).record.multipliers[0]?.afterUsd).toBe('499.99');
  });
});
