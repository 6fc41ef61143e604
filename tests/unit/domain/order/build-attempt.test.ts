import { describe, expect, it } from 'vitest';
import { decimal, text } from '../../../../functions/src/domain/money/decimal.ts';
import { notional, price, qty } from '../../../../functions/src/domain/money/units.ts';
import type { Instrument } from '../../../../functions/src/domain/market/instrument.ts';
import type { Quote } from '../../../../functions/src/domain/market/market.ts';
import { buildAttempt, midOf } from '../../../../functions/src/domain/order/build-attempt.ts';
import type { BuiltAttempt } from '../../../../functions/src/domain/order/build-attempt.ts';
import { firstLeg } from '../../../../functions/src/domain/order/leg.ts';
import type { Leg } from '../../../../functions/src/domain/order/leg.ts';
import type { RoutingRules } from '../../../../functions/src/domain/order/routing-rules.ts';
import { routingRules } from '../../../../functions/src/domain/order/routing-rules.ts';
import { routerConfig } from '../../../../functions/src/schema/config/router-config.ts';
import { runtimeConfig } from '../../../../functions/src/schema/config/runtime-config.ts';
import type { IntentRecord } from '../../../../functions/src/schema/records/intent.ts';
import { orderRecord } from '../../../../functions/src/schema/records/order.ts';
import type { OrderRecord } from '../../../../functions/src/schema/records/order.ts';
import { anEndedAttempt, anExit, anIntent } from '../../../support/builders/an-intent.ts';
import { aPolicy } from '../../../support/builders/a-policy.ts';
import { routing } from '../../../support/builders/routing.ts';
import { anInstrument, aQuote, NOW } from '../risk/scenario.ts';

interface Given {
  readonly intent?: IntentRecord;
  readonly leg?: Leg;
  readonly wanted?: string;
  readonly offsetBps?: number;
  readonly instrument?: Partial<Instrument>;
  readonly quote?: Partial<Quote>;
  readonly rules?: Partial<RoutingRules>;
}

/** On ticks of 0.1 between 99.9 and 100.1. */
function build({ intent = anIntent(), leg = 'maker', wanted = '5', offsetBps = 0, instrument = {}, quote = {}, rules = {} }: Given = {}): BuiltAttempt {
  const market = aQuote({ bid: price('99.9'), ask: price('100.1'), ...quote });
  const routed = { ...intent, policy: aPolicy({ offsetBps }) };
  return buildAttempt(routed, { leg, slice: 1, wanted: decimal(wanted) }, anInstrument(instrument), market, NOW, routing(rules));
}

function built(given: Given = {}): OrderRecord {
  const result = build(given);
  if (result.kind !== 'built') throw new Error(result.reason);
  expect(orderRecord.parse(result.order)).toEqual(result.order);
  return result.order;
}

const sell = anIntent({ side: 'sell', positionSide: 'short' });
const failedTaker = anEndedAttempt({ leg: 'taker', status: 'expired' });

describe('buildAttempt', () => {
  it('arms a record with an id of its own, the time limits of its kind and nothing filled', () => {
    expect(built({ intent: anIntent({ attempts: 2 }) })).toMatchObject({
      attempt: 3, leg: 'maker', intentId: 'mine', clientOrderId: expect.stringMatching(/-m3$/), status: 'armed', executedQty: '0', bookedQty: '0',
      reducing: false, arrivalMid: '100', armedAt: NOW, invalidAfterAt: NOW + 6000, restUntilAt: NOW + 20_000,
    });
  });

  it.each<[string, Given, string]>([
    ['a buy joins the bid', {}, '99.9'],
    ['a sell joins the ask', { intent: sell }, '100.1'],
    ['a buy stays behind the bid by the offset', { offsetBps: 30 }, '99.6'],
    ['a sell stays behind the ask by the offset', { intent: sell, offsetBps: 29 }, '100.4'],
    ['a buy off the grid goes down', { quote: { bid: price('99.97') } }, '99.9'],
    ['a sell off the grid goes up', { intent: sell, quote: { ask: price('100.03') } }, '100.1'],
    ['a buy in a locked market stays a tick below the ask', { quote: { bid: price('100.1') } }, '100'],
    ['a sell in a crossed market stays a tick above the bid', { intent: sell, quote: { bid: price('100.5') } }, '100.6'],
  ])('rests as a maker: %s', (_title, given, at) => {
    expect(built(given)).toMatchObject({ type: 'limit', timeInForce: 'GTX', price: at });
  });

  it.each<[string, Given, string]>([
    ['a buy, rounded down', {}, '100.2'],
    ['a sell, rounded up', { intent: sell }, '99.9'],
    ['a wide collar', { rules: { takerCollarBps: 100 } }, '101.1'],
    ['a collar of less than a tick', { rules: { takerCollarBps: 0.5 } }, '100.1'],
    ['the first try of an exit', { intent: anExit() }, '99.9'],
  ])('takes within the collar: %s', (_title, given, at) => {
    expect(built({ ...given, leg: 'taker' })).toMatchObject({ type: 'limit', timeInForce: 'IOC', price: at, restUntilAt: null });
  });

  it('takes an exit at any price once a collared taker has failed to finish it', () => {
    const intent = anExit({ endedAttempts: [failedTaker], attempts: 2 });
    expect(built({ intent, leg: 'taker' })).toMatchObject({ type: 'market', timeInForce: null, price: null, reducing: true });
  });

  it.each([
    ['an entry', anIntent({ endedAttempts: [failedTaker] })],
    ['an exit whose taker never reached the venue', anExit({ endedAttempts: [{ ...failedTaker, status: 'absent' }] })],
    ['an exit whose taker filled as far as the venue let it', anExit({ endedAttempts: [{ ...failedTaker, status: 'filled' }] })],
    ['an exit that has only rested so far', anExit({ endedAttempts: [anEndedAttempt({ status: 'expired' })] })],
  ])('keeps %s within the collar', (_title, intent) => {
    expect(built({ intent, leg: 'taker' })).toMatchObject({ type: 'limit', timeInForce: 'IOC' });
  });

  it.each<[string, Given, string]>([
    ['down to the step', { wanted: '1.23456' }, '1.234'],
    ['to the largest limit order', { wanted: '5000' }, '1000'],
    ['to the largest market order', { wanted: '5000', leg: 'taker', intent: anExit({ endedAttempts: [failedTaker] }) }, '100'],
  ])('brings the quantity %s', (_title, given, expected) => {
    expect(built(given).qty).toBe(expected);
  });

  it('takes for an urgent intent what was planned to rest', () => {
    expect(built({ intent: anExit({ isUrgent: true }), leg: 'maker' })).toMatchObject({ leg: 'taker', timeInForce: 'IOC', restUntilAt: null });
  });

  it('never rests beyond the life of its intent', () => {
    expect(built({ intent: anIntent({ expiresAt: NOW + 7000 }) }).restUntilAt).toBe(NOW + 7000);
  });
});

describe('buildAttempt refuses what the venue would refuse', () => {
  it.each<[string, Given, string]>([
    ['less than one step', { wanted: '0.0009' }, "quantity 0 of BTCUSDT is below the venue's minimum 0.001"],
    ['less than the minimum quantity', { instrument: { minQty: qty('6') } }, "quantity 5 of BTCUSDT is below the venue's minimum 6"],
    ['an exit below the minimum quantity', { intent: anExit(), instrument: { minQty: qty('6') } }, "quantity 5 of BTCUSDT is below the venue's minimum 6"],
    ['less than the minimum notional', { wanted: '0.05' }, "notional 4.995 of BTCUSDT is below the venue's minimum 5"],
    ['a price below the lowest', { instrument: { minPrice: price('99.95') } }, "price 99.9 of BTCUSDT is outside the venue's 99.95 to 1000000"],
    ['a price above the highest', { intent: sell, instrument: { maxPrice: price('100') } }, "price 100.1 of BTCUSDT is outside the venue's 0.1 to 100"],
    ['a price pushed to zero', { offsetBps: 10_000 }, "price 0 of BTCUSDT is outside the venue's 0.1 to 1000000"],
  ])('%s', (_title, given, reason) => {
    expect(build(given)).toEqual({ kind: 'unbuildable', reason });
  });

  it('takes exactly the minimum notional', () => {
    expect(built({ instrument: { minNotional: notional('499.5') } }).qty).toBe('5');
  });

  it.each([
    ['a collared exit', anExit()],
    ['a market exit', anExit({ endedAttempts: [failedTaker] })],
    ['a reduction', anExit({ purpose: 'reduce' })],
  ])('lets %s below the minimum notional through', (_title, intent) => {
    expect(built({ intent, leg: 'taker', wanted: '0.001' }).qty).toBe('0.001');
  });
});

describe('firstLeg', () => {
  it.each([
    ['an entry', anIntent(), {}, 'maker'],
    ['an entry whose policy has makers off', anIntent({ policy: aPolicy({ makerFirst: false }) }), {}, 'taker'],
    ['an entry whose policy prefers to take', anIntent({ policy: aPolicy({ takerBias: 'prefer_taker' }) }), {}, 'taker'],
    ['an entry whose policy prefers to rest', anIntent({ policy: aPolicy({ takerBias: 'prefer_maker' }) }), {}, 'maker'],
    ['an exit', anExit(), {}, 'taker'],
    ['a reduction', anExit({ purpose: 'reduce' }), {}, 'taker'],
    ['an exit that may rest', anExit(), { exitsGoTaker: false }, 'maker'],
    ['an exit whose policy has makers off', anExit({ policy: aPolicy({ makerFirst: false }) }), { exitsGoTaker: false }, 'taker'],
  ])('of %s', (_title, intent, rules, leg) => {
    expect(firstLeg(intent, routing(rules))).toBe(leg);
  });
});

describe('midOf', () => {
  it('is halfway, exactly', () => {
    expect(text(midOf(aQuote({ bid: price('0.1'), ask: price('0.3') })))).toBe('0.2');
  });
});

describe('routingRules', () => {
  it('turns seconds into milliseconds and adds the clock margin to the receive window', () => {
    const runtime = { ...runtimeConfig.parse({}), clockMarginMs: 700 };
    const rules = routingRules({ router: { ...routerConfig.parse({}), makerRestSeconds: 9, pollSeconds: 2 }, runtime });
    expect(rules).toMatchObject({ makerRestMs: 9000, pollMs: 2000, invalidAfterMs: 5700 });
  });
});
