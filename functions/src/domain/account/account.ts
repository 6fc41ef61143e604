import type { Decimal } from '../money/decimal.ts';
import type { Price, Qty, Usd } from '../money/units.ts';
import type { EpochMs, PositionSide } from '../../schema/scalars.ts';

export type PositionMode = 'hedge' | 'oneWay';

export interface AssetBalance {
  readonly asset: string;
  readonly walletBalance: Decimal;
  readonly unrealizedPnl: Decimal;
  readonly availableBalance: Decimal;
}

export interface AccountReading {
  readonly positionMode: PositionMode;
  readonly balances: readonly AssetBalance[];
}

export interface VenuePosition {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** Always positive: flat positions are not listed. */
  readonly qty: Qty;
  readonly entryPrice: Price;
  readonly markPrice: Price;
  readonly unrealizedPnl: Usd;
  readonly liquidationPrice: Price | null;
  readonly updatedAt: EpochMs;
}

export type IncomeKind = 'realizedPnl' | 'commission' | 'funding' | 'transfer' | 'other';

export interface IncomeRow {
  /** Unique in the account. */
  readonly incomeId: string;
  readonly kind: IncomeKind;
  readonly symbol: string | null;
  readonly asset: string;
  /** Signed: negative leaves the account. */
  readonly amount: Decimal;
  readonly at: EpochMs;
}
