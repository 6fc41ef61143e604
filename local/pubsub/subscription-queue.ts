/**
 * The messages of one subscription that are not acknowledged yet. Pure bookkeeping: it stores nothing and
 * decides nothing about redelivery, so that the broker can do both in one storage transaction.
 *
 * Invariants
 * 1. Every entry is in exactly one place: ready, parked until its time, leased, or behind the head of its lane.
 * 2. A lane (one per ordering key of an ordered subscription) has at most one entry that is not behind its head,
 *    so a later message of a key is never out while an earlier one is unacknowledged.
 * 3. Ready entries leave in publish order.
 */
import type { Consumer, Outstanding } from './consumer.ts';
import { type Message, messageBytes } from './message.ts';
import { MinHeap } from './min-heap.ts';
import type { Timers } from './timers.ts';

export interface Entry {
  /** Position in publish order over all topics. */
  readonly sequence: number;
  readonly message: Message;
  /** Hand-overs so far. */
  attempts: number;
  /** Epoch ms before which the entry stays parked. */
  notBeforeMs: number;
  /** The attempt for which a delay fault has already been served; 0 for none. */
  delayedAttempt: number;
}

export interface Lease {
  readonly entry: Entry;
  readonly consumer: Consumer;
  /** One per copy that was handed over; settling any of them settles the entry. */
  readonly ackIds: readonly string[];
}

interface TimedLease extends Lease {
  deadline: { cancel(): void };
}

export interface QueueDepth {
  /** Everything that is not acknowledged: ready + blocked + waitingForBackoff + inFlight. */
  readonly unacked: number;
  /** Waiting for a consumer with room. */
  readonly ready: number;
  /** Behind an earlier message of their ordering key. */
  readonly blocked: number;
  readonly waitingForBackoff: number;
  readonly inFlight: number;
  /** Epoch ms at which the first parked message becomes ready. */
  readonly nextRetryAtMs: number | undefined;
  readonly hasConsumer: boolean;
}

const NOTHING: Outstanding = { messages: 0, bytes: 0 };

export class SubscriptionQueue {
  readonly #timers: Timers;
  readonly #ordered: boolean;
  readonly #onReady: () => void;
  readonly #ready = new MinHeap<Entry>((a, b) => a.sequence < b.sequence);
  readonly #parked = new Map<Entry, { cancel(): void }>();
  readonly #lanes = new Map<string, Entry[]>();
  readonly #leases = new Map<string, TimedLease>();
  readonly #consumers = new Map<Consumer, Outstanding>();
  #size = 0;
  #inFlight = 0;

  constructor(timers: Timers, ordered: boolean, onReady: () => void) {
    this.#timers = timers;
    this.#ordered = ordered;
    this.#onReady = onReady;
  }

  add(entry: Entry): void {
    this.#size += 1;
    const key = this.#laneKey(entry);
    if (key !== undefined) {
      const lane = this.#lanes.get(key);
      if (lane) {
        lane.push(entry);
        return;
      }
      this.#lanes.set(key, [entry]);
    }
    this.offer(entry);
  }

  /** Makes an entry ready, at once or when its time has come. */
  offer(entry: Entry): void {
    const waitMs = entry.notBeforeMs - this.#timers.now();
    if (waitMs <= 0) {
      this.#ready.push(entry);
      this.#onReady();
      return;
    }
    const wake = () => {
      this.#parked.delete(entry);
      this.offer(entry);
    };
    this.#parked.set(entry, this.#timers.schedule(waitMs, wake));
  }

  /** The next entry, if there is a consumer with room for it. */
  peek(): { entry: Entry; consumer: Consumer } | undefined {
    const entry = this.#ready.peek();
    if (!entry) return undefined;
    const withRoom = [...this.#consumers].filter(([consumer, held]) => consumer.hasRoom(held));
    const [first, ...others] = withRoom;
    if (!first) return undefined;
    const [consumer] = others.reduce((least, next) => (next[1].messages < least[1].messages ? next : least), first);
    return { entry, consumer };
  }

  /** Takes the entry that `peek` showed. */
  takeReady(): void {
    this.#ready.pop();
  }

  lease(entry: Entry, consumer: Consumer, ackIds: readonly string[], deadlineMs: number, expire: () => void): void {
    const lease: TimedLease = { entry, consumer, ackIds, deadline: this.#timers.schedule(deadlineMs, expire) };
    for (const ackId of ackIds) this.#leases.set(ackId, lease);
    this.#inFlight += 1;
    this.#count(lease, 1);
  }

  /** @returns false when the lease has ended. */
  extend(ackId: string, deadlineMs: number, expire: () => void): boolean {
    const lease = this.#leases.get(ackId);
    if (!lease) return false;
    lease.deadline.cancel();
    lease.deadline = this.#timers.schedule(deadlineMs, expire);
    return true;
  }

  /** Ends the lease, with all its ack ids; undefined when it has ended before. */
  endLease(ackId: string): Lease | undefined {
    const lease = this.#leases.get(ackId);
    if (!lease) return undefined;
    lease.deadline.cancel();
    for (const id of lease.ackIds) this.#leases.delete(id);
    this.#inFlight -= 1;
    this.#count(lease, -1);
    if (this.#ready.size > 0) this.#onReady();
    return lease;
  }

  /** Forgets a settled entry and lets the next one of its key go. */
  remove(entry: Entry): void {
    this.#size -= 1;
    const key = this.#laneKey(entry);
    if (key === undefined) return;
    const lane = this.#lanes.get(key);
    lane?.shift();
    const next = lane?.[0];
    if (next) this.offer(next);
    else this.#lanes.delete(key);
  }

  attach(consumer: Consumer): void {
    this.#consumers.set(consumer, NOTHING);
    if (this.#ready.size > 0) this.#onReady();
  }

  /** What the consumer still holds stays leased until it is settled or its deadline passes. */
  detach(consumer: Consumer): void {
    this.#consumers.delete(consumer);
  }

  closeConsumers(reason: Error): void {
    for (const consumer of this.#consumers.keys()) consumer.close(reason);
    this.#consumers.clear();
  }

  /** Cancels every timer; nothing is delivered afterwards. */
  close(reason: Error): void {
    this.closeConsumers(reason);
    for (const timer of this.#parked.values()) timer.cancel();
    for (const ackId of this.#leases.keys()) this.endLease(ackId)?.consumer.abandon(ackId);
  }

  depth(): QueueDepth {
    const times = Array.from(this.#parked.keys(), (entry) => entry.notBeforeMs);
    const nextRetryAtMs = times.length > 0 ? times.reduce((first, time) => Math.min(first, time)) : undefined;
    return {
      unacked: this.#size,
      ready: this.#ready.size,
      blocked: this.#size - this.#ready.size - this.#parked.size - this.#inFlight,
      waitingForBackoff: this.#parked.size,
      inFlight: this.#inFlight,
      nextRetryAtMs,
      hasConsumer: this.#consumers.size > 0,
    };
  }

  #laneKey(entry: Entry): string | undefined {
    return this.#ordered && entry.message.orderingKey !== '' ? entry.message.orderingKey : undefined;
  }

  #count(lease: Lease, sign: 1 | -1): void {
    const held = this.#consumers.get(lease.consumer);
    if (!held) return;
    const bytes = held.bytes + sign * messageBytes(lease.entry.message);
    this.#consumers.set(lease.consumer, { messages: held.messages + sign, bytes });
  }
}
