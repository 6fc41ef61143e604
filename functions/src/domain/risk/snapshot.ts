import type { PositionMode } from '../account/account.ts';
import type { VenueBudget } from '../requests/venue-budget.ts';
import type { Instrument } from '../market/instrument.ts';
import type { Mark, Quote } from '../market/market.ts';
import type { MarketMetadata } from '../../schema/records/market-metadata.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { SymbolToggles } from '../../schema/records/symbol-toggles.ts';
import type { TradingControl } from '../../schema/records/trading-control.ts';
import type { VenueSettings } from '../../schema/records/venue-settings.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { RiskLimits } from './limits.ts';
import type { Observed } from './observed.ts';

/**
 * Everything that was known when one order was judged: records as stored, market readings of the order's symbol.
 * Screener and executor fill the same type; `null` is a record that does not exist.
 */
export interface Snapshot {
  readonly asOf: EpochMs;
  /** Compiled once per config by `compileLimits`. */
  readonly limits: RiskLimits;
  /** Null when the venue does not list the symbol. */
  readonly instrument: Instrument | null;
  /** Maintenance margins by symbol; empty before metadata has been read. */
  readonly brackets: MarketMetadata['brackets'];
  /** Null when the mode has not been asked yet; it counts as one-way, the stricter. */
  readonly positionMode: PositionMode | null;
  readonly quote: Observed<Quote>;
  readonly mark: Observed<Mark>;
  /** (bid - ask) / (bid + ask) of the displayed size, from -1 to 1. */
  readonly bookImbalance: Observed<number>;
  readonly nav: NavState | null;
  readonly positions: PositionsState | null;
  readonly venueSettings: VenueSettings | null;
  /** Null while no instance has used much of it. */
  readonly venueBudget: VenueBudget | null;
  readonly risk: RiskState;
  /** Null means ACTIVE. */
  readonly control: TradingControl | null;
  /** Null means that no operator has disabled a symbol. */
  readonly toggles: SymbolToggles | null;
  readonly writeGate: 'open' | 'closed';
  /** Whether the same signal has led to another intent already. */
  readonly duplicateIntent: boolean;
}
