// Everything the exchange knows, as plain JSON: `structuredClone` is a snapshot. Money is decimal text, ids are decimal
// text (they exceed 2^53), times are epoch milliseconds.
//
// Invariants:
// 1. The wallet of an asset equals the sum of its income rows.
// 2. Position quantity equals the sum of signed fills; its cost is their signed value less what closing removed.
// 3. An order is either in `openOrders` of its symbol or in `closedOrders`, never both.
import type { VenueInstrument } from './venue-instrument.ts';

export type Side = 'BUY' | 'SELL';
export type PositionSide = 'LONG' | 'SHORT' | 'BOTH';
export type PositionMode = 'hedge' | 'one-way';
export type MarginType = 'CROSSED' | 'ISOLATED';
export type TimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX';
export type OrderStatus = 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED';
export type OrderOrigin = 'user' | 'algo' | 'liquidation' | 'adl';

export interface Order {
  readonly orderId: string;
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly type: 'LIMIT' | 'MARKET';
  readonly timeInForce: TimeInForce;
  /** "0" for market orders. */
  readonly price: string;
  readonly origQty: string;
  readonly reduceOnly: boolean;
  readonly closePosition: boolean;
  readonly origin: OrderOrigin;
  readonly time: number;
  executedQty: string;
  cumQuote: string;
  status: OrderStatus;
  updateTime: number;
  /** Quantity of others still ahead of us at our price; only meaningful while resting. */
  queueAhead: string;
}

export type AlgoOrderType = 'STOP_MARKET' | 'TAKE_PROFIT_MARKET' | 'TRAILING_STOP_MARKET';
export type AlgoStatus = 'NEW' | 'FINISHED' | 'CANCELED' | 'REJECTED' | 'EXPIRED';
export type WorkingType = 'MARK_PRICE' | 'CONTRACT_PRICE';

export interface AlgoOrder {
  readonly algoId: string;
  readonly clientAlgoId: string;
  readonly orderType: AlgoOrderType;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  /** "0" with closePosition. */
  readonly quantity: string;
  readonly closePosition: boolean;
  readonly reduceOnly: boolean;
  readonly workingType: WorkingType;
  /** "0" for trailing stops. */
  readonly triggerPrice: string;
  readonly activatePrice: string | null;
  /** Percent, trailing stops only. */
  readonly callbackRate: string | null;
  readonly createTime: number;
  algoStatus: AlgoStatus;
  updateTime: number;
  triggerTime: number;
  /** Order that the trigger placed. */
  actualOrderId: string | null;
  actualPrice: string;
  /** Best price since a trailing stop became active; null before. */
  extreme: string | null;
  /** Why a triggered order was refused. */
  rejectCode: number | null;
}

export interface Trade {
  readonly id: string;
  readonly orderId: string;
  readonly symbol: string;
  readonly side: Side;
  readonly positionSide: PositionSide;
  readonly price: string;
  readonly qty: string;
  readonly quoteQty: string;
  readonly commission: string;
  readonly commissionAsset: string;
  readonly realizedPnl: string;
  readonly maker: boolean;
  readonly time: number;
}

export type IncomeType = 'TRANSFER' | 'COMMISSION' | 'REALIZED_PNL' | 'FUNDING_FEE' | 'INSURANCE_CLEAR';

export interface IncomeRow {
  readonly tranId: string;
  readonly incomeType: IncomeType;
  readonly asset: string;
  readonly income: string;
  /** Empty for transfers. */
  readonly symbol: string;
  /** Empty where no trade caused it. */
  readonly tradeId: string;
  readonly time: number;
}

export interface Position {
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** Signed: negative is short. */
  qty: string;
  /** Signed cost basis in the margin asset; entry price = cost / qty. */
  cost: string;
  /** Margin set aside for an isolated position, part of the asset's wallet; "0" when crossed. */
  isolatedWallet: string;
  updateTime: number;
}

export interface DisplayedQuote {
  readonly bidPrice: string;
  readonly bidQty: string;
  readonly askPrice: string;
  readonly askQty: string;
  readonly time: number;
}

export interface SymbolMarket {
  quote: DisplayedQuote | null;
  /** What our takers consumed from each side since that quote. */
  bidTaken: string;
  askTaken: string;
  markPrice: string | null;
  indexPrice: string | null;
  markTime: number;
  lastPrice: string | null;
  lastTime: number;
  /** The rate of the latest settlement. */
  fundingRate: string;
  nextFundingTime: number;
}

export interface SymbolSettings {
  leverage: number;
  marginType: MarginType;
}

export interface FeeRates {
  readonly maker: string;
  readonly taker: string;
}

export interface AssetState {
  walletBalance: string;
  updateTime: number;
  /** Value in USD and the share of it that counts as margin in multi-assets mode. */
  readonly usdRate: string;
  readonly collateralRatio: string;
}

export interface ExchangeState {
  time: number;
  positionMode: PositionMode;
  multiAssets: boolean;
  readonly fees: FeeRates;
  readonly instruments: Record<string, VenueInstrument>;
  readonly assets: Record<string, AssetState>;
  readonly settings: Record<string, SymbolSettings>;
  readonly markets: Record<string, SymbolMarket>;
  /** Keyed `symbol:positionSide`; flat positions stay. */
  readonly positions: Record<string, Position>;
  readonly openOrders: Record<string, Order[]>;
  readonly closedOrders: Record<string, Order>;
  /** Newest order id by `symbol:clientOrderId`. */
  readonly orderIdByClientId: Record<string, string>;
  readonly openAlgos: AlgoOrder[];
  readonly closedAlgos: Record<string, AlgoOrder>;
  readonly algoIdByClientId: Record<string, string>;
  readonly trades: Trade[];
  readonly income: IncomeRow[];
  nextOrderId: string;
  nextTradeId: string;
  nextTranId: string;
}
