/** How a world hands over messages and scheduled calls. Every mode is something that Pub/Sub and Scheduler do. */
import type { Fate } from '../../../functions/src/adapters/bus-memory/memory-bus.ts';

export const DELIVERY_MODES = ['redelivered', 'droppedOnFailure', 'twice', 'concurrently'] as const;
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

interface Delivery {
  readonly fate: Fate;
  /** After how long a failed one comes again; null means never. */
  readonly retryMs: number | null;
}

export const DELIVERIES: Readonly<Record<DeliveryMode, Delivery>> = {
  redelivered: { fate: [0], retryMs: 10_000 },
  /** Only the sweep is left. */
  droppedOnFailure: { fate: [0], retryMs: null },
  twice: { fate: [0, 2000], retryMs: 10_000 },
  concurrently: { fate: [0, 0], retryMs: 10_000 },
};
