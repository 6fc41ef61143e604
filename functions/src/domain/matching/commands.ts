// What an account holder (or the venue itself) can ask of the exchange, each with its argument as plain JSON so that commands
// can be journaled and replayed.
import { decimal, isNegative } from '../money/decimal.ts';
import { type LeverageSetting, setLeverage, setMarginType, setMultiAssets, setPositionMode } from './account-settings.ts';
import { placeAlgo } from './algo-orders.ts';
import type { AlgoRequest } from './algo-request.ts';
import { type Deleveraging, deleverage } from './auto-deleveraging.ts';
import { type AlgoKey, type OrderKey, cancelAlgo, cancelAllAlgos, cancelAllOrders, cancelOrder } from './cancel-order.ts';
import { addInstrument, transfer } from './exchange-setup.ts';
import type { AlgoOrder, MarginType, Order, PositionMode } from './exchange-state.ts';
import { availableBalance } from './margin.ts';
import type { MatchingContext } from './matching-context.ts';
import type { OrderRequest } from './order-request.ts';
import { placeOrder } from './place-order.ts';
import { type Answer, accept, reject } from './rejection.ts';
import type { VenueInstrument } from './venue-instrument.ts';

export interface CommandArguments {
  placeOrder: OrderRequest;
  cancelOrder: OrderKey;
  cancelAllOrders: { readonly symbol: string };
  placeAlgo: AlgoRequest;
  cancelAlgo: AlgoKey;
  cancelAllAlgos: { readonly symbol: string };
  setLeverage: { readonly symbol: string; readonly leverage: number };
  setMarginType: { readonly symbol: string; readonly marginType: MarginType };
  setPositionMode: { readonly mode: PositionMode };
  setMultiAssets: { readonly enabled: boolean };
  /** Negative amounts are withdrawals. */
  transfer: { readonly asset: string; readonly amount: string };
  deleverage: Deleveraging;
  /** Lists a new instrument or replaces the terms of one, its status included. */
  listInstrument: { readonly instrument: VenueInstrument; readonly leverage: number };
}

export interface CommandResults {
  placeOrder: Order;
  cancelOrder: Order;
  cancelAllOrders: readonly Order[];
  placeAlgo: AlgoOrder;
  cancelAlgo: AlgoOrder;
  cancelAllAlgos: readonly AlgoOrder[];
  setLeverage: LeverageSetting;
  setMarginType: null;
  setPositionMode: null;
  setMultiAssets: null;
  transfer: null;
  deleverage: Order;
  listInstrument: null;
}

export type CommandName = keyof CommandArguments;

type Handlers = {
  readonly [Name in CommandName]: (ctx: MatchingContext, argument: CommandArguments[Name]) => Answer<CommandResults[Name]>;
};

export const COMMANDS: Handlers = {
  placeOrder,
  cancelOrder,
  cancelAllOrders: (ctx, { symbol }) => cancelAllOrders(ctx, symbol),
  placeAlgo,
  cancelAlgo,
  cancelAllAlgos: (ctx, { symbol }) => cancelAllAlgos(ctx, symbol),
  setLeverage: ({ state }, { symbol, leverage }) => setLeverage(state, symbol, leverage),
  setMarginType: ({ state }, { symbol, marginType }) => setMarginType(state, symbol, marginType),
  setPositionMode: ({ state }, { mode }) => setPositionMode(state, mode),
  setMultiAssets: ({ state }, { enabled }) => setMultiAssets(state, enabled),
  transfer: moveFunds,
  deleverage,
  listInstrument: ({ state }, { instrument, leverage }) => {
    addInstrument(state, instrument, leverage);
    return accept(null);
  },
};

function moveFunds(ctx: MatchingContext, { asset, amount }: CommandArguments['transfer']): Answer<null> {
  if (ctx.state.assets[asset] === undefined) return reject('parameterValue', 'asset');
  const moved = decimal(amount);
  if (isNegative(moved) && isNegative(availableBalance(ctx.state, asset).plus(moved))) return reject('balanceInsufficient');
  transfer(ctx, asset, moved);
  return accept(null);
}
