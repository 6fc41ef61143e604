// The contract as Binance USD-M describes it in exchangeInfo, fundingInfo and leverageBracket. Decimal texts throughout.

export interface LeverageBracket {
  readonly bracket: number;
  /** Highest leverage allowed while the position's notional is within this bracket. */
  readonly initialLeverage: number;
  readonly notionalFloor: string;
  readonly notionalCap: string;
  /** Maintenance margin = notional at mark x maintMarginRatio - cum. */
  readonly maintMarginRatio: string;
  readonly cum: string;
}

export interface VenueInstrument {
  /** As the venue writes it, for example BTCUSDT. */
  readonly symbol: string;
  readonly baseAsset: string;
  readonly quoteAsset: string;
  readonly marginAsset: string;
  readonly contractType: 'PERPETUAL';
  readonly status: 'TRADING' | 'PENDING_TRADING' | 'SETTLING' | 'CLOSE';
  readonly onboardTime: number;
  /** Decimal places accepted in prices and quantities; they may be more than the tick and the step have. */
  readonly pricePrecision: number;
  readonly quantityPrecision: number;
  readonly tickSize: string;
  readonly minPrice: string;
  readonly maxPrice: string;
  /** LOT_SIZE, for limit orders. */
  readonly stepSize: string;
  readonly minQty: string;
  readonly maxQty: string;
  /** MARKET_LOT_SIZE, for market orders. */
  readonly marketStepSize: string;
  readonly marketMinQty: string;
  readonly marketMaxQty: string;
  readonly minNotional: string;
  /** PERCENT_PRICE: buys up to mark x multiplierUp, sells down to mark x multiplierDown. */
  readonly multiplierUp: string;
  readonly multiplierDown: string;
  readonly maxNumOrders: number;
  /** Share of the notional taken to the insurance fund at a liquidation. */
  readonly liquidationFee: string;
  readonly fundingIntervalHours: number;
  /** Ascending by notional, gapless, the first floor is 0. */
  readonly brackets: readonly LeverageBracket[];
}
