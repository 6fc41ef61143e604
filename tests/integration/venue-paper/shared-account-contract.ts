// What several function instances over one store must not do to the paper account they share.
import { beforeEach, expect, test } from 'vitest';
import { qty } from '../../../functions/src/domain/money/units.ts';
import type { Store } from '../../../functions/src/ports/store.ts';
import { PAPER_ACCOUNT, PAPER_ACCOUNT_ID } from '../../../functions/src/schema/records/paper-account.ts';
import { accepted, found, limitOrder, marketOrder } from '../../contract/venue/order-requests.ts';
import { stopLoss } from '../../contract/venue/stop-requests.ts';
import { T0, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { type PaperRig, paperRig } from './paper-rig.ts';

const REF = { symbol: 'BTCUSDT', clientOrderId: 'pc-test-0-1' };

export interface SharedStore {
  readonly store: Store;
  /** The next commit is made, and reported as failed. */
  readonly loseNextReply: () => void;
  /** Whether a transaction locks what it has read. */
  readonly hasLocks: boolean;
}

export function sharedAccountContract(start: () => SharedStore): void {
  let shared: SharedStore;
  let rig: PaperRig;
  beforeEach(() => {
    shared = start();
    rig = paperRig(shared.store, T0);
  });

  test('orders of two instances at once are both there', async () => {
    const [one, other] = [rig.instance(), rig.instance()];
    const outcomes = await Promise.all([
      one.place(limitOrder({ clientOrderId: 'one' })),
      other.place(limitOrder({ clientOrderId: 'other', at: '48000' })),
      one.place(marketOrder({ clientOrderId: 'third', symbol: 'ETHUSDT' })),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted', 'accepted']);
    for (const venue of [one, other, rig.instance()]) {
      expect(found(await venue.openOrders()).map(({ clientOrderId }) => clientOrderId).toSorted()).toEqual(['one', 'other']);
      expect(found(await venue.positions()).map(({ symbol }) => symbol)).toEqual(['ETHUSDT']);
    }
    expect(new Set(outcomes.map((outcome) => accepted(outcome).venueOrderId)).size).toBe(3);
  });

  test('two instances at once do not take the same displayed quantity', async () => {
    const ioc = { at: '50000.1', timeInForce: 'IOC', qty: qty('0.7') } as const;
    const orders = await Promise.all(['one', 'other'].map((clientOrderId) => rig.instance().place(limitOrder({ ...ioc, clientOrderId }))));
    expect(orders.map((order) => accepted(order).executedQty.toFixed()).toSorted()).toEqual(['0.3', '0.7']);
  });

  test('a fill that both notice is booked once', async () => {
    const [one, other] = [rig.instance(), rig.instance()];
    await one.place(limitOrder({ at: '49999.9' }));
    rig.happens(quote({ bidPrice: '49999.7', askPrice: '49999.8' }));
    rig.clock.now = T0 + 1000;
    const [mine, theirs] = await Promise.all([one.fillsSince('BTCUSDT', T0), other.fillsSince('BTCUSDT', T0)]);
    expect(found(mine)).toHaveLength(1);
    expect(found(theirs)).toEqual(found(mine));
    expect(found(await rig.instance().positions()).map((position) => position.qty.toFixed())).toEqual(['0.1']);
  });

  test('a new instance goes on where the last one ended', async () => {
    const before = rig.instance();
    await before.place(marketOrder());
    await before.placeStop(stopLoss());
    await before.setLeverage('BTCUSDT', 5);
    const [account, positions, stops] = await Promise.all([before.account(), before.positions(), before.openStops()]);
    const after = rig.instance();
    expect(await Promise.all([after.account(), after.positions(), after.openStops()])).toEqual([account, positions, stops]);
    const order = accepted(await after.place(limitOrder({ clientOrderId: 'next' })));
    expect(order.venueOrderId).toBe('3');
  });

  test('a market order whose commit was wrongly reported as failed has filled once', async () => {
    const venue = rig.instance();
    await venue.account();
    shared.loseNextReply();
    await venue.place(marketOrder());
    expect(found(await venue.positions()).map((position) => position.qty.toFixed())).toEqual(['0.1']);
    expect(found(await venue.fillsSince('BTCUSDT', T0))).toHaveLength(1);
  });

  test('the account is one small document that tells in a line what is held', async () => {
    const venue = rig.instance();
    await venue.place(marketOrder());
    const { record } = await shared.store.get({ record: { collection: PAPER_ACCOUNT, id: PAPER_ACCOUNT_ID } });
    expect(record).toMatchObject({ summary: '9997.499995 USDT, BTCUSDT LONG 0.1, 0 open orders, 0 stops', openedAt: T0, marketAt: T0 });
    expect(record?.books.length).toBeLessThan(4000);
  });

  test('an instance whose clock is behind goes on all the same', async () => {
    rig.clock.now = T0 + 3000;
    await rig.instance().place(limitOrder({ armedAt: T0 + 3000 }));
    rig.clock.now = T0 + 1000;
    const order = accepted(await rig.instance().place(marketOrder({ clientOrderId: 'behind', symbol: 'ETHUSDT' })));
    expect(order).toMatchObject({ status: 'filled', updatedAt: T0 + 3000 });
  });

  test('a placement that stalls before its commit is never stored beside the proof of its absence', async () => {
    // Nothing is left to store but the proof itself.
    await rig.instance().findOrder(REF);
    const { store, reached, release } = stalling(shared.store);
    const placing = rig.instance({ store }).place(limitOrder());
    await reached;
    rig.clock.now = T0 + 5001;
    const finding = rig.instance().findOrder(REF);
    // A store with locks lets the placement go first, one without lets the proof overtake it.
    if (shared.hasLocks) release();
    else await finding;
    release();
    const [placed, order] = await Promise.all([placing, finding]);
    expect([placed.kind, order.kind]).toEqual(shared.hasLocks ? ['accepted', 'found'] : ['notPlaced', 'absent']);
    expect((await rig.instance().findOrder(REF)).kind).toBe(order.kind);
  });
}

interface StallingStore {
  readonly store: Store;
  /** Resolves when the body of the first transaction has run; its commit waits for `release`. */
  readonly reached: Promise<void>;
  readonly release: () => void;
}

function stalling(inner: Store): StallingStore {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  return {
    reached: reached.promise,
    release: released.resolve,
    store: {
      get: (wanted) => inner.get(wanted),
      query: (query) => inner.query(query),
      commit: (write) => inner.commit(write),
      transact: (body) =>
        inner.transact(async (tx) => {
          const result = await body(tx);
          reached.resolve();
          await released.promise;
          return result;
        }),
    },
  };
}
