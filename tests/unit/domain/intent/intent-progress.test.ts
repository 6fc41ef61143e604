import { describe, expect, it } from 'vitest';
import { armedIntent, withEnded } from '../../../../functions/src/domain/intent/intent-progress.ts';
import { pendingIntent } from '../../../../functions/src/domain/intent/pending-intent.ts';
import { proposedOrder } from '../../../../functions/src/domain/intent/proposed-order-of.ts';
import { intentRecord } from '../../../../functions/src/schema/records/intent.ts';
import { anExit, anIntent } from '../../../support/builders/an-intent.ts';
import { aTakerOrder, anOrderRecord } from '../../../support/builders/an-order-record.ts';
import { anOrder, aQuote, NOW } from '../risk/scenario.ts';

describe('armedIntent', () => {
  it('makes the attempt the present one and keeps the first arrival mid', () => {
    const fresh = anIntent({ clientOrderId: null, attempts: 0, arrivalMid: null });
    const first = armedIntent(fresh, anOrderRecord({ arrivalMid: '100.5' }));
    const second = armedIntent(first, aTakerOrder({ arrivalMid: '103' }));
    expect(first).toEqual({ ...fresh, clientOrderId: 'pc-mine-m1', attempts: 1, arrivalMid: '100.5' });
    expect(second).toEqual({ ...fresh, clientOrderId: 'pc-mine-t2', attempts: 2, arrivalMid: '100.5' });
  });
});

describe('withEnded', () => {
  it('appends how the attempt ended, in order', () => {
    const once = withEnded(anIntent(), anOrderRecord({ status: 'canceled', executedQty: '2', statusReason: 'venue: canceled' }));
    const twice = withEnded(once, aTakerOrder({ status: 'filled', executedQty: '3', ackedAt: null }));
    expect(twice.endedAttempts).toEqual([
      { clientOrderId: 'pc-mine-m1', leg: 'maker', slice: 1, status: 'canceled', statusReason: 'venue: canceled', executedQty: '2', ackLatencyMs: 0 },
      { clientOrderId: 'pc-mine-t2', leg: 'taker', slice: 1, status: 'filled', statusReason: null, executedQty: '3', ackLatencyMs: null },
    ]);
  });
});

describe('pendingIntent', () => {
  it('carries the order and where it came from, with nothing done yet, as a record the store takes', () => {
    const origin = { tickId: 't', tier: 'CORE', signal: null, sizing: null, createdAt: NOW, expiresAt: NOW + 1 };
    const intent = pendingIntent(anOrder(), origin);
    expect(intentRecord.parse(intent)).toEqual(intent);
    expect(intent).toMatchObject({
      ...origin, intentId: 'mine', symbol: 'BTCUSDT', side: 'buy', positionSide: 'long', purpose: 'open', qty: '5', referencePrice: '100', leverage: 3,
      status: 'pending', attempts: 0, clientOrderId: null, executedQty: '0', endedAttempts: [],
    });
  });
});

describe('proposedOrder', () => {
  const quote = { kind: 'found', value: aQuote(), asOf: NOW } as const;

  it.each([
    ['a buy at the ask', anIntent(), '100.01'],
    ['a sell at the bid', anExit(), '99.99'],
  ])('shows the gate %s, the dearest way it may be worked', (_title, intent, price) => {
    expect(proposedOrder(intent, quote)).toMatchObject({ intentId: 'mine', purpose: intent.purpose, qty: '5', price, signalAt: null });
  });

  it('falls back to the price it was sized at when there is no quote', () => {
    expect(proposedOrder(anIntent({ referencePrice: '98' }), { kind: 'unavailable', cause: 'timeout' }).price).toBe('98');
  });

  it('is as old as the candle behind it', () => {
    const signal = { strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: NOW - 9, action: 'enter', indicator: 'z', value: -2, threshold: -2 } as const;
    expect(proposedOrder(anIntent({ signal }), quote).signalAt).toBe(NOW - 9);
  });
});
