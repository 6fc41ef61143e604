/**
 * One draw of limits, account and order for both gates, in the region where the ancestor's rules stand: whole percents
 * above 1 (at 1 and below it read fractions), tighter leverage for a symbol only, marks at entry prices, nothing reserved,
 * no position yet on the order's own side, one mark for both loss limits, NAV and events never exactly as old as their limit.
 */
import * as fc from 'fast-check';
import { decimal } from '../../../functions/src/domain/money/decimal.ts';
import { qty, notional } from '../../../functions/src/domain/money/units.ts';
import { universeConfig } from '../../../functions/src/schema/config/universe-config.ts';
import type { PositionSide } from '../../../functions/src/schema/scalars.ts';
import { anInstrument, holding, NOW, RISK } from '../domain/risk/scenario.ts';
import type { Scenario } from '../domain/risk/scenario.ts';
import type { AncestorLimits, AncestorOrder, AncestorState } from './oracle-check-order.ts';

const TIERS = { BTCUSDT: 'CORE', ETHUSDT: 'CORE', SOLUSDT: 'SATELLITE' } as const;
type Symbol = keyof typeof TIERS;
const SYMBOLS: readonly Symbol[] = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];

/** Leverage of the universe out of the way; the ancestor had none. */
export const UNIVERSE = universeConfig.parse({
  symbols: SYMBOLS.map((symbol) => ({ symbol, tier: TIERS[symbol], enabled: true, targetLeverage: 125, maxLeverage: 125 })),
});
/** A venue without floors of its own: the ancestor met those after its gate. */
const INSTRUMENT = anInstrument({ minQty: qty('0'), minNotional: notional('0'), stepSize: decimal('0.0001') });
const PRICE = 100;

interface Held {
  readonly symbol: Symbol;
  readonly positionSide: PositionSide;
  readonly usd: number;
}

/** Quiet three times out of four, so that single reasons and passes are as common as stacks of them. */
const mostly = <Value>(quiet: Value, arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value> => fc.oneof({ weight: 3, arbitrary: fc.constant(quiet) }, { weight: 1, arbitrary });
const whole = (min: number, max: number) => fc.integer({ min, max });
const side = fc.constantFrom<PositionSide>('long', 'short');
/** Ages in seconds on both sides of their limit, the limit itself only where both have the same rule for it. */
const agesAround = (windowSeconds: number) => mostly([], fc.array(whole(0, 2 * windowSeconds).filter((age) => age !== windowSeconds), { maxLength: 6 }));
const WINDOW = 60;

export const drawn = fc.record({
  limits: fc.record({
    minNotional: whole(0, 200),
    ownMinNotional: whole(0, 200),
    tradeEquityPct: whole(2, 20),
    tradeNavPct: whole(2, 20),
    grossPct: whole(2, 80),
    tierPct: whole(2, 60),
    concurrent: whole(1, 7),
    leverage: whole(2, 6),
    ownLeverage: mostly<number | null>(null, whole(1, 2)),
    orderNotional: fc.option(whole(100, 2000)),
    blocked: mostly<PositionSide[]>([], fc.subarray(['long', 'short'], { maxLength: 1 })),
    cooldown: whole(0, 120),
    maxErrors: whole(1, 7),
    maxOrders: whole(1, 7),
    drawdownPct: whole(2, 10),
    dayLossPct: whole(2, 10),
    freshness: whole(30, 200),
  }),
  order: fc.record({ symbol: fc.constantFrom(...SYMBOLS), positionSide: side, leverage: mostly(1, whole(1, 6)), freeUsd: whole(1, 2000) }),
  account: fc.record({
    /** Of its peak; a whole number of hundreds, so that NAV can be a whole percent below and meet the loss limits exactly. */
    peakHundreds: whole(30, 300),
    fallPct: mostly(0, whole(0, 12)),
    navAge: mostly(20, whole(0, 220)),
    fillAge: mostly<number | null>(null, whole(0, 200)),
    errorAges: agesAround(WINDOW),
    attemptAges: agesAround(WINDOW),
    held: fc.uniqueArray(fc.record({ symbol: fc.constantFrom(...SYMBOLS), positionSide: side, usd: whole(1, 3000) }), {
      maxLength: 4,
      selector: ({ symbol, positionSide }) => `${symbol}-${positionSide}`,
    }),
  }),
  /** The order is put next to one of the limits on its size, a cent below, on it or above, or anywhere. */
  nearTo: fc.constantFrom('floor', 'order', 'equity', 'trade', 'gross', 'tier', 'free', 'free'),
  cents: whole(-1, 1),
});
export type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

interface Alike {
  readonly ours: Scenario;
  readonly theirs: { readonly order: AncestorOrder; readonly state: AncestorState; readonly limits: AncestorLimits };
}

export function alike(draw: Drawn): Alike {
  const { limits, order, account } = draw;
  const held = account.held.filter((line) => line.symbol !== order.symbol || line.positionSide !== order.positionSide);
  const grossUsd = total(held);
  const tierUsd = total(held.filter((line) => TIERS[line.symbol] === TIERS[order.symbol]));
  const cents = notionalCents(draw, grossUsd, tierUsd);
  const navAge = account.navAge === limits.freshness ? account.navAge + 1 : account.navAge;
  const navUsd = navUsdOf(account);
  const peakUsd = account.peakHundreds * 100;
  return {
    ours: oursOf(draw, { navUsd, peakUsd, navAge, held, cents }),
    theirs: {
      order: { side: order.positionSide === 'long' ? 'BUY' : 'SELL', notional: cents, lev: order.leverage },
      state: {
        nav: navUsd * 100, nav_age: navAge, peak: peakUsd * 100, current_gross_notional: grossUsd * 100, current_tier_gross_notional: tierUsd * 100,
        open_positions_count: held.length, error_ages: account.errorAges, attempt_ages: account.attemptAges, fill_age: account.fillAge,
      },
      limits: theirLimits(draw),
    },
  };
}

const navUsdOf = ({ peakHundreds, fallPct }: Drawn['account']): number => peakHundreds * (100 - fallPct);
const ago = (ageSeconds: number): number => NOW - ageSeconds * 1000;
const total = (lines: readonly Held[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);

function notionalCents({ limits, order, account, nearTo, cents }: Drawn, grossUsd: number, tierUsd: number): number {
  const shareCents = (pct: number): number => navUsdOf(account) * pct;
  const size = {
    floor: Math.max(limits.minNotional, limits.ownMinNotional) * 100,
    order: (limits.orderNotional ?? order.freeUsd) * 100,
    equity: shareCents(limits.tradeEquityPct),
    trade: shareCents(limits.tradeNavPct),
    gross: shareCents(limits.grossPct) - grossUsd * 100,
    tier: shareCents(limits.tierPct) - tierUsd * 100,
    free: order.freeUsd * 100,
  }[nearTo];
  return size + cents > 0 ? size + cents : order.freeUsd * 100;
}

function oursOf({ limits, order, account }: Drawn, at: { navUsd: number; peakUsd: number; navAge: number; held: readonly Held[]; cents: number }): Scenario {
  const own = {
    minNotionalUsd: limits.ownMinNotional, maxOrderNotionalUsd: limits.orderNotional, maxLeverage: limits.ownLeverage, maxExposurePct: null, blockedSides: limits.blocked,
  };
  const risk = {
    navFreshnessSeconds: limits.freshness, maxNavDrawdownPct: limits.drawdownPct, dailyLossLimitPct: limits.dayLossPct, minNotionalUsd: limits.minNotional,
    maxTradeEquityPct: limits.tradeEquityPct, maxTradeNavPct: limits.tradeNavPct, maxGrossExposurePct: limits.grossPct,
    maxConcurrentPositions: limits.concurrent, maxLeverage: limits.leverage, cooldownSeconds: limits.cooldown,
    errorCircuit: { maxErrors: limits.maxErrors, windowSeconds: WINDOW }, burstLimit: { maxOrders: limits.maxOrders, windowSeconds: WINDOW },
    tiers: { CORE: { maxExposurePct: limits.tierPct }, SATELLITE: { maxExposurePct: limits.tierPct } },
    perSymbol: { ...RISK.perSymbol, [order.symbol]: own },
  };
  return {
    config: { risk, universe: UNIVERSE },
    order: {
      symbol: order.symbol, positionSide: order.positionSide, side: order.positionSide === 'long' ? 'buy' : 'sell',
      qty: (at.cents / (100 * PRICE)).toFixed(4), price: String(PRICE), leverage: order.leverage,
    },
    nav: { navUsd: String(at.navUsd), highWaterMarkUsd: String(at.peakUsd), dayOpenNavUsd: String(at.peakUsd), valueAt: ago(at.navAge) },
    risk: {
      ...holding(at.held.map(({ symbol, positionSide, usd }) => ({ symbol, positionSide, tier: TIERS[symbol], qty: (usd / PRICE).toFixed(2) }))),
      attemptsAt: account.attemptAges.map(ago),
      errorsAt: account.errorAges.map(ago),
      lastFillAtBySymbol: account.fillAge === null ? {} : { [order.symbol]: ago(account.fillAge) },
    },
    snapshot: { instrument: { ...INSTRUMENT, symbol: order.symbol } },
  };
}

function theirLimits({ limits }: Drawn): AncestorLimits {
  return {
    nav_freshness_seconds: limits.freshness,
    max_nav_drawdown_pct: limits.drawdownPct,
    daily_loss_limit_pct: limits.dayLossPct,
    min_notional_usdt: limits.minNotional * 100,
    trade_equity_nav_pct: limits.tradeEquityPct,
    max_trade_nav_pct: limits.tradeNavPct,
    max_portfolio_gross_nav_pct: limits.grossPct,
    max_concurrent_positions: limits.concurrent,
    max_leverage: limits.leverage,
    error_circuit: { max_errors: limits.maxErrors, window_sec: WINDOW },
    burst_limit: { max_orders: limits.maxOrders, window_sec: WINDOW },
    per_symbol: {
      min_notional: limits.ownMinNotional * 100, max_order_notional: (limits.orderNotional ?? 0) * 100, max_leverage: limits.ownLeverage,
      block_sides: limits.blocked.map((blocked) => (blocked === 'long' ? 'BUY' : 'SELL')), cooldown_sec: limits.cooldown,
    },
    tier_per_symbol_nav_pct: limits.tierPct,
  };
}
