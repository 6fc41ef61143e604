import type { Decimal } from '../money/decimal.ts';
import { decimal, max, ONE, ZERO } from '../money/decimal.ts';
import type { Price } from '../money/units.ts';
import { notionalOf } from '../money/units.ts';
import type { Instrument } from '../market/instrument.ts';
import { affordableNotional } from '../risk/affordable-notional.ts';
import type { Exposure } from '../risk/exposure.ts';
import type { SymbolLimits } from '../risk/limits.ts';
import type { KnownNav } from '../risk/nav-reading.ts';

/** How much of an order one limit leaves room for; never negative. Named after the veto it forestalls. */
export interface SizeCap {
  readonly name: string;
  readonly roomUsd: Decimal;
  readonly configPath: string;
}

export interface SizeCapInput {
  readonly nav: KnownNav;
  readonly limits: SymbolLimits;
  readonly exposure: Exposure;
  readonly instrument: Instrument;
  readonly price: Price;
  readonly leverage: Decimal;
  readonly strategy: { readonly name: string; readonly maxNotionalUsd: number };
}

/** All caps on one order, in the order in which they clamp it. */
export function sizeCaps(input: SizeCapInput): readonly SizeCap[] {
  const { nav, limits, exposure, instrument, price, leverage, strategy } = input;
  const { tierExposure, symbolExposure, tradeEquity, tradeNav, grossExposure, orderNotional, marginHeadroom } = limits;
  const ofNav = (limit: { readonly value: Decimal }): Decimal => nav.navUsd.times(limit.value);
  return [
    ...(tierExposure === null ? [] : [cap('tier_cap', ofNav(tierExposure).minus(exposure.tierUsd), tierExposure)]),
    cap('symbol_exposure_cap', ofNav(symbolExposure).minus(exposure.symbolUsd), symbolExposure),
    cap('trade_gt_equity_cap', ofNav(tradeEquity), tradeEquity),
    cap('trade_gt_max_trade_nav_pct', ofNav(tradeNav), tradeNav),
    cap('gross_exposure_cap', ofNav(grossExposure).minus(exposure.grossUsd), grossExposure),
    ...(orderNotional === null ? [] : [cap('symbol_order_cap', orderNotional.value, orderNotional)]),
    cap('leverage_exceeded', nav.navUsd.times(max(leverage, ONE)), limits.leverage),
    cap('insufficient_margin', affordableNotional(nav, leverage, limits, exposure), marginHeadroom),
    cap('strategy_max_notional', decimal(String(strategy.maxNotionalUsd)), { configPath: `strategies.json:strategies.${strategy.name}.sizing.maxNotionalUsd` }),
    cap('venue_max_qty', notionalOf(instrument.maxQty, price), { configPath: `markets:${instrument.symbol}.maxQty` }),
  ];
}

function cap(name: string, roomUsd: Decimal, { configPath }: { readonly configPath: string }): SizeCap {
  return { name, roomUsd: max(roomUsd, ZERO), configPath };
}
