/**
 * The way between one run and the store, the bus and the venue: everything takes time, requests and replies get lost,
 * and a run that has died hears no answer, though what it sent arrives. The venue's own deadline is kept as its adapter
 * does: past it a mutation is ambiguous and a read unavailable, while the request may still be on its way.
 */
import type { Bus } from '../../functions/src/ports/bus.ts';
import type { Clock } from '../../functions/src/ports/clock.ts';
import type { Store, Transaction } from '../../functions/src/ports/store.ts';
import type { Venue } from '../../functions/src/ports/venue.ts';
import type { RejectCode } from '../../functions/src/domain/order/venue-order.ts';
import type { Chaos } from './chaos.ts';
import type { Run } from './run.ts';

const SLOW_MS = 20_000;
const LATE_MS = 15_000;

export interface Route {
  readonly run: Run;
  readonly chaos: Chaos;
  readonly clock: Clock;
}

async function travel({ chaos, clock }: Route, kind: 'store' | 'venue'): Promise<void> {
  const slow = chaos.strike(`${kind}.slow`);
  const usual = kind === 'store' ? 1 + chaos.draw('store.ms') * 15 : 5 + chaos.draw('venue.ms') * 120;
  await clock.sleep(Math.ceil(slow === null ? usual : slow.unit() * SLOW_MS));
}

export function storeOver(route: Route, store: Store): Store {
  const { run } = route;
  return {
    get: (wanted) =>
      run.received(
        (async () => {
          await travel(route, 'store');
          return store.get(wanted);
        })(),
      ),
    query: (query) =>
      run.received(
        (async () => {
          await travel(route, 'store');
          return store.query(query);
        })(),
      ),
    commit: (write) =>
      run.received(
        (async () => {
          await travel(route, 'store');
          await store.commit(write);
          await travel(route, 'store');
        })(),
      ),
    transact: (body) =>
      run.received(
        (async () => {
          const result = await store.transact((tx) => body(transactionOver(route, tx)));
          await travel(route, 'store');
          return result;
        })(),
      ),
  };
}

function transactionOver(route: Route, tx: Transaction): Transaction {
  return {
    get: (wanted) =>
      route.run.received(
        (async () => {
          await travel(route, 'store');
          return tx.get(wanted);
        })(),
      ),
    create: (collection, id, data) => tx.create(collection, id, data),
    set: (collection, id, data) => tx.set(collection, id, data),
    delete: (collection, id) => tx.delete(collection, id),
  };
}

export function busOver(route: Route, bus: Bus): Bus {
  return {
    publish: (topic, wakeUps) =>
      route.run.received(
        (async () => {
          await travel(route, 'store');
          await bus.publish(topic, wakeUps);
        })(),
      ),
  };
}

const REFUSALS: readonly RejectCode[] = ['insufficientMargin', 'filter', 'tooManyOrders', 'symbolNotTrading', 'reduceRejected', 'other'];
const RETRY_AFTER_MS = 1000;

type Unavailable = { readonly kind: 'unavailable'; readonly cause: string };
type Ambiguous = { readonly kind: 'ambiguous'; readonly cause: string };
type NotPlaced = { readonly kind: 'notPlaced'; readonly cause: string; readonly retryAfterMs: number };
type Rejected = { readonly kind: 'rejected'; readonly code: RejectCode; readonly venueCode: string; readonly message: string };

const unavailable = (name: string, cause: string): Unavailable => ({ kind: 'unavailable', cause: `${name}: ${cause}` });

/** `arrive` is called when a request reaches the exchange, so that the market there is of that time. */
export function venueOver(route: Route, venue: Venue, deadlineMs: number, arrive: () => void): Venue {
  const { run, chaos, clock } = route;

  const within = async <R>(call: Promise<R>, pastDeadline: R): Promise<R> => {
    const deadline = clock.sleep(deadlineMs).then(() => pastDeadline);
    return run.received(Promise.race([call, deadline]));
  };

  const read = <A extends readonly unknown[], R extends { readonly kind: string }>(name: string, ask: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R | Unavailable> => {
      const call = async () => {
        await travel(route, 'venue');
        if (chaos.strike('venue.refused', name) !== null) return unavailable(name, '503, overloaded');
        arrive();
        const answer = await ask(...args);
        await travel(route, 'venue');
        return chaos.strike('venue.replyLost', name) === null ? answer : unavailable(name, 'connection reset');
      };
      return within<R | Unavailable>(call(), unavailable(name, 'no answer within the deadline'));
    };

  const mutate = <A extends readonly unknown[], R extends { readonly kind: string }>(name: string, order: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R | Ambiguous | 'refused'> => {
      const ambiguous = (cause: string): Ambiguous => ({ kind: 'ambiguous', cause: `${name}: ${cause}` });
      const call = async (): Promise<R | Ambiguous | 'refused'> => {
        await travel(route, 'venue');
        if (chaos.strike('venue.requestLost', name) !== null) return ambiguous('connection reset');
        const late = chaos.strike('venue.requestLate', name);
        if (late !== null) await clock.sleep(Math.ceil(late.unit() * LATE_MS));
        if (chaos.strike('venue.refused', name) !== null) return 'refused';
        arrive();
        const answer = await order(...args);
        await travel(route, 'venue');
        return chaos.strike('venue.replyLost', name) === null ? answer : ambiguous('reply lost');
      };
      const cut = chaos.strike('venue.cut', name);
      const answer = within(call(), ambiguous('no answer within the deadline'));
      if (cut === null) return answer;
      // The connection breaks at once, with the request still on its way.
      return Promise.race([answer, run.received(clock.sleep(Math.ceil(cut.unit() * 1000)).then(() => ambiguous('connection reset')))]);
    };

  const placing = <A extends readonly unknown[], R extends { readonly kind: string }>(name: string, order: (...args: A) => Promise<R>) => {
    const send = mutate(name, order);
    return async (...args: A): Promise<R | Ambiguous | NotPlaced | Rejected> => {
      const rejected = chaos.strike('venue.rejected', name);
      if (rejected !== null) {
        await travel(route, 'venue');
        const code = REFUSALS[Math.floor(rejected.unit() * REFUSALS.length)] ?? 'other';
        return run.received(Promise.resolve<Rejected>({ kind: 'rejected', code, venueCode: '-1', message: 'drawn from the seed' }));
      }
      const answer = await send(...args);
      return answer === 'refused' ? { kind: 'notPlaced', cause: `${name}: 429, too many requests`, retryAfterMs: RETRY_AFTER_MS } : answer;
    };
  };

  const cancelling = <A extends readonly unknown[], R extends { readonly kind: string }>(name: string, order: (...args: A) => Promise<R>) => {
    const send = mutate(name, order);
    return async (...args: A): Promise<R | Ambiguous> => {
      const answer = await send(...args);
      return answer === 'refused' ? { kind: 'ambiguous', cause: `${name}: 503, overloaded` } : answer;
    };
  };

  return {
    receiveWindowMs: venue.receiveWindowMs,
    instruments: read('instruments', (...args: Parameters<Venue['instruments']>) => venue.instruments(...args)),
    brackets: read('brackets', (...args: Parameters<Venue['brackets']>) => venue.brackets(...args)),
    quotes: read('quotes', (...args: Parameters<Venue['quotes']>) => venue.quotes(...args)),
    marks: read('marks', (...args: Parameters<Venue['marks']>) => venue.marks(...args)),
    books: read('books', (...args: Parameters<Venue['books']>) => venue.books(...args)),
    candles: read('candles', (...args: Parameters<Venue['candles']>) => venue.candles(...args)),
    account: read('account', () => venue.account()),
    settings: read('settings', (...args: Parameters<Venue['settings']>) => venue.settings(...args)),
    positions: read('positions', () => venue.positions()),
    openOrders: read('openOrders', () => venue.openOrders()),
    findOrder: read('findOrder', (...args: Parameters<Venue['findOrder']>) => venue.findOrder(...args)),
    findOrderOfFill: read('findOrderOfFill', (...args: Parameters<Venue['findOrderOfFill']>) => venue.findOrderOfFill(...args)),
    fillsOfOrder: read('fillsOfOrder', (...args: Parameters<Venue['fillsOfOrder']>) => venue.fillsOfOrder(...args)),
    fillsSince: read('fillsSince', (...args: Parameters<Venue['fillsSince']>) => venue.fillsSince(...args)),
    openStops: read('openStops', () => venue.openStops()),
    findStop: read('findStop', (...args: Parameters<Venue['findStop']>) => venue.findStop(...args)),
    incomeSince: read('incomeSince', (...args: Parameters<Venue['incomeSince']>) => venue.incomeSince(...args)),
    place: placing('place', (...args: Parameters<Venue['place']>) => venue.place(...args)),
    placeStop: placing('placeStop', (...args: Parameters<Venue['placeStop']>) => venue.placeStop(...args)),
    setLeverage: placing('setLeverage', (...args: Parameters<Venue['setLeverage']>) => venue.setLeverage(...args)),
    setMarginMode: placing('setMarginMode', (...args: Parameters<Venue['setMarginMode']>) => venue.setMarginMode(...args)),
    cancel: cancelling('cancel', (...args: Parameters<Venue['cancel']>) => venue.cancel(...args)),
    cancelStop: cancelling('cancelStop', (...args: Parameters<Venue['cancelStop']>) => venue.cancelStop(...args)),
  };
}
