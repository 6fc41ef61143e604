import { z } from 'zod';
import type { CancelOutcome, VenueOutcome } from '../../domain/order/venue-order.ts';
import type { Venue } from '../../ports/venue.ts';
import type { CallFailure } from './call-failure.ts';
import type { Connection } from './connection.ts';
import { failedCancel } from './failed-cancel.ts';
import { orderPayload } from './order-payload.ts';
import { outcomeOfFailure } from './outcome-of-failure.ts';
import { wireOrderOf } from './parse-order.ts';
import { placeByMode } from './place-by-mode.ts';
import type { PositionModeReader } from './position-mode.ts';
import { wireId } from './wire-scalars.ts';

type OrderCalls = Pick<Venue, 'place' | 'cancel' | 'setLeverage' | 'setMarginMode'>;

/** "No need to change": what was asked for is already so. */
const ALREADY_SO: ReadonlySet<string> = new Set(['-4046', '-4059']);

export function createOrderCalls(connection: Connection, positionMode: PositionModeReader): OrderCalls {
  return {
    async place(request): Promise<VenueOutcome> {
      const placed = await placeByMode(connection, positionMode, {
        endpoint: 'fapiPrivatePostOrder',
        payload: (mode) => orderPayload(request, mode),
        answer: wireOrderOf(request).refine(({ side, qty }) => side === request.side && qty.eq(request.qty), 'the side and quantity that were sent'),
        armedAt: request.armedAt,
      });
      return placed.kind === 'accepted' ? { kind: 'accepted', order: placed.value } : placed;
    },
    async cancel({ symbol, clientOrderId }): Promise<CancelOutcome> {
      const params = { symbol, origClientOrderId: clientOrderId };
      const answer = await connection.call('fapiPrivateDeleteOrder', params, wireOrderOf({ symbol, clientOrderId }));
      if (answer.ok) return { kind: 'canceled', order: answer.value };
      const failed = failedCancel(answer.failure);
      return failed.kind === 'unknown' ? { kind: 'unknownOrder' } : failed;
    },
    async setLeverage(symbol, leverage) {
      const params = { symbol, leverage: String(leverage) };
      const answer = await connection.call('fapiPrivatePostLeverage', params, z.looseObject({ symbol: z.literal(symbol), leverage: wireId.refine((set) => set === String(leverage), `leverage ${leverage}`) }));
      if (answer.ok || isAlreadySo(answer.failure)) return { kind: 'accepted' };
      return outcomeOfFailure(answer.failure);
    },
    async setMarginMode(symbol, marginMode) {
      const params = { symbol, marginType: marginMode === 'cross' ? 'CROSSED' : 'ISOLATED' };
      const answer = await connection.call('fapiPrivatePostMarginType', params, z.looseObject({ code: z.literal(200) }));
      if (answer.ok || isAlreadySo(answer.failure)) return { kind: 'accepted' };
      return outcomeOfFailure(answer.failure);
    },
  };
}

function isAlreadySo(failure: CallFailure): boolean {
  return failure.kind === 'refused' && failure.code !== null && ALREADY_SO.has(failure.code);
}
