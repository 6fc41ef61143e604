// What the contract needs beside the Venue itself: a market that does what a test says, and ways to lose messages.
import type { PositionMode } from '../../../functions/src/domain/account/account.ts';
import type { CommandArguments, CommandName } from '../../../functions/src/domain/matching/commands.ts';
import type { FundingEvent, MarketEvent } from '../../../functions/src/domain/matching/market-event.ts';
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import type { EpochMs } from '../../../functions/src/schema/scalars.ts';
import type { MinuteCandle } from '../../../local/venue/market/market-feed.ts';
import { T0, instrument, mark, quote } from '../../unit/domain/matching/exchange-builder.ts';

/**
 * How resting orders fill. `prints`: by trades of others at their price, after the queue before them. `tradeThrough`: only
 * when the market has gone through their price, because trades at it are not seen.
 */
export type MakerFills = 'prints' | 'tradeThrough';

export type LosableCall =
  | 'place' | 'cancel' | 'findOrder' | 'positions' | 'quotes' | 'books' | 'placeStop' | 'cancelStop' | 'findStop' | 'openStops' | 'fillsSince';

export interface VenueHarness {
  readonly venue: Venue;
  readonly setTime: (time: EpochMs) => void;
  /** Applies market events; the clock moves to the last of them. */
  readonly happens: (...events: readonly MarketEvent[]) => void;
  /** The next such call does not reach the venue ("before") or only its answer is lost ("after"). */
  readonly lose: (call: LosableCall, when: 'before' | 'after') => void;
  readonly close: () => Promise<void>;
}

export interface SharedAccountHarness extends VenueHarness {
  /** Somebody else gives the exchange a command for our account; throws when it is refused. */
  readonly byHand: <Name extends CommandName>(name: Name, argument: CommandArguments[Name]) => void;
}

export type StartHarness<Harness extends VenueHarness = VenueHarness> = (positionMode: PositionMode) => Promise<Harness>;

/** Contracts with the rules of the matching tests, one of them settled in USDC; the wallet holds 10,000 of each at leverage 10. */
export const INSTRUMENTS: readonly VenueInstrument[] = [
  instrument(),
  instrument({ symbol: 'ETHUSDT', baseAsset: 'ETH', tickSize: '0.01', minNotional: '20' }),
  instrument({ symbol: 'BTCUSDC', quoteAsset: 'USDC', marginAsset: 'USDC' }),
];
export const WALLET = {
  USDT: { balance: '10000', usdRate: '1', collateralRatio: '1' },
  USDC: { balance: '10000', usdRate: '1', collateralRatio: '1' },
};
export const FEES = { maker: '0.0002', taker: '0.0005' };
export const LEVERAGE = 10;
/** Beyond 2^53, so that no adapter passes that lets ids become floating point. */
export const FIRST_ORDER_ID = '8389765000000000001';
export const FIRST_TRAN_ID = '8082457372000000001';

/** What a venue that settles by itself will do, and what a public market announces from the start. */
export const NEXT_FUNDING: FundingEvent = { kind: 'funding', symbol: 'BTCUSDT', time: T0 + 1000, rate: '0.0001', nextFundingTime: T0 + 28_800_000 };

/** BTC 49999.9 / 50000.1 with 1 BTC displayed on each side, in USDT as in USDC; ETH 2999.99 / 3000.01. */
export const OPENING_MARKET: readonly MarketEvent[] = [
  quote(),
  mark(),
  quote({ symbol: 'ETHUSDT', bidPrice: '2999.99', bidQty: '10', askPrice: '3000.01', askQty: '10' }),
  mark({ symbol: 'ETHUSDT', markPrice: '3000', indexPrice: '3000.5' }),
  quote({ symbol: 'BTCUSDC' }),
  mark({ symbol: 'BTCUSDC' }),
];

const MINUTE_MS = 60_000;
const CANDLES_BEFORE = 10;
/** Opening time of the minute that is open at T0. */
export const OPEN_MINUTE = Math.floor(T0 / MINUTE_MS) * MINUTE_MS;

/** BTC minutes up to and with the one open at T0; the close tells which minute it is. */
export const MINUTES: readonly MinuteCandle[] = Array.from({ length: CANDLES_BEFORE + 1 }, (_, index) => ({
  openTime: OPEN_MINUTE - (CANDLES_BEFORE - index) * MINUTE_MS,
  open: '50000',
  high: '50100.5',
  low: '49900',
  close: String(50_000 + index),
  volume: '12.5',
  quoteVolume: '625000',
  trades: 7,
  takerBuyVolume: '6',
  takerBuyQuoteVolume: '300000',
}));
