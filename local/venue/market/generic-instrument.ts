import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import { leverageBrackets } from './leverage-brackets.ts';
import { MarketDataError } from './market-data-error.ts';
import { unitText } from './unit-text.ts';

/** Bases have letters of any script without cases. */
const SYMBOL = /^(?<base>[\p{Lu}\p{Lo}\p{Lm}\p{M}\p{N}]+)(?<quote>USDT|USDC)$/u;

export interface GenericRules {
  readonly symbol: string;
  /** Decimal places of prices and quantities; one unit in the last place is the tick and the step. */
  readonly priceDecimals: number;
  readonly qtyDecimals: number;
  readonly fundingIntervalHours: number;
}

/**
 * Rules of a mid-size contract for a symbol without rules of its own.
 * Throws MarketDataError for a quote asset other than USDT or USDC.
 */
export function genericInstrument(rules: GenericRules): VenueInstrument {
  const { symbol, priceDecimals, qtyDecimals, fundingIntervalHours } = rules;
  const names = SYMBOL.exec(symbol)?.groups;
  if (names === undefined) {
    throw new MarketDataError(
      `symbol ${JSON.stringify(symbol)}: only a base asset followed by USDT or USDC is allowed. Rename or remove it.`,
    );
  }
  const quoteAsset = names['quote'] ?? '';
  const step = unitText(1, qtyDecimals);
  return {
    symbol,
    baseAsset: names['base'] ?? '',
    quoteAsset,
    marginAsset: quoteAsset,
    contractType: 'PERPETUAL',
    status: 'TRADING',
    onboardTime: Date.UTC(2020, 0, 1),
    pricePrecision: priceDecimals,
    quantityPrecision: qtyDecimals,
    tickSize: unitText(1, priceDecimals),
    minPrice: unitText(1, priceDecimals),
    maxPrice: '1000000',
    stepSize: step,
    minQty: step,
    maxQty: '10000000',
    marketStepSize: step,
    marketMinQty: step,
    marketMaxQty: '1000000',
    minNotional: '5',
    multiplierUp: '1.1000',
    multiplierDown: '0.9000',
    maxNumOrders: 200,
    liquidationFee: '0.015000',
    fundingIntervalHours,
    brackets: leverageBrackets([
      [75, '10000', '0.01'],
      [50, '100000', '0.015'],
      [25, '500000', '0.02'],
      [20, '2000000', '0.025'],
      [10, '5000000', '0.05'],
      [5, '10000000', '0.1'],
      [2, '25000000', '0.25'],
      [1, '50000000', '0.5'],
    ]),
  };
}
