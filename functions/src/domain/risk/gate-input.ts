import type { PositionMode } from '../account/account.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Decimal } from '../money/decimal.ts';
import type { Mark, Quote } from '../market/market.ts';
import type { SymbolToggle } from '../../schema/records/symbol-toggles.ts';
import type { EpochMs, PositionSide, Purpose, Side, TradingState } from '../../schema/scalars.ts';
import type { Exposure } from './exposure.ts';
import type { SymbolLimits } from './limits.ts';
import type { LiquidationReading } from './liquidation-reading.ts';
import type { NavReading } from './nav-reading.ts';
import type { MarketReading } from './market-reading.ts';
import type { OrderReading } from './order-reading.ts';
import type { PositionsReading } from './positions-reading.ts';
import type { StrategyPlaces } from './strategy-places.ts';
import type { VenueReading } from './venue-reading.ts';

/** Recent events, counted within the windows of config. */
export interface RecentActivity {
  readonly attempts: number;
  readonly errors: number;
  readonly trades: number;
  /** Of the symbol; null when it has never filled. */
  readonly lastFillAt: EpochMs | null;
}

/** All that the checks see. `buildGateInput` is the only way to make one. */
export interface GateInput {
  readonly asOf: EpochMs;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly purpose: Purpose;
  readonly signalAt: EpochMs | null;
  readonly expectedEdgeBps: number | null;
  readonly order: OrderReading;
  readonly limits: SymbolLimits;
  readonly instrument: Instrument | null;
  readonly positionMode: PositionMode | null;
  readonly quote: MarketReading<Quote>;
  readonly mark: MarketReading<Mark>;
  readonly bookImbalance: MarketReading<number>;
  readonly nav: NavReading;
  readonly positions: PositionsReading;
  readonly venue: VenueReading;
  /** Largest share used of the venue's limits on requests and orders. */
  readonly venueUsedPct: number;
  readonly liquidation: LiquidationReading;
  readonly exposure: Exposure;
  /** Null when no configured strategy is behind the order. */
  readonly strategyPlaces: StrategyPlaces | null;
  readonly activity: RecentActivity;
  /** Loss of the symbol's day in dollars, realised and open; zero when it has gained, null when it cannot be read. */
  readonly symbolLossUsd: Decimal | null;
  /** In force now. */
  readonly operatorDisable: SymbolToggle | null;
  readonly disabledUntilAt: EpochMs | null;
  readonly tradingState: TradingState;
  readonly writeGate: 'open' | 'closed';
  readonly duplicateIntent: boolean;
}
