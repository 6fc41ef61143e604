// The only place where a wallet balance changes, so that the wallet always equals the sum of its income rows.
import { type Decimal, isZero, text } from '../money/decimal.ts';
import { addText, nextId } from './amount.ts';
import type { AssetState, ExchangeState, IncomeType } from './exchange-state.ts';
import type { MatchingContext } from './matching-context.ts';

export interface IncomeEntry {
  readonly incomeType: IncomeType;
  readonly asset: string;
  readonly amount: Decimal;
  readonly symbol?: string;
  readonly tradeId?: string;
}

/** Books an amount; an amount of 0 leaves no row. */
export function bookIncome(ctx: MatchingContext, entry: IncomeEntry): void {
  if (isZero(entry.amount)) return;
  const { state } = ctx;
  const wallet = assetOf(state, entry.asset);
  wallet.walletBalance = addText(wallet.walletBalance, entry.amount);
  wallet.updateTime = state.time;
  const row = {
    tranId: state.nextTranId,
    incomeType: entry.incomeType,
    asset: entry.asset,
    income: text(entry.amount),
    symbol: entry.symbol ?? '',
    tradeId: entry.tradeId ?? '',
    time: state.time,
  };
  state.nextTranId = nextId(row.tranId);
  state.income.push(row);
  ctx.emit({ kind: 'income', row });
}

export function assetOf(state: ExchangeState, asset: string): AssetState {
  const known = state.assets[asset];
  if (known === undefined) throw new Error(`unknown asset ${asset}: it is not among the wallet's assets`);
  return known;
}
