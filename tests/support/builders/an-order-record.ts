import type { OrderRecord } from '../../../functions/src/schema/records/order.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';

/** The first maker attempt of `anIntent`, working at the venue, not filled. */
export function anOrderRecord(changes: Partial<OrderRecord> = {}): OrderRecord {
  return {
    clientOrderId: 'pc-mine-m1',
    intentId: 'mine',
    attempt: 1,
    leg: 'maker',
    slice: 1,
    symbol: 'BTCUSDT',
    side: 'buy',
    positionSide: 'long',
    reducing: false,
    type: 'limit',
    timeInForce: 'GTX',
    qty: '5',
    price: '99.9',
    status: 'working',
    statusReason: null,
    venueOrderId: '900',
    executedQty: '0',
    bookedQty: '0',
    arrivalMid: '100',
    armedAt: NOW,
    invalidAfterAt: NOW + 6000,
    restUntilAt: NOW + 20_000,
    retryAfterAt: null,
    ackedAt: NOW,
    cancelRequestedAt: null,
    terminalAt: null,
    ...changes,
  };
}

/** Written, and perhaps sent. */
export function anArmedOrder(changes: Partial<OrderRecord> = {}): OrderRecord {
  return anOrderRecord({ status: 'armed', venueOrderId: null, ackedAt: null, ...changes });
}

/** A taker attempt of the same intent. */
export function aTakerOrder(changes: Partial<OrderRecord> = {}): OrderRecord {
  return anOrderRecord({ clientOrderId: 'pc-mine-t2', attempt: 2, leg: 'taker', timeInForce: 'IOC', price: '100.1', restUntilAt: null, ...changes });
}
