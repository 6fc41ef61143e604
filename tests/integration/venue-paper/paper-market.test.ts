/** What the live market does to a paper account between calls. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import { decimal, sum } from '../../../functions/src/domain/money/decimal.ts';
import { price, qty } from '../../../functions/src/domain/money/units.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { accepted, found, limitOrder, marketOrder } from '../../contract/venue/order-requests.ts';
import { stopLoss } from '../../contract/venue/stop-requests.ts';
import { TEST_STAMP } from '../../contract/store/records.ts';
import { mark, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { MINUTE_MS, type PaperRig, minute, paperRig } from './paper-rig.ts';

/** The first millisecond of a minute. */
const OPENING = Date.UTC(2026, 10, 20, 9, 30);
const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-test-0-1' };
const HOUR_MS = 3_600_000;

let rig: PaperRig;
let venue: Venue;

beforeEach(() => {
  rig = paperRig(createMemoryStore({ namespace: 'paper', stamp: TEST_STAMP }), OPENING);
  venue = rig.instance();
});

async function restingAt(at: string, armedAt: number, over: Parameters<typeof limitOrder>[0] = {}): Promise<void> {
  rig.clock.now = armedAt;
  accepted(await venue.place(limitOrder({ at, armedAt, ...over })));
}

function announce(rate: string, nextFundingTime: number): void {
  rig.happens({ kind: 'funding', symbol: 'BTCUSDT', time: rig.clock.now, rate, nextFundingTime });
}

describe('a resting order and the minutes it lives through', () => {
  test('fills at its price in a minute that traded below it', async () => {
    await restingAt('49995', OPENING);
    rig.btcMinutes.push(minute(OPENING));
    rig.clock.now = OPENING + MINUTE_MS;
    expect(found(await venue.findOrder(REF))).toMatchObject({ status: 'filled', averagePrice: price('49995'), updatedAt: OPENING + MINUTE_MS });
    expect(found(await venue.fillsSince('BTCUSDT', OPENING)).map(({ isMaker }) => isMaker)).toEqual([true]);
  });

  test('does not fill in a minute whose low only touched it', async () => {
    await restingAt('49990', OPENING);
    rig.btcMinutes.push(minute(OPENING, { volume: 1_000_000 }));
    rig.clock.now = OPENING + MINUTE_MS;
    expect(found(await venue.findOrder(REF)).status).toBe('new');
  });

  test('a sell fills in a minute that traded above it', async () => {
    await restingAt('50005', OPENING, { side: 'sell', positionSide: 'short' });
    rig.btcMinutes.push(minute(OPENING));
    rig.clock.now = OPENING + MINUTE_MS;
    expect(found(await venue.findOrder(REF))).toMatchObject({ status: 'filled', averagePrice: price('50005') });
  });

  test('does not fill in a minute that began before it: the low may have been earlier', async () => {
    await restingAt('49995', OPENING + 1);
    rig.btcMinutes.push(minute(OPENING));
    rig.clock.now = OPENING + MINUTE_MS;
    expect(found(await venue.findOrder(REF)).status).toBe('new');
    rig.btcMinutes.push(minute(OPENING + MINUTE_MS));
    rig.clock.now = OPENING + 2 * MINUTE_MS;
    expect(found(await venue.findOrder(REF)).status).toBe('filled');
  });

  test('does not fill in such a minute either when it is read for the sake of another symbol', async () => {
    await restingAt('2995', OPENING, { symbol: 'ETHUSDT', clientOrderId: 'eth' });
    await restingAt('49995', OPENING + 1);
    rig.btcMinutes.push(minute(OPENING), minute(OPENING + MINUTE_MS, { low: 49_999 }));
    rig.ethMinutes.push(minute(OPENING, { high: 3001, low: 2999 }), minute(OPENING + MINUTE_MS, { high: 3001, low: 2990 }));
    rig.clock.now = OPENING + 2 * MINUTE_MS;
    expect(found(await venue.openOrders()).map(({ clientOrderId }) => clientOrderId)).toEqual([REF.clientOrderId]);
  });

  test('gets no more than the minute traded, and no minute counts twice', async () => {
    await restingAt('49995', OPENING);
    rig.btcMinutes.push(minute(OPENING, { volume: 0.04 }));
    for (const after of [0, 20_000, 50_000]) {
      rig.clock.now = OPENING + MINUTE_MS + after;
      expect(found(await venue.findOrder(REF))).toMatchObject({ status: 'partiallyFilled', executedQty: qty('0.04') });
    }
    rig.btcMinutes.push(minute(OPENING + MINUTE_MS, { volume: 0.04 }));
    rig.clock.now = OPENING + 2 * MINUTE_MS;
    expect(found(await venue.findOrder(REF)).executedQty).toEqual(qty('0.08'));
  });

  test('fills in a minute long past when nobody called since, and is told as of then', async () => {
    await restingAt('49995', OPENING);
    rig.btcMinutes.push(minute(OPENING, { low: 49_996 }), minute(OPENING + MINUTE_MS), minute(OPENING + 2 * MINUTE_MS, { low: 49_999 }));
    rig.clock.now = OPENING + HOUR_MS;
    expect(found(await venue.findOrder(REF))).toMatchObject({ status: 'filled', updatedAt: OPENING + 2 * MINUTE_MS });
  });
});

describe('a taking order', () => {
  test('cannot take twice what is displayed once', async () => {
    await venue.place(limitOrder({ at: '50000.1', timeInForce: 'IOC', qty: qty('0.7'), armedAt: OPENING }));
    const second = accepted(await venue.place(limitOrder({ at: '50000.1', timeInForce: 'IOC', qty: qty('0.7'), clientOrderId: 'second', armedAt: OPENING })));
    expect(second).toMatchObject({ status: 'expired', executedQty: qty('0.3') });
    rig.happens(quote({ askQty: '1.1' }));
    const third = accepted(await venue.place(limitOrder({ at: '50000.1', timeInForce: 'IOC', qty: qty('0.7'), clientOrderId: 'third', armedAt: OPENING })));
    expect(third).toMatchObject({ status: 'filled', executedQty: qty('0.7') });
  });

  test('is not placed while its symbol has no quote that could be traded, not even at the last one', async () => {
    accepted(await venue.place(marketOrder({ clientOrderId: 'before', armedAt: OPENING })));
    rig.happens(quote({ bidPrice: '50001', askPrice: '50000' }));
    expect(await venue.place(marketOrder({ armedAt: OPENING }))).toEqual({ kind: 'notPlaced', cause: 'BTCUSDT has no quote or no mark now', retryAfterMs: 1000 });
    expect((await venue.findOrder(REF)).kind).toBe('absent');
  });

  test('is refused in a contract whose margin asset the account does not have', async () => {
    expect(await venue.place(marketOrder({ armedAt: OPENING, symbol: 'BTCUSDC' }))).toMatchObject({ kind: 'rejected', code: 'symbolNotTrading' });
  });
});

describe('funding', () => {
  const settles = OPENING + HOUR_MS;
  const fundingPaid = async (): Promise<readonly string[]> =>
    found(await venue.incomeSince(OPENING)).filter(({ kind }) => kind === 'funding').map(({ amount, at }) => `${amount.toFixed()} at +${at - settles}`);

  test('is paid once the next settlement is announced, at the rate announced before', async () => {
    await venue.place(marketOrder({ armedAt: OPENING }));
    rig.clock.now = settles - 1;
    announce('0.0002', settles);
    expect(await fundingPaid()).toEqual([]);
    rig.clock.now = settles + 2000;
    announce('-0.0009', settles + 8 * HOUR_MS);
    expect(await fundingPaid()).toEqual(['-1 at +0']);
    rig.clock.now += MINUTE_MS;
    expect(await fundingPaid()).toEqual(['-1 at +0']);
  });

  test('is paid for every settlement that passed while nobody called', async () => {
    await venue.place(marketOrder({ armedAt: OPENING }));
    rig.clock.now = settles + 17 * HOUR_MS;
    announce('0.0005', settles + 24 * HOUR_MS);
    expect(await fundingPaid()).toEqual(['-0.5 at +0', `-0.5 at +${8 * HOUR_MS}`, `-0.5 at +${16 * HOUR_MS}`]);
  });

  test('is not paid by who held nothing', async () => {
    await restingAt('40000.1', OPENING, { at: '48000' });
    rig.clock.now = settles + 1;
    announce('0.0005', settles + 8 * HOUR_MS);
    expect(await fundingPaid()).toEqual([]);
  });
});

test('the wallet equals the sum of its income through stops, funding and fees', async () => {
  await venue.place(marketOrder({ armedAt: OPENING }));
  await venue.placeStop(stopLoss({ armedAt: OPENING }));
  rig.happens(quote({ bidPrice: '48990', askPrice: '48990.2' }));
  rig.happens(mark({ markPrice: '48995' }));
  rig.clock.now = OPENING + 5000;
  expect(found(await venue.positions())).toEqual([]);
  const rows = found(await venue.incomeSince(0));
  const [wallet] = found(await venue.account()).balances;
  expect(wallet?.walletBalance).toEqual(sum(rows.map(({ amount }) => amount)));
  expect(wallet?.walletBalance.lt(decimal('10000'))).toBe(true);
});

test('fills of which some are no longer kept are unavailable, never incomplete', async () => {
  const weekLater = OPENING + 8 * 24 * HOUR_MS;
  await venue.place(marketOrder({ armedAt: OPENING }));
  rig.clock.now = weekLater;
  expect(found(await venue.fillsSince('BTCUSDT', OPENING))).toHaveLength(1);
  await venue.place(marketOrder({ clientOrderId: 'second', armedAt: weekLater }));
  rig.clock.now = weekLater + MINUTE_MS;
  await venue.cancel(REF);
  expect(await venue.fillsSince('BTCUSDT', OPENING)).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining('BTCUSDT are kept from after') });
  expect(found(await venue.fillsSince('BTCUSDT', OPENING + 1))).toHaveLength(1);
});

describe('while the market cannot be read', () => {
  beforeEach(async () => {
    await venue.place(limitOrder({ armedAt: OPENING }));
  });

  test.each(['quotes', 'marks'] as const)('without %s the account is unavailable, an order certainly not placed, a cancel a question', async (read) => {
    rig.failNext(read);
    expect(await venue.account()).toMatchObject({ kind: 'unavailable', cause: expect.stringContaining(read) });
    rig.failNext(read);
    expect(await venue.place(marketOrder({ clientOrderId: 'second', armedAt: OPENING }))).toMatchObject({ kind: 'notPlaced', cause: expect.stringContaining(read) });
    rig.failNext(read);
    expect((await venue.cancel(REF)).kind).toBe('ambiguous');
    expect(found(await venue.openOrders()).map(({ clientOrderId }) => clientOrderId)).toEqual([REF.clientOrderId]);
  });

  test('without the minutes it lived through an order is neither open nor filled', async () => {
    rig.clock.now = OPENING + MINUTE_MS;
    rig.failNext('candles');
    expect((await venue.findOrder(REF)).kind).toBe('unavailable');
  });
});

test('an order is seen by whoever asks after it was placed, however long an earlier look takes', async () => {
  const gate = Promise.withResolvers<void>();
  const waits = [gate.promise];
  const slow = rig.instance({
    market: {
      ...rig.market,
      async quotes(symbols) {
        await waits.pop();
        return rig.market.quotes(symbols);
      },
    },
  });
  await venue.place(limitOrder({ armedAt: OPENING }));
  const earlier = slow.openOrders();
  accepted(await slow.place(limitOrder({ clientOrderId: 'second', at: '48000', armedAt: OPENING })));
  const later = slow.openOrders();
  gate.resolve();
  expect(found(await earlier)).toHaveLength(1);
  expect(found(await later)).toHaveLength(2);
});

describe('what is read', () => {
  test('is nothing while nothing is at stake', async () => {
    await Promise.all([venue.account(), venue.positions(), venue.incomeSince(0), venue.openStops()]);
    expect(rig.calls).toEqual([]);
  });

  test('is one quote and one mark call for all that a sync asks at once', async () => {
    await venue.place(marketOrder({ armedAt: OPENING }));
    const before = rig.calls.length;
    await Promise.all([venue.account(), venue.positions(), venue.incomeSince(0), venue.openOrders()]);
    expect(rig.calls.slice(before)).toEqual(['quotes BTCUSDT', 'marks BTCUSDT']);
  });

  test('is the contract’s terms at first use and once a day', async () => {
    const termsRead = (): number => rig.calls.filter((call) => call.startsWith('instruments')).length;
    await venue.place(limitOrder({ armedAt: OPENING }));
    await venue.findOrder(REF);
    expect(termsRead()).toBe(1);
    rig.clock.now = OPENING + 24 * HOUR_MS;
    await venue.findOrder(REF);
    await venue.findOrder(REF);
    expect(termsRead()).toBe(2);
  });
});
