// Conditional orders have a store and ids of their own; only `algo-triggers.ts` turns them into orders.
import { decimal } from '../money/decimal.ts';
import { nextId } from './amount.ts';
import { type AlgoRequest, type ParsedAlgo, parseAlgo } from './algo-request.ts';
import { closableQty, isClosing } from './closing-orders.ts';
import type { AlgoOrder, AlgoStatus, ExchangeState } from './exchange-state.ts';
import { type MatchingContext, marketOf } from './matching-context.ts';
import { isTrading } from './order-filters.ts';
import { firstRefusal } from './order-request.ts';
import { referencePrice, triggersAt } from './algo-triggers.ts';
import { type Answer, type Rejection, accept, reject } from './rejection.ts';

const MAX_OPEN_ALGOS = 200;

export function placeAlgo(ctx: MatchingContext, request: AlgoRequest): Answer<AlgoOrder> {
  const { state } = ctx;
  const parsed = parseAlgo(state, request);
  if (!parsed.ok) return parsed;
  const refusal = refuseAlgo(state, parsed.value);
  if (refusal !== null) return refusal;
  const { instrument: _, clientAlgoId, ...terms } = parsed.value;
  const algoId = state.nextOrderId;
  state.nextOrderId = nextId(algoId);
  const trailing = terms.orderType === 'TRAILING_STOP_MARKET' && terms.activatePrice === null;
  const algo: AlgoOrder = {
    ...terms,
    algoId,
    clientAlgoId: clientAlgoId ?? `auto-${algoId}`,
    createTime: state.time,
    algoStatus: 'NEW',
    updateTime: state.time,
    triggerTime: 0,
    actualOrderId: null,
    actualPrice: '0',
    extreme: trailing ? referencePrice(state, terms.symbol, terms.workingType) : null,
    rejectCode: null,
  };
  state.openAlgos.push(algo);
  state.algoIdByClientId[algo.clientAlgoId] = algoId;
  ctx.emit({ kind: 'algo', algo: { ...algo } });
  return accept(algo);
}

export function closeAlgo(ctx: MatchingContext, algo: AlgoOrder, status: Exclude<AlgoStatus, 'NEW'>): void {
  const { state } = ctx;
  const at = state.openAlgos.indexOf(algo);
  if (at < 0) throw new Error(`conditional order ${algo.algoId} is not open and cannot become ${status}`);
  algo.algoStatus = status;
  algo.updateTime = state.time;
  state.openAlgos.splice(at, 1);
  state.closedAlgos[algo.algoId] = algo;
  ctx.emit({ kind: 'algo', algo: { ...algo } });
}

function refuseAlgo(state: ExchangeState, algo: ParsedAlgo): Rejection | null {
  return firstRefusal(
    () => (state.openAlgos.some((open) => open.clientAlgoId === algo.clientAlgoId) ? reject('duplicateClientOrderId') : null),
    () => (isTrading(algo.instrument, marketOf(state, algo.symbol)) ? null : reject('symbolNotTrading')),
    () => (state.openAlgos.length >= MAX_OPEN_ALGOS ? reject('maxStopOrders') : null),
    () => checkHolding(state, algo),
    () => checkPrices(state, algo),
  );
}

function checkHolding(state: ExchangeState, algo: ParsedAlgo): Rejection | null {
  const held = closableQty(state, algo.symbol, algo.side, algo.positionSide);
  if (!algo.closePosition) return isClosing(algo) && decimal(algo.quantity).gt(held) ? reject('reduceOnly') : null;
  if (!isClosing(algo) || held.eq('0')) return reject('closePositionWithoutPosition');
  const exists = state.openAlgos.some(
    (open) =>
      open.closePosition &&
      open.symbol === algo.symbol &&
      open.side === algo.side &&
      open.positionSide === algo.positionSide &&
      open.orderType === algo.orderType,
  );
  return exists ? reject('closePositionExists') : null;
}

/** A trigger already met is refused; so is an activation price on the wrong side of the market. */
function checkPrices(state: ExchangeState, algo: ParsedAlgo): Rejection | null {
  const reference = decimal(referencePrice(state, algo.symbol, algo.workingType));
  if (algo.orderType !== 'TRAILING_STOP_MARKET') return triggersAt(algo, reference) ? reject('wouldTrigger') : null;
  if (algo.activatePrice === null) return null;
  const activate = decimal(algo.activatePrice);
  const ahead = algo.side === 'SELL' ? activate.gt(reference) : activate.lt(reference);
  return ahead ? null : reject('wouldTrigger');
}
