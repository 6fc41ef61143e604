import { describe, expect, it } from 'vitest';
import { applyTransform } from '../../../../local/firestore/writes/field-transform.ts';
import type { FieldTransform } from '../../../../local/firestore/writes/field-transform.ts';
import { Timestamp } from '../../../../local/firestore/values/value.ts';
import type { Value } from '../../../../local/firestore/values/value.ts';

const COMMIT_TIME = 5_000_123;
const path = ['f'];
const apply = (transform: FieldTransform, before: Value | undefined): Value => applyTransform(transform, before, COMMIT_TIME).value;
const maximum = (before: Value | undefined, operand: number | bigint): Value => apply({ path, kind: 'maximum', operand }, before);
const minimum = (before: Value | undefined, operand: number | bigint): Value => apply({ path, kind: 'minimum', operand }, before);
const increment = (before: Value | undefined, operand: number | bigint): Value => apply({ path, kind: 'increment', operand }, before);

describe('maximum and minimum', () => {
  it('take the kind of the number that wins', () => {
    expect(maximum(1n, 2.5)).toBe(2.5);
    expect(maximum(3n, 2.5)).toBe(3n);
    expect(minimum(1.5, 1n)).toBe(1n);
  });

  it('keep what is stored when both are equal', () => {
    expect(maximum(3n, 3)).toBe(3n);
    expect(Object.is(maximum(-0, 0), -0)).toBe(true);
    expect(Object.is(minimum(0, -0), 0)).toBe(true);
  });

  it('are NaN when one of both is', () => {
    expect(maximum(5n, Number.NaN)).toBeNaN();
    expect(minimum(Number.NaN, 5n)).toBeNaN();
  });

  it('take the operand when there is no number', () => {
    expect(maximum(undefined, -1n)).toBe(-1n);
    expect(minimum('text', 9n)).toBe(9n);
  });
});

describe('increment', () => {
  it('stops at both ends of the 64-bit range', () => {
    expect(increment(2n ** 63n - 2n, 5n)).toBe(2n ** 63n - 1n);
    expect(increment(-(2n ** 63n), -1n)).toBe(-(2n ** 63n));
  });

  it('is a double as soon as one side is', () => {
    expect(increment(1n, 1)).toBe(2);
    expect(increment(1, 1n)).toBe(2);
  });
});

describe('array operations', () => {
  it('find numbers of the other kind', () => {
    expect(apply({ path, kind: 'append-missing', elements: [3] }, [3n])).toEqual([3n]);
    expect(apply({ path, kind: 'remove-all', elements: [3] }, [3n, 4n])).toEqual([4n]);
  });

  it('tell the client null', () => {
    expect(applyTransform({ path, kind: 'append-missing', elements: [1n] }, undefined, COMMIT_TIME).result).toBeNull();
  });
});

it('the server time has milliseconds', () => {
  expect(apply({ path, kind: 'server-time' }, 'anything')).toEqual(new Timestamp(5, 0));
});
