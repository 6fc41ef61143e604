// Balances, positions, income and terms of the exchange in our words.
import type { AssetBalance, IncomeKind, IncomeRow, VenuePosition } from '../../domain/account/account.ts';
import type { SymbolSettings } from '../../domain/account/account-settings.ts';
import type { Instrument } from '../../domain/market/instrument.ts';
import type { AssetView } from '../../domain/matching/account-view.ts';
import type { ExchangeState, IncomeRow as ExchangeIncome, IncomeType } from '../../domain/matching/exchange-state.ts';
import type { PositionView } from '../../domain/matching/position-view.ts';
import type { VenueInstrument } from '../../domain/matching/venue-instrument.ts';
import { decimal, isNegative, isZero } from '../../domain/money/decimal.ts';
import { asPrice, asQty, notional, price, qty, usd } from '../../domain/money/units.ts';

export function assetBalance(view: AssetView): AssetBalance {
  return {
    asset: view.asset,
    walletBalance: decimal(view.walletBalance),
    unrealizedPnl: decimal(view.unrealizedProfit),
    availableBalance: decimal(view.availableBalance),
  };
}

export function venuePosition(view: PositionView): VenuePosition {
  const amount = decimal(view.positionAmt);
  const liquidation = decimal(view.liquidationPrice);
  return {
    symbol: view.symbol,
    positionSide: isNegative(amount) ? 'short' : 'long',
    qty: asQty(amount.abs()),
    entryPrice: price(view.entryPrice),
    markPrice: price(view.markPrice),
    unrealizedPnl: usd(view.unrealizedProfit),
    liquidationPrice: isZero(liquidation) ? null : asPrice(liquidation),
    updatedAt: view.updateTime,
  };
}

/** Null for a contract that the exchange does not list. */
export function symbolSettings({ settings }: ExchangeState, symbol: string): SymbolSettings | null {
  const set = settings[symbol];
  return set === undefined ? null : { symbol, leverage: set.leverage, marginMode: set.marginType === 'CROSSED' ? 'cross' : 'isolated' };
}

const KINDS: Readonly<Record<IncomeType, IncomeKind>> = {
  REALIZED_PNL: 'realizedPnl',
  COMMISSION: 'commission',
  FUNDING_FEE: 'funding',
  TRANSFER: 'transfer',
  INSURANCE_CLEAR: 'other',
};

export function incomeRow(row: ExchangeIncome): IncomeRow {
  return {
    incomeId: `${row.incomeType}-${row.tranId}`,
    kind: KINDS[row.incomeType],
    symbol: row.symbol === '' ? null : row.symbol,
    asset: row.asset,
    amount: decimal(row.income),
    at: row.time,
  };
}

export function instrumentOf(terms: VenueInstrument): Instrument {
  return {
    symbol: terms.symbol,
    base: terms.baseAsset,
    quote: terms.quoteAsset,
    marginAsset: terms.marginAsset,
    status: terms.status === 'TRADING' ? 'trading' : 'suspended',
    tickSize: decimal(terms.tickSize),
    stepSize: decimal(terms.stepSize),
    minQty: qty(terms.minQty),
    maxQty: qty(terms.maxQty),
    marketMaxQty: qty(terms.marketMaxQty),
    minNotional: notional(terms.minNotional),
    minPrice: price(terms.minPrice),
    maxPrice: price(terms.maxPrice),
  };
}
