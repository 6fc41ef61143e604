/**
 * Exclusive locks on documents, existing or not, by resource name.
 *
 * 1. First come, first served.
 * 2. A wait that would close a circle is refused at once with ABORTED; the client then retries its transaction.
 * 3. A holder that does nothing for too long while others wait is ended (wounded), so that a dead client blocks nobody for long.
 */
import { aborted, cancelled } from '../protocol/status.ts';

export interface LockOwner {
  /** Names this owner holds. Kept by the lock table. */
  readonly held: Set<string>;
  /** Names this owner waits for. Kept by the lock table. */
  readonly waiting: Set<string>;
  /** How long the owner may still do nothing, in milliseconds; undefined while it is doing something. */
  idleAllowance(): number | undefined;
  /** Ends the owner, which must give back its locks. */
  wound(): void;
}

interface Waiter {
  readonly owner: LockOwner;
  readonly grant: () => void;
  readonly refuse: (error: Error) => void;
}

interface Lock {
  holder: LockOwner;
  readonly queue: Waiter[];
}

/** How often a waiter looks whether the holder has become idle. */
const RECHECK_MS = 250;

export class LockTable {
  readonly #locks = new Map<string, Lock>();

  /** Takes all locks, in the order of the names, which keeps circles rare. @throws ABORTED or CANCELLED; locks already held stay held */
  async acquire(owner: LockOwner, names: readonly string[], signal: AbortSignal): Promise<void> {
    for (const name of names.toSorted()) {
      const lock = this.#locks.get(name);
      if (lock === undefined) {
        this.#locks.set(name, { holder: owner, queue: [] });
        owner.held.add(name);
      } else if (lock.holder !== owner) {
        // Locks are taken one after the other, in order.
        // oxlint-disable-next-line no-await-in-loop
        await this.#wait(owner, name, lock, signal);
      }
    }
  }

  release(owner: LockOwner): void {
    for (const name of owner.held) this.#handOver(name);
    owner.held.clear();
    for (const name of owner.waiting) this.#refuse(name, owner, aborted('The transaction ended while it waited for a document lock.'));
  }

  async #wait(owner: LockOwner, name: string, lock: Lock, signal: AbortSignal): Promise<void> {
    const ahead = [lock.holder, ...lock.queue.map((waiter) => waiter.owner)].filter((other) => other !== owner);
    const seen = new Set<LockOwner>();
    // Nobody can wait for an owner that neither holds anything nor stands in a queue.
    const canBeWaitedFor = owner.held.size > 0 || owner.waiting.size > 0;
    if (canBeWaitedFor && ahead.some((other) => this.#waitsFor(other, owner, seen))) {
      throw aborted(`Transactions wait for each other: a lock on ${name} would close the circle. Retry the transaction.`);
    }
    if (signal.aborted) throw cancelled('The client cancelled the call.');
    const cancel = (): void => this.#refuse(name, owner, cancelled('The client cancelled the call while it waited for a document lock.'));
    signal.addEventListener('abort', cancel, { once: true });
    let timer = this.#watch(lock, (next) => (timer = next));
    owner.waiting.add(name);
    try {
      await new Promise<void>((grant, refuse) => lock.queue.push({ owner, grant, refuse }));
    } finally {
      clearTimeout(timer);
      owner.waiting.delete(name);
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Wounds the holder as soon as it has been idle for too long. */
  #watch(lock: Lock, rearmed: (timer: NodeJS.Timeout) => void): NodeJS.Timeout {
    return setTimeout(() => {
      const allowance = lock.holder.idleAllowance();
      if (allowance !== undefined && allowance <= 0) lock.holder.wound();
      rearmed(this.#watch(lock, rearmed));
    }, Math.min(lock.holder.idleAllowance() ?? RECHECK_MS, RECHECK_MS));
  }

  /** Whether `from` waits, directly or through others, for something that `target` has or is first to get. */
  #waitsFor(from: LockOwner, target: LockOwner, seen: Set<LockOwner>): boolean {
    if (from === target) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    for (const name of from.waiting) {
      const lock = this.#locks.get(name);
      if (lock === undefined) continue;
      const ahead = lock.queue.slice(0, lock.queue.findIndex((waiter) => waiter.owner === from));
      if ([lock.holder, ...ahead.map((waiter) => waiter.owner)].some((other) => this.#waitsFor(other, target, seen))) return true;
    }
    return false;
  }

  #handOver(name: string): void {
    const lock = this.#locks.get(name);
    const next = lock?.queue[0]?.owner;
    if (lock === undefined || next === undefined) {
      this.#locks.delete(name);
      return;
    }
    lock.holder = next;
    next.held.add(name);
    for (const waiter of this.#takeWaiters(lock, next)) waiter.grant();
  }

  #refuse(name: string, owner: LockOwner, error: Error): void {
    const lock = this.#locks.get(name);
    if (lock === undefined) return;
    for (const waiter of this.#takeWaiters(lock, owner)) waiter.refuse(error);
  }

  /** Removes an owner's waiters: parallel calls of one transaction may wait for the same lock. */
  #takeWaiters(lock: Lock, owner: LockOwner): Waiter[] {
    const taken = lock.queue.filter((waiter) => waiter.owner === owner);
    const others = lock.queue.filter((waiter) => waiter.owner !== owner);
    lock.queue.splice(0, lock.queue.length, ...others);
    return taken;
  }
}
