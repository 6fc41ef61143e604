// Contracts whose rules are known, close to those Binance publishes for them.
import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import { leverageBrackets } from './leverage-brackets.ts';
import type { BracketRow } from './leverage-brackets.ts';

const MAJOR_BRACKETS: readonly BracketRow[] = [
  [125, '300000', '0.004'],
  [100, '800000', '0.005'],
  [75, '3000000', '0.0065'],
  [50, '12000000', '0.01'],
  [25, '70000000', '0.02'],
  [20, '100000000', '0.025'],
  [10, '230000000', '0.05'],
  [5, '480000000', '0.1'],
  [2, '1200000000', '0.25'],
  [1, '1800000000', '0.5'],
];

const SOL_BRACKETS: readonly BracketRow[] = [
  [100, '50000', '0.005'],
  [75, '250000', '0.0065'],
  [50, '1000000', '0.01'],
  [20, '10000000', '0.025'],
  [10, '25000000', '0.05'],
  [5, '50000000', '0.1'],
  [2, '125000000', '0.25'],
  [1, '250000000', '0.5'],
];

const COMMON = {
  quoteAsset: 'USDT',
  marginAsset: 'USDT',
  contractType: 'PERPETUAL',
  status: 'TRADING',
  multiplierUp: '1.0500',
  multiplierDown: '0.9500',
  maxNumOrders: 200,
  liquidationFee: '0.012500',
  fundingIntervalHours: 8,
} as const;

const BTCUSDT: VenueInstrument = {
  ...COMMON,
  symbol: 'BTCUSDT',
  baseAsset: 'BTC',
  onboardTime: Date.UTC(2019, 8, 25),
  pricePrecision: 2,
  quantityPrecision: 3,
  tickSize: '0.10',
  minPrice: '556.80',
  maxPrice: '4529764',
  stepSize: '0.001',
  minQty: '0.001',
  maxQty: '1000',
  marketStepSize: '0.001',
  marketMinQty: '0.001',
  marketMaxQty: '120',
  minNotional: '100',
  brackets: leverageBrackets(MAJOR_BRACKETS),
};

const ETHUSDT: VenueInstrument = {
  ...COMMON,
  symbol: 'ETHUSDT',
  baseAsset: 'ETH',
  onboardTime: Date.UTC(2019, 10, 27),
  pricePrecision: 2,
  quantityPrecision: 3,
  tickSize: '0.01',
  minPrice: '39.86',
  maxPrice: '306177',
  stepSize: '0.001',
  minQty: '0.001',
  maxQty: '10000',
  marketStepSize: '0.001',
  marketMinQty: '0.001',
  marketMaxQty: '2000',
  minNotional: '20',
  brackets: leverageBrackets(MAJOR_BRACKETS),
};

const SOLUSDT: VenueInstrument = {
  ...COMMON,
  symbol: 'SOLUSDT',
  baseAsset: 'SOL',
  onboardTime: Date.UTC(2020, 8, 14),
  pricePrecision: 4,
  quantityPrecision: 2,
  tickSize: '0.0100',
  minPrice: '0.4200',
  maxPrice: '6857',
  stepSize: '0.01',
  minQty: '0.01',
  maxQty: '1000000',
  marketStepSize: '0.01',
  marketMinQty: '0.01',
  marketMaxQty: '80000',
  minNotional: '5',
  brackets: leverageBrackets(SOL_BRACKETS),
};

export const BUILT_IN_INSTRUMENTS: ReadonlyMap<string, VenueInstrument> = new Map(
  [BTCUSDT, ETHUSDT, SOLUSDT].map((instrument) => [instrument.symbol, instrument]),
);
