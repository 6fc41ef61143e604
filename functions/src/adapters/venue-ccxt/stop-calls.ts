/** Conditional orders live on the algo endpoints, with ids and a list of their own. */
import { z } from 'zod';
import type { StopCancelOutcome, StopOutcome } from '../../domain/order/protective-stop.ts';
import type { Venue } from '../../ports/venue.ts';
import type { Connection } from './connection.ts';
import { failedCancel } from './failed-cancel.ts';
import { foundOfCall } from './found-of-call.ts';
import { wireStopOf, wireStops } from './parse-stop.ts';
import { placeByMode } from './place-by-mode.ts';
import type { PositionModeReader } from './position-mode.ts';
import { stopPayload } from './stop-payload.ts';

/** DELETE /fapi/v1/algoOrder answers with no order, only that it is done. */
const wireCanceledStop = (clientStopId: string) => z.looseObject({ clientAlgoId: z.literal(clientStopId), code: z.literal(['200', 200]) });

export function createStopReads(connection: Connection): Pick<Venue, 'openStops' | 'findStop'> {
  return {
    openStops: () => connection.read('fapiPrivateGetOpenAlgoOrders', {}, wireStops),
    async findStop({ symbol, clientStopId }) {
      return foundOfCall(await connection.call('fapiPrivateGetAlgoOrder', { symbol, clientAlgoId: clientStopId }, wireStopOf({ symbol, clientStopId })));
    },
  };
}

export function createStopCalls(connection: Connection, positionMode: PositionModeReader): Pick<Venue, 'placeStop' | 'cancelStop'> {
  return {
    async placeStop(request): Promise<StopOutcome> {
      const placed = await placeByMode(connection, positionMode, {
        endpoint: 'fapiPrivatePostAlgoOrder',
        payload: (mode) => stopPayload(request, mode),
        answer: wireStopOf(request),
        armedAt: request.armedAt,
      });
      return placed.kind === 'accepted' ? { kind: 'accepted', stop: placed.value } : placed;
    },
    async cancelStop({ symbol, clientStopId }): Promise<StopCancelOutcome> {
      const answer = await connection.call('fapiPrivateDeleteAlgoOrder', { symbol, clientAlgoId: clientStopId }, wireCanceledStop(clientStopId));
      if (answer.ok) return { kind: 'canceled' };
      const failed = failedCancel(answer.failure);
      return failed.kind === 'unknown' ? { kind: 'unknownStop' } : failed;
    },
  };
}
