/**
 * Watches every order and trade of the exchange as it happens, and knows only the exchange, the settings and what the
 * operator said: nothing that the engine believes.
 *
 * 1. No two orders of one intent live at the same time, and no client order id comes twice.
 * 2. No entry exceeds a cap, counting what is open and what works.
 * 7. In production nothing comes in without both keys.
 *
 * Caps are judged at approval, by marks and a NAV that may be minutes old, so an exposure is taken at the lowest mark
 * and held against the highest NAV of the last quarter of an hour, of all that the engine can have seen: what still
 * exceeds is no matter of prices.
 */
import type { ExchangeEvent } from '../../../functions/src/domain/matching/exchange-event.ts';
import type { ExchangeState, Order } from '../../../functions/src/domain/matching/exchange-state.ts';
import type { EngineConfig } from '../../../functions/src/schema/config/engine-config.ts';
import type { TradingState } from '../../../functions/src/schema/scalars.ts';
import { isByHand } from '../others.ts';
import type { Invariant } from '../violation.ts';
import { Extremes } from './extremes.ts';

/** An order that was armed before the operator's word may arrive for so long: deadline, receive window and skew. */
const OPERATOR_GRACE_MS = 20_000;

export interface OrderWatchOptions {
  readonly state: () => ExchangeState;
  /** Every configuration that has been deployed so far. */
  readonly configs: () => readonly EngineConfig[];
  readonly operator: () => { readonly state: TradingState; readonly since: number };
  /** Since when entries of a symbol are held by an operator; null when they are not. */
  readonly disabledSince: (symbol: string) => number | null;
  readonly mayTrade: boolean;
  readonly violated: (invariant: Invariant, detail: string) => void;
}

export class OrderWatch {
  readonly #options: OrderWatchOptions;
  readonly #live = new Map<string, string>();
  readonly #seen = new Map<string, string>();
  readonly #marks = new Map<string, Extremes>();
  readonly #nav = new Extremes();

  constructor(options: OrderWatchOptions) {
    this.#options = options;
  }

  hear(event: ExchangeEvent): void {
    if (event.kind === 'algo' && !this.#options.mayTrade) this.#options.violated('production', `stop ${event.algo.clientAlgoId} reached the venue without both keys`);
    if (event.kind !== 'order' || event.order.origin !== 'user') return;
    const { order } = event;
    if (isByHand(order)) return;
    if (!this.#options.mayTrade) this.#options.violated('production', `order ${order.clientOrderId} reached the venue without both keys`);
    const known = this.#seen.get(order.clientOrderId);
    if (known !== undefined && known !== order.orderId) this.#options.violated('oneLiveOrder', `client order id ${order.clientOrderId} was used for two orders`);
    if (known === undefined) this.#arrived(order);
    const root = rootOf(order.clientOrderId);
    const other = this.#live.get(root);
    const isLive = order.status === 'NEW' || order.status === 'PARTIALLY_FILLED';
    if (known === undefined && other !== undefined) this.#options.violated('oneLiveOrder', `${order.clientOrderId} came while ${other} lived`);
    if (isLive) this.#live.set(root, order.clientOrderId);
    else if (other === order.clientOrderId) this.#live.delete(root);
  }

  /** Whenever somebody may look: what prices and NAV are. */
  note(now: number): void {
    const state = this.#options.state();
    this.#nav.note(now, navUsdOf(state));
    for (const [symbol, market] of Object.entries(state.markets)) {
      if (market.markPrice === null) continue;
      let extremes = this.#marks.get(symbol);
      if (extremes === undefined) this.#marks.set(symbol, (extremes = new Extremes()));
      extremes.note(now, Number(market.markPrice));
    }
  }

  #arrived(order: Order): void {
    this.#seen.set(order.clientOrderId, order.orderId);
    const { state, since } = this.#options.operator();
    const late = order.time - since > OPERATOR_GRACE_MS;
    if (late && (state === 'HALTED' || (state === 'REDUCING' && isEntry(order)))) {
      this.#options.violated('operator', `order ${order.clientOrderId} (${isEntry(order) ? 'entry' : 'exit'}) came ${order.time - since} ms after ${state}`);
    }
    if (!isEntry(order)) return;
    const disabledSince = this.#options.disabledSince(order.symbol);
    if (disabledSince !== null && order.time - disabledSince > OPERATOR_GRACE_MS) {
      this.#options.violated('operator', `entry ${order.clientOrderId} came ${order.time - disabledSince} ms after ${order.symbol} was disabled`);
    }
    this.#judge(order);
  }

  #judge(order: Order): void {
    const lines = this.#lines(order);
    const nav = this.#nav.highest;
    const configs = this.#options.configs();
    const exceeds = (what: string, usd: number, limitUsd: number): void => {
      if (usd > limitUsd * 1.0001) this.#options.violated('caps', `${what}: ${usd.toFixed(2)} USD with order ${order.clientOrderId}, the cap is ${limitUsd.toFixed(2)}`);
    };
    const total = (of: (symbol: string) => boolean): number => [...lines.values()].filter((line) => of(line.symbol)).reduce((sum, line) => sum + line.usd, 0);
    const loosest = (limit: (config: EngineConfig) => number): number => Math.max(...configs.map(limit));
    exceeds('gross exposure', total(() => true), (nav * loosest(({ risk }) => risk.maxGrossExposurePct)) / 100);
    exceeds(`exposure of ${order.symbol}`, total((symbol) => symbol === order.symbol), (nav * loosest(({ risk }) => risk.perSymbol[order.symbol]?.maxExposurePct ?? risk.maxSymbolExposurePct)) / 100);
    const [first] = configs;
    if (first !== undefined) {
      const tier = tierOf(first, order.symbol);
      exceeds(`exposure of tier ${tier}`, total((symbol) => tierOf(first, symbol) === tier), (nav * loosest(({ risk }) => risk.tiers[tier]?.maxExposurePct ?? 0)) / 100);
    }
    const orderUsd = Number(order.origQty) * this.#lowest(order.symbol, Number(order.price));
    exceeds('order', orderUsd, loosest(({ risk }) => Math.min(risk.perSymbol[order.symbol]?.maxOrderNotionalUsd ?? Infinity, (nav * risk.maxTradeNavPct) / 100)));
    const places = loosest(({ risk }) => risk.maxConcurrentPositions);
    if (lines.size > places) this.#options.violated('caps', `${lines.size} positions with order ${order.clientOrderId}, at most ${places} may be open or opening: ${[...lines.keys()].join(', ')}`);
  }

  /** Open positions and working entries by symbol and side, the new order included. */
  #lines(incoming: Order): ReadonlyMap<string, { readonly symbol: string; usd: number }> {
    const lines = new Map<string, { readonly symbol: string; usd: number }>();
    const add = (symbol: string, side: string, qty: number, price: number): void => {
      const key = `${symbol}-${side}`;
      const line = lines.get(key) ?? { symbol, usd: 0 };
      line.usd += qty * price;
      lines.set(key, line);
    };
    const { positions, openOrders } = this.#options.state();
    for (const { symbol, qty } of Object.values(positions)) {
      const amount = Number(qty);
      if (amount !== 0) add(symbol, amount > 0 ? 'long' : 'short', Math.abs(amount), this.#lowest(symbol, Infinity));
    }
    const working = Object.values(openOrders).flat().filter((order) => order.clientOrderId !== incoming.clientOrderId && order.origin === 'user' && isEntry(order));
    for (const order of [...working, incoming]) {
      const left = Number(order.origQty) - Number(order.executedQty);
      add(order.symbol, order.side === 'BUY' ? 'long' : 'short', left, this.#lowest(order.symbol, Number(order.price)));
    }
    return lines;
  }

  #lowest(symbol: string, price: number): number {
    return Math.min(price, this.#marks.get(symbol)?.lowest ?? price);
  }
}

/** Without rounding, which is far less than what is allowed for. */
function navUsdOf({ assets, positions, markets }: ExchangeState): number {
  const unrealized = Object.values(positions).map(({ symbol, qty, cost }) => Number(qty) * Number(markets[symbol]?.markPrice) - Number(cost));
  return unrealized.reduce((sum, usd) => sum + usd, Number(assets['USDT']?.walletBalance));
}

function tierOf({ universe }: EngineConfig, symbol: string): string {
  return universe.symbols.find((entry) => entry.symbol === symbol)?.tier ?? '';
}

/** The part of a client order id that all attempts of an intent share. */
function rootOf(clientOrderId: string): string {
  return clientOrderId.replace(/-[a-z]+\d+$/, '');
}

function isEntry({ positionSide, side, reduceOnly }: Order): boolean {
  if (positionSide === 'BOTH') return !reduceOnly;
  return (positionSide === 'LONG') === (side === 'BUY');
}
