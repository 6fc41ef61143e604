import type { AccountReading, AssetBalance, IncomeKind, IncomeRow, VenuePosition } from '../../../functions/src/domain/account/account.ts';
import { decimal } from '../../../functions/src/domain/money/decimal.ts';
import { price, qty, usd } from '../../../functions/src/domain/money/units.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';

export function aBalance(asset: string, wallet: string, unrealized = '0', available = wallet): AssetBalance {
  return { asset, walletBalance: decimal(wallet), unrealizedPnl: decimal(unrealized), availableBalance: decimal(available) };
}

export function anAccount(...balances: readonly AssetBalance[]): AccountReading {
  return { positionMode: 'hedge', balances };
}

export interface PositionText {
  readonly symbol?: string;
  readonly positionSide?: 'long' | 'short';
  readonly qty?: string;
  readonly mark?: string;
}

/** The venue's view: 1 BTCUSDT long from 100, marked at 110. */
export function aVenuePosition(of: PositionText = {}): VenuePosition {
  return {
    symbol: of.symbol ?? 'BTCUSDT',
    positionSide: of.positionSide ?? 'long',
    qty: qty(of.qty ?? '1'),
    entryPrice: price('100'),
    markPrice: price(of.mark ?? '110'),
    unrealizedPnl: usd('10'),
    liquidationPrice: null,
    updatedAt: NOW,
  };
}

export interface IncomeText {
  readonly id: string;
  readonly kind?: IncomeKind;
  readonly amount?: string;
  readonly asset?: string;
  readonly at?: number;
}

export function anIncomeRow(of: IncomeText): IncomeRow {
  return { incomeId: of.id, kind: of.kind ?? 'commission', symbol: 'BTCUSDT', asset: of.asset ?? 'USDT', amount: decimal(of.amount ?? '-1'), at: of.at ?? NOW };
}
