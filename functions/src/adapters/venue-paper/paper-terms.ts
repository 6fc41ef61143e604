// On what terms the paper account trades, where public market data does not tell.
import type { Instrument } from '../../domain/market/instrument.ts';
import type { ExchangeSetup } from '../../domain/matching/exchange-setup.ts';
import type { LeverageBracket, VenueInstrument } from '../../domain/matching/venue-instrument.ts';
import { type Decimal, text } from '../../domain/money/decimal.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export interface PaperTerms {
  /** Decimal text by asset. Contracts margined in another asset are not listed. */
  readonly balances: Readonly<Record<string, string>>;
  readonly positionMode: ExchangeSetup['positionMode'];
  readonly fees: ExchangeSetup['fees'];
  /** Until set otherwise. */
  readonly leverage: number;
  readonly firstOrderId: string;
  readonly firstTranId: string;
  readonly contract: (instrument: Instrument) => VenueInstrument;
}

/** Fees of a new Binance USD-M account, its hedge mode, and more paper money than the smallest orders need. */
export const PAPER_TERMS: PaperTerms = {
  balances: { USDT: '10000' },
  positionMode: 'hedge',
  fees: { maker: '0.0002', taker: '0.0005' },
  leverage: 20,
  firstOrderId: '1',
  firstTranId: '1',
  contract: paperContract,
};

export function openingOf(terms: PaperTerms, time: EpochMs): ExchangeSetup {
  const assets = Object.entries(terms.balances).map(([asset, balance]) => [asset, { balance, usdRate: '1', collateralRatio: '1' }]);
  return {
    time,
    instruments: [],
    assets: Object.fromEntries(assets),
    positionMode: terms.positionMode,
    multiAssets: false,
    fees: terms.fees,
    defaultLeverage: terms.leverage,
    firstOrderId: terms.firstOrderId,
    firstTradeId: '1',
    firstTranId: terms.firstTranId,
  };
}

/** Binance settles most contracts every eight hours; what is really due comes from the marks. */
export const FUNDING_INTERVAL_HOURS = 8;

/** The public part of a contract, completed by what Binance tells account holders only: brackets of a mid-size contract. */
function paperContract(instrument: Instrument): VenueInstrument {
  const [tickSize, stepSize, minQty] = [text(instrument.tickSize), text(instrument.stepSize), text(instrument.minQty)];
  return {
    symbol: instrument.symbol,
    baseAsset: instrument.base,
    quoteAsset: instrument.quote,
    marginAsset: instrument.marginAsset,
    contractType: 'PERPETUAL',
    status: instrument.status === 'trading' ? 'TRADING' : 'SETTLING',
    onboardTime: 0,
    pricePrecision: placesOf(instrument.tickSize),
    quantityPrecision: placesOf(instrument.stepSize),
    tickSize,
    minPrice: text(instrument.minPrice),
    maxPrice: text(instrument.maxPrice),
    stepSize,
    minQty,
    maxQty: text(instrument.maxQty),
    marketStepSize: stepSize,
    marketMinQty: minQty,
    marketMaxQty: text(instrument.marketMaxQty),
    minNotional: text(instrument.minNotional),
    multiplierUp: '1.05',
    multiplierDown: '0.95',
    maxNumOrders: 200,
    liquidationFee: '0.015',
    fundingIntervalHours: FUNDING_INTERVAL_HOURS,
    brackets: PAPER_BRACKETS,
  };
}

function placesOf(grid: Decimal): number {
  const [, fraction = ''] = text(grid).split('.');
  return fraction.length;
}

/** `cum` keeps maintenance margin continuous from one bracket to the next. */
const PAPER_BRACKETS: readonly LeverageBracket[] = [
  { bracket: 1, initialLeverage: 125, notionalFloor: '0', notionalCap: '50000', maintMarginRatio: '0.004', cum: '0' },
  { bracket: 2, initialLeverage: 50, notionalFloor: '50000', notionalCap: '500000', maintMarginRatio: '0.01', cum: '300' },
  { bracket: 3, initialLeverage: 20, notionalFloor: '500000', notionalCap: '2000000', maintMarginRatio: '0.025', cum: '7800' },
  { bracket: 4, initialLeverage: 10, notionalFloor: '2000000', notionalCap: '10000000', maintMarginRatio: '0.05', cum: '57800' },
  { bracket: 5, initialLeverage: 5, notionalFloor: '10000000', notionalCap: '50000000', maintMarginRatio: '0.1', cum: '557800' },
  { bracket: 6, initialLeverage: 2, notionalFloor: '50000000', notionalCap: '200000000', maintMarginRatio: '0.25', cum: '8057800' },
];
