import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LockTable } from '../../../../local/firestore/transactions/lock-table.ts';
import type { LockOwner } from '../../../../local/firestore/transactions/lock-table.ts';

const never = new AbortController().signal;

class Owner implements LockOwner {
  readonly held = new Set<string>();
  readonly waiting = new Set<string>();
  allowance: number | undefined = undefined;
  readonly wound: () => void;

  constructor(table: LockTable) {
    this.wound = () => table.release(this);
  }

  idleAllowance(): number | undefined {
    return this.allowance;
  }
}

let table: LockTable;
beforeEach(() => {
  vi.useFakeTimers();
  table = new LockTable();
});
afterEach(() => {
  vi.useRealTimers();
});

const newOwner = (): Owner => new Owner(table);

describe('a lock', () => {
  it('is held by one owner at a time, first come, first served', async () => {
    const [a, b, c] = [newOwner(), newOwner(), newOwner()];
    const order: string[] = [];
    await table.acquire(a, ['x'], never);
    const second = table.acquire(b, ['x'], never).then(() => order.push('b'));
    const third = table.acquire(c, ['x'], never).then(() => order.push('c'));
    expect([b.held.size, c.held.size]).toEqual([0, 0]);
    table.release(a);
    await second;
    expect([...b.held]).toEqual(['x']);
    table.release(b);
    await third;
    expect(order).toEqual(['b', 'c']);
  });

  it('may be taken again by its holder', async () => {
    const a = newOwner();
    await table.acquire(a, ['x', 'x'], never);
    await table.acquire(a, ['x'], never);
    expect([...a.held]).toEqual(['x']);
  });

  it('is given to all parallel calls of the owner that is next', async () => {
    const [a, b] = [newOwner(), newOwner()];
    await table.acquire(a, ['x'], never);
    const both = Promise.all([table.acquire(b, ['x'], never), table.acquire(b, ['x'], never)]);
    table.release(a);
    await both;
    expect([...b.held]).toEqual(['x']);
  });

  it('is forgotten when nobody wants it any more', async () => {
    const [a, b] = [newOwner(), newOwner()];
    await table.acquire(a, ['x'], never);
    table.release(a);
    await table.acquire(b, ['x'], never);
    expect([a.held.size, b.held.size]).toEqual([0, 1]);
  });
});

describe('a wait', () => {
  it('that closes a circle of two is refused, and the other owner goes on', async () => {
    const [a, b] = [newOwner(), newOwner()];
    await table.acquire(a, ['x'], never);
    await table.acquire(b, ['y'], never);
    const waiting = table.acquire(a, ['y'], never);
    await expect(table.acquire(b, ['x'], never)).rejects.toThrow('close the circle');
    table.release(b);
    await waiting;
    expect([...a.held].toSorted()).toEqual(['x', 'y']);
  });

  it('that closes a circle of three is refused', async () => {
    const [a, b, c] = [newOwner(), newOwner(), newOwner()];
    await Promise.all([table.acquire(a, ['x'], never), table.acquire(b, ['y'], never), table.acquire(c, ['z'], never)]);
    const waits = [table.acquire(a, ['y'], never), table.acquire(b, ['z'], never)];
    await expect(table.acquire(c, ['x'], never)).rejects.toThrow('close the circle');
    table.release(c);
    table.release(b);
    await expect(Promise.all(waits)).resolves.toHaveLength(2);
  });

  it('that closes a circle through a place in a queue is refused', async () => {
    const [a, b, c] = [newOwner(), newOwner(), newOwner()];
    await table.acquire(a, ['x'], never);
    await table.acquire(c, ['y'], never);
    // b stands before c in the queue for x, and waits for y, which c holds.
    const parallel = [table.acquire(b, ['x'], never), table.acquire(b, ['y'], never)];
    await expect(table.acquire(c, ['x'], never)).rejects.toThrow('close the circle');
    table.release(a);
    table.release(c);
    await expect(Promise.all(parallel)).resolves.toHaveLength(2);
  });

  it('ends with CANCELLED when the client gives up, and the queue moves on', async () => {
    const [a, b, c] = [newOwner(), newOwner(), newOwner()];
    const controller = new AbortController();
    await table.acquire(a, ['x'], never);
    const cancelled = table.acquire(b, ['x'], controller.signal);
    const third = table.acquire(c, ['x'], never);
    controller.abort();
    await expect(cancelled).rejects.toThrow('cancelled');
    table.release(a);
    await third;
    expect([...c.held]).toEqual(['x']);
  });

  it('ends when its own transaction ends', async () => {
    const [a, b] = [newOwner(), newOwner()];
    await table.acquire(a, ['x'], never);
    const waiting = table.acquire(b, ['x'], never);
    table.release(b);
    await expect(waiting).rejects.toThrow('ended while it waited');
    expect(b.waiting.size).toBe(0);
  });
});

describe('a holder', () => {
  it('that has been idle for too long is ended for the sake of those who wait', async () => {
    const [a, b] = [newOwner(), newOwner()];
    await table.acquire(a, ['x'], never);
    a.allowance = 0;
    const waiting = table.acquire(b, ['x'], never);
    await vi.advanceTimersByTimeAsync(300);
    await waiting;
    expect([a.held.size, b.held.size]).toEqual([0, 1]);
  });

  it('that is busy is waited for', async () => {
    const [a, b] = [newOwner(), newOwner()];
    await table.acquire(a, ['x'], never);
    const waiting = table.acquire(b, ['x'], never);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([a.held.size, b.held.size]).toEqual([1, 0]);
    table.release(a);
    await waiting;
    expect(b.held.size).toBe(1);
  });
});
