/** Placing what is written differently in each position mode: nothing is sent while the mode is unknown. */
import type { z } from 'zod';
import type { PositionMode } from '../../domain/account/account.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Endpoint } from './binance-client.ts';
import type { Connection } from './connection.ts';
import type { OrderPayload } from './order-payload.ts';
import { type FailedOutcome, asNotSent, outcomeOfFailure } from './outcome-of-failure.ts';
import type { PositionModeReader } from './position-mode.ts';

export interface Placement<T> {
  readonly endpoint: Endpoint;
  readonly payload: (mode: PositionMode) => OrderPayload;
  readonly answer: z.ZodType<T>;
  /** Signed as the request's timestamp. */
  readonly armedAt: EpochMs;
}

export type Placed<T> = { readonly kind: 'accepted'; readonly value: T } | FailedOutcome;

export async function placeByMode<T>(connection: Connection, positionMode: PositionModeReader, placement: Placement<T>): Promise<Placed<T>> {
  const mode = await positionMode.known();
  if (!mode.ok) return outcomeOfFailure(asNotSent('position mode', mode.failure));
  const payload = placement.payload(mode.value);
  if (!payload.ok) return { kind: 'rejected', code: 'other', venueCode: 'not sent', message: payload.problem };
  const answer = await connection.call(placement.endpoint, payload.params, placement.answer, placement.armedAt);
  if (answer.ok) return { kind: 'accepted', value: answer.value };
  const outcome = outcomeOfFailure(answer.failure);
  if (outcome.kind === 'rejected' && outcome.code === 'positionModeMismatch') positionMode.forget();
  return outcome;
}
