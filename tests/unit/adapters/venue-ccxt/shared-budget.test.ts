/** Several instances behind one address: what one is told, all of them heed. */
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../../functions/src/adapters/store-memory/memory-store.ts';
import type { SharedBudget } from '../../../../functions/src/adapters/venue-ccxt/connection.ts';
import { createCcxtVenue } from '../../../../functions/src/adapters/venue-ccxt/create-ccxt-venue.ts';
import { venueBudgetRecords } from '../../../../functions/src/app/sync/venue-budget-records.ts';
import { RATE_BUDGETS } from '../../../../functions/src/schema/records/rate-budget.ts';
import { NOW, json, scriptedVenue } from './scripted-venue.ts';

const QUOTES = 'GET /fapi/v1/ticker/bookTicker';
const KLINES = 'GET /fapi/v1/klines';
const MINUTE_MS = 60_000;

/** Two instances on one store; `saves` counts what they write. */
async function twoInstances() {
  const wire = await scriptedVenue();
  const clock = { now: () => wire.clock.now, sleep: () => Promise.resolve() };
  const store = createMemoryStore({ namespace: 'paper', stamp: { engineVersion: 'test', configHash: 'test', flags: 'none', runId: () => 'test', now: clock.now } });
  const records = venueBudgetRecords(store, clock, 'binance-usdm');
  const told = { saves: 0, failures: [] as string[], isDown: false };
  const reach = <T>(work: () => Promise<T>): Promise<T> => (told.isDown ? Promise.reject(new Error('the store is down')) : work());
  const shared: SharedBudget = {
    share: {
      load: () => reach(records.load),
      save: (budget) =>
        reach(() => {
          told.saves += 1;
          return records.save(budget);
        }),
      onFailure: (cause) => told.failures.push(cause),
    },
    entriesMaxPct: 60,
  };
  const open = () => createCcxtVenue({ env: 'local', baseUrl: wire.baseUrl, apiKey: 'key', apiSecret: 'secret', clock, writeGate: { kind: 'open' }, shared });
  const stored = async () => (await store.get({ record: { collection: RATE_BUDGETS, id: 'binance-usdm' } })).record;
  const answers = (weight: number): void => {
    wire.script[QUOTES] = json([], 200, { 'x-mbx-used-weight-1m': String(weight) });
    wire.script[KLINES] = json([]);
  };
  return { wire, told, open, stored, answers };
}

describe('instances that share an address', () => {
  test.each([[429, 'too many requests'], [418, 'a ban']])('all stay away after %i (%s) that one of them got, also one that starts later', async (status) => {
    const { wire, open, stored } = await twoInstances();
    const [one, other] = [open(), open()];
    wire.script[QUOTES] = json({ code: -1003, msg: 'Too many requests.' }, status, { 'retry-after': '30' });
    await one.quotes(['BTCUSDT']);
    const sent = wire.requests.length;
    expect(await stored()).toMatchObject({ bannedUntil: NOW + 30_000 });
    for (const instance of [other, open()]) expect(await instance.quotes(['BTCUSDT'])).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('stay away for another 30000 ms') });
    expect(wire.requests).toHaveLength(sent);
    wire.clock.now = NOW + 30_000;
    wire.script[QUOTES] = json([]);
    expect((await other.quotes(['BTCUSDT'])).kind).toBe('found');
  });

  test('write nothing while little is used, and seldom while much is', async () => {
    const { wire, told, open, stored, answers } = await twoInstances();
    const venue = open();
    answers(599);
    for (let call = 0; call < 20; call += 1) await venue.quotes(['BTCUSDT']);
    expect([told.saves, await stored()]).toEqual([0, null]);
    answers(600);
    for (let call = 0; call < 20; call += 1) {
      wire.clock.now += 1000;
      await venue.quotes(['BTCUSDT']);
    }
    expect(told.saves).toBe(4);
    expect(await stored()).toMatchObject({ lines: { weight1m: { used: 600, limit: 2400 } } });
  });

  test('read no candles beyond the share of entries, until the window has ended', async () => {
    const { wire, open, answers } = await twoInstances();
    const [one, other] = [open(), open()];
    answers(1441);
    await one.quotes(['BTCUSDT']);
    expect(await other.candles(['BTCUSDT'], '5m', 1)).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('kept for exits') });
    expect((await other.quotes(['BTCUSDT'])).kind).toBe('found');
    expect(wire.countOf(KLINES)).toBe(0);
    wire.clock.now = NOW - (NOW % MINUTE_MS) + MINUTE_MS;
    await other.candles(['BTCUSDT'], '5m', 1);
    expect(wire.countOf(KLINES)).toBe(1);
  });

  test('go on alone, and say so, while the store cannot be reached', async () => {
    const { told, open, answers } = await twoInstances();
    const venue = open();
    answers(1200);
    told.isDown = true;
    expect((await venue.quotes(['BTCUSDT'])).kind).toBe('found');
    expect(told.failures).toEqual(['the store is down', 'the store is down']);
  });
});
