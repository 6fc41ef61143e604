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
export type Symbol = keyof typeof TIERS;
export const SYMBOLS: readonly Symbol[] = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'];

/** Leverage of the universe out of the way; the ancestor had none. */
export const UNIVERSE = universeConfig.parse({
  symbols: SYMBOLS.map((symbol) => ({ symbol, tier: TIERS[symbol], enabled: true, targetLeverage: 125, maxLeverage: 125 })),
});
/** A venue without floors of its own: the ancestor met those after its gate. */
export const INSTRUMENT = anInstrument({ minQty: qty('0'), minNotional: notional('0'), stepSize: decimal('0.0001') });
export const PRICE = 100;

export interface Held {
  readonly symbol: Symbol;
  readonly positionSide: PositionSide;
  readonly usd: number;
}

const whole = (min: number, max: number) => fc.integer({ min, max });
const side = fc.constantFrom<PositionSide>('long', 'short');
/** Ages in seconds on both sides of their limit, the limit itself only where both have the same rule for it. */
const agesAround = (windowSeconds: number) => fc.array(whole(0, 2 * windowSeconds).filter((age) => age !== windowSeconds), { maxLength: 6 });
const WINDOW = 60;

export const drawn = fc.record({
  limits: fc.record({
    minNotional: whole(0, 300),
    ownMinNotional: whole(0, 300),
    tradeEquityPct: whole(2, 20),
    tradeNavPct: whole(2, 20),
    grossPct: whole(2, 80),
    tierPct: whole(2, 60),
    concurrent: whole(1, 5),
    leverage: whole(2, 6),
    ownLeverage: fc.option(whole(1, 2)),
    orderNotional: fc.option(whole(100, 2000)),
    blocked: fc.subarray<PositionSide>(['long', 'short'], { maxLength: 1 }),
    cooldown: whole(0, 120),
    maxErrors: whole(1, 7),
    maxOrders: whole(1, 7),
    drawdownPct: whole(2, 10),
    dayLossPct: whole(2, 10),
    freshness: whole(30, 200),
  }),
  order: fc.record({ symbol: fc.constantFrom(...SYMBOLS), positionSide: side, leverage: whole(1, 6), freeUsd: whole(1, 2000) }),
  account: fc.record({
    nav: whole(1000, 20_000),
    fallPct: whole(0, 12),
    navAge: whole(0, 220),
    fillAge: fc.option(whole(0, 200)),
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
  // NAV is a whole percent below its peak, so that falls meet their limits exactly as well.
  const peak = account.nav * 100;
  const nav = account.nav * (100 - account.fallPct);
  const scale = 100;
  return {
    ours: oursOf(draw, { nav: nav / scale, peak: peak / scale, navAge, held, cents }),
    theirs: {
      order: { side: order.positionSide === 'long' ? 'BUY' : 'SELL', notional: cents / 100, lev: order.leverage },
      state: {
        nav: nav / scale, nav_age: navAge, peak: peak / scale, current_gross_notional: grossUsd, current_tier_gross_notional: tierUsd,
        open_positions_count: held.length, error_ages: account.errorAges, attempt_ages: account.attemptAges, fill_age: account.fillAge,
      },
      limits: theirLimits(draw),
    },
  };
}

const total = (lines: readonly Held[]): number => lines.reduce((sum, { usd }) => sum + usd, 0);

function notionalCents({ limits, order, account, nearTo, cents }: Drawn, grossUsd: number, tierUsd: number): number {
  const navCents = account.nav * (100 - account.fallPct);
  const shareCents = (pct: number): number => Math.floor((navCents * pct) / 100);
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

function oursOf({ limits, order, account }: Drawn, at: { nav: number; peak: number; navAge: number; held: readonly Held[]; cents: number }): Scenario {
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
  const ago = (age: number): number => NOW - age * 1000;
  return {
    config: { risk, universe: UNIVERSE },
    order: {
      symbol: order.symbol, positionSide: order.positionSide, side: order.positionSide === 'long' ? 'buy' : 'sell',
      qty: (at.cents / (100 * PRICE)).toFixed(4), price: String(PRICE), leverage: order.leverage,
    },
    nav: { navUsd: at.nav.toFixed(2), highWaterMarkUsd: at.peak.toFixed(2), dayOpenNavUsd: at.peak.toFixed(2), valueAt: ago(at.navAge) },
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
    min_notional_usdt: limits.minNotional,
    trade_equity_nav_pct: limits.tradeEquityPct,
    max_trade_nav_pct: limits.tradeNavPct,
    max_portfolio_gross_nav_pct: limits.grossPct,
    max_concurrent_positions: limits.concurrent,
    max_leverage: limits.leverage,
    error_circuit: { max_errors: limits.maxErrors, window_sec: WINDOW },
    burst_limit: { max_orders: limits.maxOrders, window_sec: WINDOW },
    per_symbol: {
      min_notional: limits.ownMinNotional, max_order_notional: limits.orderNotional ?? 0, max_leverage: limits.ownLeverage,
      block_sides: limits.blocked.map((blocked) => (blocked === 'long' ? 'BUY' : 'SELL')), cooldown_sec: limits.cooldown,
    },
    tier_per_symbol_nav_pct: limits.tierPct,
  };
}
