/**
 * Delivery faults for tests. A policy is a pure function of the delivery, so a run with the same seed and the
 * same messages fails in the same places, whatever the timing.
 */
import { createHash } from 'node:crypto';

export interface DeliveryFacts {
  readonly subscription: string;
  readonly messageId: string;
  readonly orderingKey: string;
  /** 1 for the first delivery. */
  readonly attempt: number;
}

export type FaultDecision =
  | { readonly kind: 'deliver' }
  /** Hand over twice in a row, each with an ack id of its own. */
  | { readonly kind: 'duplicate' }
  /** Hold back once; the attempt is not counted until the message is handed over. */
  | { readonly kind: 'delay'; readonly delayMs: number }
  /** Lose this hand-over; the message comes again after its ack deadline. */
  | { readonly kind: 'drop' };

export type DeliveryFaults = (delivery: DeliveryFacts) => FaultDecision;

export const noFaults: DeliveryFaults = () => ({ kind: 'deliver' });

export interface FaultRates {
  readonly seed: number;
  /** Shares of deliveries, each 0 to 1, together at most 1. */
  readonly duplicate?: number;
  readonly delay?: number;
  readonly drop?: number;
  /** Longest delay in ms. */
  readonly maxDelayMs?: number;
}

/** Two numbers in [0, 1) that depend on the seed and the delivery only. */
function draws(seed: number, delivery: DeliveryFacts): [choice: number, size: number] {
  const text = JSON.stringify([seed, delivery.subscription, delivery.messageId, delivery.attempt]);
  const digest = createHash('sha256').update(text).digest();
  return [digest.readUInt32BE(0) / 2 ** 32, digest.readUInt32BE(4) / 2 ** 32];
}

/** @throws RangeError when a rate is outside 0 to 1 or the rates add up to more than 1. */
export function seededFaults(rates: FaultRates): DeliveryFaults {
  const { seed, duplicate = 0, delay = 0, drop = 0, maxDelayMs = 1_000 } = rates;
  const wrong = [duplicate, delay, drop].some((rate) => !(rate >= 0 && rate <= 1)) || duplicate + delay + drop > 1;
  if (wrong) {
    throw new RangeError(`duplicate ${duplicate}, delay ${delay} and drop ${drop} must each be 0 to 1 and together at most 1`);
  }
  return (delivery) => {
    const [choice, size] = draws(seed, delivery);
    if (choice < duplicate) return { kind: 'duplicate' };
    if (choice < duplicate + delay) return { kind: 'delay', delayMs: 1 + Math.floor(size * maxDelayMs) };
    if (choice < duplicate + delay + drop) return { kind: 'drop' };
    return { kind: 'deliver' };
  };
}
