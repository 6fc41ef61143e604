import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FirstInOrder } from '../../../../local/firestore/queries/first-in-order.ts';
import { CommitClock } from '../../../../local/firestore/store/commit-clock.ts';
import { DocumentStore } from '../../../../local/firestore/store/document-store.ts';
import { letter } from './arbitrary-values.ts';

const MINUTE_MICROS = 60_000_000;

class TestStore {
  readonly store = new DocumentStore({ dataFile: ':memory:', nowMs: () => 0 });
  readonly database = this.store.database('projects/p/databases/d');

  /** Sets the document, or deletes it when `n` is undefined, at a time in microseconds. */
  write(path: string, n: bigint | undefined, time: number): void {
    const key = this.database.key(path);
    const version = n === undefined ? { key, fields: undefined, updateTime: time } : { key, fields: { n }, createTime: time, updateTime: time };
    this.store.commit(this.database, [version], time);
  }

  read(path: string, time?: number): unknown {
    return this.database.get(path, time)?.fields['n'];
  }
}

describe('reads in the past', () => {
  it('see what was there at their time', () => {
    const test = new TestStore();
    test.write('a/b', 1n, 10);
    test.write('a/b', 2n, 20);
    test.write('a/b', undefined, 30);
    test.write('a/b', 3n, 40);
    expect([9, 10, 19, 20, 30, 39, 40].map((time) => test.read('a/b', time))).toEqual([undefined, 1n, 1n, 2n, undefined, undefined, 3n]);
    expect(test.read('a/b')).toBe(3n);
  });

  it('are refused once their versions are gone', () => {
    const test = new TestStore();
    test.write('a/b', 1n, 10);
    test.write('a/b', 2n, 20);
    test.write('a/c', 1n, 21 + MINUTE_MICROS);
    expect(() => test.store.checkReadTime(19)).toThrow('too old');
  });

  it('forget deleted documents after a while, and collections with them', () => {
    const test = new TestStore();
    test.write('a/b', 1n, 10);
    test.write('a/b', undefined, 20);
    expect(test.database.collectionIds('')).toEqual([]);
    test.write('c/d', 1n, 21 + MINUTE_MICROS);
    expect(test.read('a/b', 10)).toBeUndefined();
  });
});

it('collections are walked in the order of names, whatever the order of writing', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ unit: letter, minLength: 1, maxLength: 3 })), (ids) => {
      const test = new TestStore();
      for (const [n, id] of ids.entries()) test.write(`a/${id}`, BigInt(n), n + 1);
      const scope = { parentPath: '', collectionId: 'a', allDescendants: false };
      const walked = [...test.database.scan(scope)].map(({ key }) => key.path.slice(2));
      expect(walked).toEqual(ids.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    }),
  );
});

it('commit times grow, even when the clock stands still or goes back', () => {
  const times = [5, 5, 3, 8];
  const clock = new CommitClock(() => times.shift() ?? 0, 0);
  expect([clock.next(), clock.next(), clock.next(), clock.next()]).toEqual([5000, 5001, 5002, 8000]);
});

it('a read time includes all commits before it and none after it', () => {
  const clock = new CommitClock(() => 1, 0);
  const before = clock.next();
  const read = clock.readTime();
  expect(read).toBeGreaterThanOrEqual(before);
  expect(clock.next()).toBeGreaterThan(read);
});

it('the first few of many items are those that sorting would put first', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20)), fc.nat(10), (items, limit) => {
      const first = new FirstInOrder<number>((a, b) => a - b, limit);
      for (const item of items) first.add(item);
      expect(first.inOrder()).toEqual(items.toSorted((a, b) => a - b).slice(0, limit));
    }),
  );
});
