// Orders, conditional orders and trades as the venue writes them. Ids are JSON numbers of up to 19 digits.
import { averagePrice } from '../../../functions/src/domain/matching/algo-execution.ts';
import type { AlgoOrder, IncomeRow, Order, Trade } from '../../../functions/src/domain/matching/exchange-state.ts';
import { text } from '../../../functions/src/domain/money/decimal.ts';
import type { WireValue } from '../wire-json.ts';

type WireObject = Readonly<Record<string, WireValue>>;

/** As a mutation answers: without `time`. */
export function mutatedOrder(order: Order): WireObject {
  return { ...commonFields(order), cumQty: order.executedQty };
}

/** As a query answers. */
export function queriedOrder(order: Order): WireObject {
  return { ...commonFields(order), time: order.time };
}

/** The bare acknowledgement, before anything is said about fills. */
export function acknowledgedOrder(order: Order): WireObject {
  return { ...mutatedOrder(order), status: 'NEW', executedQty: '0', cumQty: '0', cumQuote: '0', avgPrice: '0.00' };
}

function commonFields(order: Order): WireObject {
  return {
    orderId: BigInt(order.orderId),
    symbol: order.symbol,
    status: order.status,
    clientOrderId: order.clientOrderId,
    price: order.price,
    avgPrice: text(averagePrice(order)),
    origQty: order.origQty,
    executedQty: order.executedQty,
    cumQuote: order.cumQuote,
    timeInForce: order.timeInForce,
    type: order.type,
    origType: order.type,
    reduceOnly: order.reduceOnly,
    closePosition: order.closePosition,
    side: order.side,
    positionSide: order.positionSide,
    stopPrice: '0',
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    priceMatch: 'NONE',
    selfTradePreventionMode: 'EXPIRE_MAKER',
    goodTillDate: 0,
    updateTime: order.updateTime,
  };
}

export function placedAlgo(algo: AlgoOrder): WireObject {
  return {
    algoId: BigInt(algo.algoId),
    clientAlgoId: algo.clientAlgoId,
    algoType: 'CONDITIONAL',
    orderType: algo.orderType,
    symbol: algo.symbol,
    side: algo.side,
    positionSide: algo.positionSide,
    timeInForce: 'GTC',
    quantity: algo.quantity,
    algoStatus: algo.algoStatus,
    triggerPrice: algo.triggerPrice,
    price: '0',
    icebergQuantity: null,
    selfTradePreventionMode: 'EXPIRE_MAKER',
    workingType: algo.workingType,
    priceMatch: 'NONE',
    closePosition: algo.closePosition,
    priceProtect: false,
    reduceOnly: algo.reduceOnly,
    activatePrice: algo.activatePrice ?? '',
    callbackRate: algo.callbackRate ?? '',
    createTime: algo.createTime,
    updateTime: algo.updateTime,
    triggerTime: algo.triggerTime,
    goodTillDate: 0,
  };
}

/** A query also tells which order the trigger placed. */
export function queriedAlgo(algo: AlgoOrder): WireObject {
  return { ...placedAlgo(algo), actualOrderId: algo.actualOrderId ?? '', actualPrice: algo.actualPrice };
}

export function describeTrade(trade: Trade): WireObject {
  return {
    symbol: trade.symbol,
    id: BigInt(trade.id),
    orderId: BigInt(trade.orderId),
    side: trade.side,
    price: trade.price,
    qty: trade.qty,
    realizedPnl: trade.realizedPnl,
    quoteQty: trade.quoteQty,
    commission: trade.commission,
    commissionAsset: trade.commissionAsset,
    time: trade.time,
    positionSide: trade.positionSide,
    maker: trade.maker,
    buyer: trade.side === 'BUY',
  };
}

export function describeIncome(row: IncomeRow): WireObject {
  return {
    symbol: row.symbol,
    incomeType: row.incomeType,
    income: row.income,
    asset: row.asset,
    info: row.incomeType,
    time: row.time,
    tranId: BigInt(row.tranId),
    tradeId: row.tradeId,
  };
}
