import { z } from 'zod';
import { collection } from '../collection.ts';
import { decimalText, epochMs, positionSide, positiveDecimalText, side, symbolText } from '../scalars.ts';

/**
 * The life of one attempt at the venue.
 * armed: written, perhaps sent. ambiguous: sent, answer unclear. working: the venue has it.
 * Terminal: filled, canceled, expired, rejected, absent (proven never to have been placed).
 */
export const orderStatus = z.enum([
  'armed',
  'ambiguous',
  'working',
  'filled',
  'canceled',
  'expired',
  'rejected',
  'absent',
]);
export type OrderStatus = z.infer<typeof orderStatus>;

/** `orders/{clientOrderId}`: one attempt, written before the venue is called. */
export const orderRecord = z.strictObject({
  clientOrderId: z.string(),
  intentId: z.string(),
  attempt: z.int().positive(),
  leg: z.enum(['maker', 'taker']),
  /** Of the intent's slice plan, from 1; 1 for an intent without one. */
  slice: z.int().positive(),
  symbol: symbolText,
  side,
  positionSide,
  reducing: z.boolean(),
  type: z.enum(['limit', 'market']),
  timeInForce: z.enum(['GTX', 'IOC', 'GTC']).nullable(),
  qty: positiveDecimalText,
  price: positiveDecimalText.nullable(),
  status: orderStatus,
  statusReason: z.string().nullable(),
  venueOrderId: z.string().nullable(),
  /** As the venue reports it; `bookedQty` is what our fills explain. A terminal order is settled when they agree. */
  executedQty: decimalText,
  bookedQty: decimalText,
  /** Mid price when the attempt was armed, for slippage. */
  arrivalMid: positiveDecimalText,
  armedAt: epochMs,
  /** The request is invalid at the venue from here on: only then can absence be proven. */
  invalidAfterAt: epochMs,
  /** A maker attempt is cancelled from here on. */
  restUntilAt: epochMs.nullable(),
  /** The venue asked us not to try again before this. */
  retryAfterAt: epochMs.nullable(),
  ackedAt: epochMs.nullable(),
  cancelRequestedAt: epochMs.nullable(),
  terminalAt: epochMs.nullable(),
});
export type OrderRecord = z.infer<typeof orderRecord>;
export const ORDERS = collection('orders', 1, orderRecord);
