import { type Decimal, decimal } from '../money/decimal.ts';
import type { ExchangeState, FeeRates, PositionMode } from './exchange-state.ts';
import type { MatchingContext } from './matching-context.ts';
import type { VenueInstrument } from './venue-instrument.ts';
import { bookIncome } from './wallet.ts';

export interface AssetSetup {
  readonly balance: string;
  /** Used in multi-assets mode only. */
  readonly usdRate: string;
  readonly collateralRatio: string;
}

export interface ExchangeSetup {
  readonly time: number;
  readonly instruments: readonly VenueInstrument[];
  /** By asset. Every instrument's margin asset must be here. */
  readonly assets: Readonly<Record<string, AssetSetup>>;
  readonly positionMode: PositionMode;
  readonly multiAssets: boolean;
  readonly fees: FeeRates;
  readonly defaultLeverage: number;
  /** The first ids given out; decimal text of up to 19 digits. */
  readonly firstOrderId: string;
  readonly firstTradeId: string;
  readonly firstTranId: string;
}

/** A new exchange with the wallet booked as transfers. Throws RangeError when an instrument's margin asset has no wallet. */
export function initialState(setup: ExchangeSetup): ExchangeState {
  const state: ExchangeState = {
    time: setup.time,
    positionMode: setup.positionMode,
    multiAssets: setup.multiAssets,
    fees: setup.fees,
    instruments: {},
    assets: {},
    settings: {},
    markets: {},
    positions: {},
    openOrders: {},
    closedOrders: {},
    orderIdByClientId: {},
    openAlgos: [],
    closedAlgos: {},
    algoIdByClientId: {},
    trades: [],
    income: [],
    nextOrderId: setup.firstOrderId,
    nextTradeId: setup.firstTradeId,
    nextTranId: setup.firstTranId,
  };
  for (const [asset, { usdRate, collateralRatio }] of Object.entries(setup.assets)) {
    state.assets[asset] = { walletBalance: '0', updateTime: setup.time, usdRate, collateralRatio };
  }
  for (const instrument of setup.instruments) addInstrument(state, instrument, setup.defaultLeverage);
  const ctx: MatchingContext = { state, emit: () => undefined };
  for (const [asset, { balance }] of Object.entries(setup.assets)) transfer(ctx, asset, decimal(balance));
  return state;
}

/** Lists an instrument, or replaces its terms. */
export function addInstrument(state: ExchangeState, instrument: VenueInstrument, leverage: number): void {
  const { symbol, marginAsset } = instrument;
  if (state.assets[marginAsset] === undefined) {
    throw new RangeError(`${symbol} is margined in ${marginAsset}, which has no wallet: add ${marginAsset} to the exchange's assets`);
  }
  state.instruments[symbol] = instrument;
  state.settings[symbol] ??= { leverage, marginType: 'CROSSED' };
  const interval = instrument.fundingIntervalHours * 3_600_000;
  state.markets[symbol] ??= {
    quote: null,
    bidTaken: '0',
    askTaken: '0',
    markPrice: null,
    indexPrice: null,
    markTime: 0,
    lastPrice: null,
    lastTime: 0,
    fundingRate: '0',
    nextFundingTime: (Math.floor(state.time / interval) + 1) * interval,
  };
}

/** Moves an amount into (or, negative, out of) the futures wallet. */
export function transfer(ctx: MatchingContext, asset: string, amount: Decimal): void {
  bookIncome(ctx, { incomeType: 'TRANSFER', asset, amount });
}
