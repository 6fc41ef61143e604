/** Answers that fit their form and still are not about what was asked, or cannot be: found by fuzzing, kept here one by one. */
import { describe, expect, test } from 'vitest';
import { FUZZED_CALLS } from '../../../fuzz/venue-answers.ts';
import { json, scriptedVenue } from './scripted-venue.ts';

type Change = (good: Record<string, unknown>) => unknown;

const changedBy = (changes: object): Change => (good) => ({ ...good, ...changes });
const first = (changes: object): Change => (good) => Object.values(good).map((row, index) => (index === 0 ? { ...Object(row), ...changes } : row));
const level = (key: string, value: string): Change => (good) => ({ ...good, [key]: [[value, '1']] });
const filter = (name: string, changes: object): Change => ({ symbols }) => ({
  symbols: Object.values(Object(symbols)).map((symbol) => ({ ...Object(symbol), filters: Object.values(Object(Reflect.get(Object(symbol), 'filters'))).map((one) => (Reflect.get(Object(one), 'filterType') === name ? { ...Object(one), ...changes } : one)) })),
});

describe('an answer that is not about what was asked, or cannot be', () => {
  test.each<[string, string, Change, string]>([
    ['the order of another client id is not the one placed', 'place', changedBy({ clientOrderId: 'pc-other-0-1' }), 'ambiguous'],
    ['an order of another symbol is not the one placed', 'place', changedBy({ symbol: 'ETHUSDT' }), 'ambiguous'],
    ['an order of the other side is not the one placed', 'place', changedBy({ side: 'SELL' }), 'ambiguous'],
    ['an order of another size is not the one placed', 'place', changedBy({ origQty: '12' }), 'ambiguous'],
    ['an order cannot have filled more than it wanted', 'place', changedBy({ executedQty: '0.2' }), 'ambiguous'],
    ['an order cannot have filled less than nothing', 'place', changedBy({ status: 'NEW', executedQty: '-0.1' }), 'ambiguous'],
    ['an order that is filled has filled all it wanted', 'findOrder', changedBy({ executedQty: '0.1' }), 'unavailable'],
    ['another order is not the one looked for', 'findOrder', changedBy({ clientOrderId: 'pc-other-0-1' }), 'unavailable'],
    ['another order is not the one behind a fill', 'findOrderOfFill', changedBy({ orderId: '8389765000000000002' }), 'unavailable'],
    ['another order is not the one cancelled', 'cancel', changedBy({ clientOrderId: 'pc-other-0-1' }), 'ambiguous'],
    ['another stop is not the one placed', 'placeStop', changedBy({ clientAlgoId: 'pc-other-s1' }), 'ambiguous'],
    ['another stop is not the one looked for', 'findStop', changedBy({ symbol: 'ETHUSDT' }), 'unavailable'],
    ['another stop is not the one cancelled', 'cancelStop', changedBy({ clientAlgoId: 'pc-other-s1' }), 'ambiguous'],
    ['another leverage is not the one set', 'setLeverage', changedBy({ leverage: 125 }), 'ambiguous'],
    ['the leverage of another symbol is not the one set', 'setLeverage', changedBy({ symbol: 'ETHUSDT' }), 'ambiguous'],
    ['a leverage is not infinite', 'symbolSettings', first({ leverage: '9'.repeat(400) }), 'unavailable'],
    ['a fill of another order is not one of ours', 'fillsOfOrder', first({ orderId: '1' }), 'unavailable'],
    ['a fill of another symbol is not one of this one', 'fillsSince', first({ symbol: 'ETHUSDT' }), 'unavailable'],
    ['a fill of nothing is none', 'fillsSince', first({ qty: '0' }), 'unavailable'],
    ['a fill below zero is none', 'fillsOfOrder', first({ qty: '-0.12' }), 'unavailable'],
    ['a long position is not short', 'positions', first({ positionSide: 'LONG' }), 'unavailable'],
    ['a mark below zero is none', 'marks', first({ markPrice: '-1' }), 'unavailable'],
    ['a level of a book below zero is none', 'books', level('bids', '-1'), 'unavailable'],
    ['a tick of zero divides nothing', 'instruments', filter('PRICE_FILTER', { tickSize: '0' }), 'unavailable'],
    ['a step of zero divides nothing', 'instruments', filter('LOT_SIZE', { stepSize: '0.000' }), 'unavailable'],
    ['a margin ratio below zero is none', 'brackets', first({ brackets: [{ notionalFloor: 0, maintMarginRatio: -0.5, cum: 0 }] }), 'unavailable'],
    ['a candle does not end in infinity', 'candles', (good) => Object.values(good).map((row) => Object.values(Object(row)).with(2, '9'.repeat(400))), 'unavailable'],
    ['a candle does not close above its high', 'candles', (good) => Object.values(good).map((row) => Object.values(Object(row)).with(4, '60000')), 'unavailable'],
  ])('%s', async (_title, name, change, kind) => {
    const { venue, script } = await scriptedVenue();
    const call = FUZZED_CALLS[name];
    if (call === undefined) throw new Error(`no call ${name}`);
    for (const { endpoint, good } of Object.values(FUZZED_CALLS)) script[endpoint] = json(good);
    script[call.endpoint] = json(change(structuredClone(Object(call.good))));
    expect(await call.ask(venue)).toMatchObject({ kind });
  });

  test('a bid at or above its ask is no quote', async () => {
    const { venue, script } = await scriptedVenue();
    script['GET /fapi/v1/ticker/bookTicker'] = json([{ symbol: 'BTCUSDT', bidPrice: '50000.1', bidQty: '1', askPrice: '50000.1', askQty: '1', time: 1 }]);
    expect(await venue.quotes(['BTCUSDT'])).toMatchObject({ kind: 'found', value: [] });
  });

  test('a ban is never longer than the longest there is', async () => {
    const { venue, clock, script } = await scriptedVenue();
    script['GET /fapi/v1/premiumIndex'] = json({ code: -1003, msg: 'Way too many requests; IP banned until 9999999999999' }, 418, { 'retry-after': '9'.repeat(400) });
    await venue.marks(['BTCUSDT']);
    expect(venue.budget().bannedUntil).toBe(clock.now + 3 * 86_400_000);
  });
});
