import { z } from 'zod';
import type { CancelOutcome, VenueOutcome } from '../../domain/order/venue-order.ts';
import type { Venue } from '../../ports/venue.ts';
import type { CallFailure } from './call-failure.ts';
import type { Connection } from './connection.ts';
import { orderPayload } from './order-payload.ts';
import { asNotSent, outcomeOfFailure } from './outcome-of-failure.ts';
import { wireOrder } from './parse-order.ts';
import type { PositionModeReader } from './position-mode.ts';
import { wireId } from './wire-scalars.ts';

type OrderCalls = Pick<Venue, 'place' | 'cancel' | 'setLeverage'>;

const UNKNOWN_ORDER = '-2011';
/** "No need to change": what was asked for is already so. */
const ALREADY_SO: ReadonlySet<string> = new Set(['-4046', '-4059']);

export function createOrderCalls(connection: Connection, positionMode: PositionModeReader): OrderCalls {
  return {
    async place(request): Promise<VenueOutcome> {
      const mode = await positionMode.read();
      if (!mode.ok) return outcomeOfFailure(asNotSent('position mode', mode.failure));
      const payload = orderPayload(request, mode.value);
      if (!payload.ok) return { kind: 'rejected', code: 'other', venueCode: 'not sent', message: payload.problem };
      const answer = await connection.call('fapiPrivatePostOrder', payload.params, wireOrder, request.armedAt);
      if (answer.ok) return { kind: 'accepted', order: answer.value };
      const outcome = outcomeOfFailure(answer.failure);
      if (outcome.kind === 'rejected' && outcome.code === 'positionModeMismatch') positionMode.forget();
      return outcome;
    },
    async cancel({ symbol, clientOrderId }): Promise<CancelOutcome> {
      const params = { symbol, origClientOrderId: clientOrderId };
      const answer = await connection.call('fapiPrivateDeleteOrder', params, wireOrder);
      return answer.ok ? { kind: 'canceled', order: answer.value } : cancelOutcomeOf(answer.failure);
    },
    async setLeverage(symbol, leverage) {
      const params = { symbol, leverage: String(leverage) };
      const answer = await connection.call('fapiPrivatePostLeverage', params, z.looseObject({ leverage: wireId }));
      if (answer.ok || isAlreadySo(answer.failure)) return { kind: 'accepted' };
      return outcomeOfFailure(answer.failure);
    },
  };
}

/** A cancel that failed for any other reason leaves the order as open as it was, which only a look at it can tell. */
function cancelOutcomeOf(failure: CallFailure): CancelOutcome {
  if (failure.kind === 'refused' && failure.code === UNKNOWN_ORDER) return { kind: 'unknownOrder' };
  const outcome = outcomeOfFailure(failure);
  return { kind: 'ambiguous', cause: outcome.kind === 'rejected' ? `refused with ${outcome.venueCode}: ${outcome.message}` : outcome.cause };
}

function isAlreadySo(failure: CallFailure): boolean {
  return failure.kind === 'refused' && failure.code !== null && ALREADY_SO.has(failure.code);
}
