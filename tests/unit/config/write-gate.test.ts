import { describe, expect, test } from 'vitest';
import { writeGate } from '../../../functions/src/config/write-gate.ts';
import type { SecondKey, WriteGateKeys } from '../../../functions/src/config/write-gate.ts';

const KEYS = {
  ours: { kind: 'found', projectId: 'fund-live' },
  other: { kind: 'found', projectId: 'fund-test' },
  absent: { kind: 'absent' },
  unavailable: { kind: 'unavailable', cause: 'deadline' },
} as const satisfies Record<string, SecondKey>;

const noWrite = 'ALLOW_PROD_WRITE is not set';
const noSync = 'neither ALLOW_PROD_SYNC nor ALLOW_PROD_WRITE is set';
const notOurs = 'control/write_gate names project fund-test, this is fund-live';
const noDocument = 'there is no control/write_gate document';
const unread = 'control/write_gate could not be read: deadline';

type Row = readonly [write: boolean, sync: boolean, key: keyof typeof KEYS, orders: string, state: string];

/** Every combination of the two variables and the four answers of the control document. */
const PROD_ROWS: readonly Row[] = [
  [false, false, 'ours', noWrite, noSync],
  [false, false, 'other', noWrite, noSync],
  [false, false, 'absent', noWrite, noSync],
  [false, false, 'unavailable', noWrite, noSync],
  [false, true, 'ours', noWrite, 'open'],
  [false, true, 'other', noWrite, 'open'],
  [false, true, 'absent', noWrite, 'open'],
  [false, true, 'unavailable', noWrite, 'open'],
  [true, false, 'ours', 'open', 'open'],
  [true, false, 'other', notOurs, 'open'],
  [true, false, 'absent', noDocument, 'open'],
  [true, false, 'unavailable', unread, 'open'],
  [true, true, 'ours', 'open', 'open'],
  [true, true, 'other', notOurs, 'open'],
  [true, true, 'absent', noDocument, 'open'],
  [true, true, 'unavailable', unread, 'open'],
];

function textOf(keys: WriteGateKeys, key: keyof typeof KEYS): readonly [string, string] {
  const { orders, state } = writeGate(keys, KEYS[key]);
  return [orders.kind === 'open' ? 'open' : orders.reason, state.kind === 'open' ? 'open' : state.reason];
}

describe('production', () => {
  test.each(PROD_ROWS)('write %s, sync %s, control document %s: orders %s, state %s', (write, sync, key, orders, state) => {
    const keys: WriteGateKeys = { tradingEnv: 'prod', allowProdWrite: write, allowProdSync: sync, projectId: 'fund-live' };
    expect(textOf(keys, key)).toEqual([orders, state]);
  });

  test.each(PROD_ROWS)('write %s, sync %s, control document %s: it is known whether orders are allowed unless the document alone would say', (write, sync, key) => {
    const { orders } = writeGate({ tradingEnv: 'prod', allowProdWrite: write, allowProdSync: sync, projectId: 'fund-live' }, KEYS[key]);
    expect(orders.kind === 'open' || orders.isKnown).toBe(!(write && key === 'unavailable'));
  });

  test('takes no orders while its own project is not known', () => {
    const keys: WriteGateKeys = { tradingEnv: 'prod', allowProdWrite: true, allowProdSync: true, projectId: null };
    expect(textOf(keys, 'ours')).toEqual(['the project this engine runs in is not known', 'open']);
  });
});

describe.each(['paper', 'testnet'] as const)('%s', (tradingEnv) => {
  test.each(PROD_ROWS)('is open with write %s, sync %s, control document %s', (write, sync, key) => {
    const keys: WriteGateKeys = { tradingEnv, allowProdWrite: write, allowProdSync: sync, projectId: null };
    expect(textOf(keys, key)).toEqual(['open', 'open']);
  });
});
