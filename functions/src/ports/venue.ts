/**
 * One exchange account. Reads answer `Reading` or `Found`, never a guess; mutations answer outcomes and never throw
 * for anything the venue or the network did. Every adapter passes the same contract suite.
 */
import type { AccountReading, IncomeRow, VenuePosition } from '../domain/account/account.ts';
import type { AccountSettings, MarginMode } from '../domain/account/account-settings.ts';
import type { Book } from '../domain/market/book.ts';
import type { Instrument } from '../domain/market/instrument.ts';
import type { SymbolTiers } from '../domain/market/margin-tiers.ts';
import type { CandleSeries, Mark, Quote } from '../domain/market/market.ts';
import type { StopCancelOutcome, StopOutcome, StopRequest, VenueStop } from '../domain/order/protective-stop.ts';
import type { CancelOutcome, OrderRequest, VenueFill, VenueOrder, VenueOutcome } from '../domain/order/venue-order.ts';
import type { EpochMs, Timeframe } from '../schema/scalars.ts';
import type { Found, Reading } from '../domain/found.ts';

export interface OrderRef {
  readonly symbol: string;
  readonly clientOrderId: string;
}

export interface StopRef {
  readonly symbol: string;
  readonly clientStopId: string;
}

export type SettingOutcome = { readonly kind: 'accepted' } | Exclude<VenueOutcome, { kind: 'accepted' }>;

export interface Venue {
  /** A request older than this is refused by the venue: after it has passed, a lost order can no longer appear. */
  readonly receiveWindowMs: number;

  instruments(symbols: readonly string[]): Promise<Reading<readonly Instrument[]>>;
  /** Maintenance margin of each symbol by notional, in one call. Told to account holders only. */
  brackets(symbols: readonly string[]): Promise<Reading<readonly SymbolTiers[]>>;
  /** One call for all symbols. Symbols the venue does not quote are missing from the answer. */
  quotes(symbols: readonly string[]): Promise<Reading<readonly Quote[]>>;
  marks(symbols: readonly string[]): Promise<Reading<readonly Mark[]>>;
  /** The best `levels` (1 to 100) of each symbol, one call per symbol. A symbol whose book cannot be read is missing. */
  books(symbols: readonly string[], levels: number): Promise<Reading<readonly Book[]>>;
  /** The last `count` closed candles of each symbol; `unavailable` when any symbol fails. */
  candles(symbols: readonly string[], timeframe: Timeframe, count: number): Promise<Reading<readonly CandleSeries[]>>;

  account(): Promise<Reading<AccountReading>>;
  /** What the key may do and what is set for the account and these symbols; the cost does not depend on their number. */
  settings(symbols: readonly string[]): Promise<Reading<AccountSettings>>;
  positions(): Promise<Reading<readonly VenuePosition[]>>;
  openOrders(): Promise<Reading<readonly VenueOrder[]>>;
  findOrder(ref: OrderRef): Promise<Found<VenueOrder>>;
  /** The order behind a fill, whoever made it. */
  findOrderOfFill(ref: { readonly symbol: string; readonly venueOrderId: string }): Promise<Found<VenueOrder>>;
  fillsOfOrder(ref: OrderRef & { readonly venueOrderId: string }): Promise<Reading<readonly VenueFill[]>>;
  /**
   * Every fill of the symbol at or after `since` (the venue's time), oldest first, whoever ordered it: our orders, a
   * stop that fired, a liquidation, a trade made by hand. `unavailable` rather than incomplete.
   *
   * 1. To go on from here ask again from the last `filledAt` and skip the known trade ids: one millisecond may hold more.
   * 2. In one-way mode the position side is what the fill's order claims: one that is not reduce-only counts as opening
   *    its own side, even where it netted the other one, as a trade made by hand may.
   */
  fillsSince(symbol: string, since: EpochMs): Promise<Reading<readonly VenueFill[]>>;
  /** Every conditional order at work in the account, ours or not, in one call for all symbols. */
  openStops(): Promise<Reading<readonly VenueStop[]>>;
  findStop(ref: StopRef): Promise<Found<VenueStop>>;
  /** Rows at or after `since`, oldest first, at most 5,000: so many may not be all. */
  incomeSince(since: EpochMs): Promise<Reading<readonly IncomeRow[]>>;

  place(request: OrderRequest): Promise<VenueOutcome>;
  cancel(ref: OrderRef): Promise<CancelOutcome>;
  /** Rests a stop for a position that is held. `ambiguous` is for `findStop` to settle, as with orders. */
  placeStop(request: StopRequest): Promise<StopOutcome>;
  cancelStop(ref: StopRef): Promise<StopCancelOutcome>;
  /** Sets the symbol's leverage; `accepted` also when it already was so. */
  setLeverage(symbol: string, leverage: number): Promise<SettingOutcome>;
  /** Sets the symbol's margin mode, which the venue refuses while it has a position or orders; `accepted` also when it already was so. */
  setMarginMode(symbol: string, marginMode: MarginMode): Promise<SettingOutcome>;
}
