import { describe, expect, test } from 'vitest';
import { wireStop } from '../../../../functions/src/adapters/venue-ccxt/parse-stop.ts';
import { price } from '../../../../functions/src/domain/money/units.ts';

const STOP = {
  algoId: '8389765000000000003',
  clientAlgoId: 'pc-abc-s1',
  algoType: 'CONDITIONAL',
  orderType: 'STOP_MARKET',
  symbol: 'BTCUSDT',
  side: 'SELL',
  positionSide: 'LONG',
  timeInForce: 'GTC',
  quantity: '0',
  algoStatus: 'NEW',
  actualOrderId: '',
  actualPrice: '0.00000',
  triggerPrice: '49000.10',
  price: '0',
  workingType: 'MARK_PRICE',
  closePosition: true,
  reduceOnly: true,
  createTime: 1_763_700_000_123,
  updateTime: 1_763_700_000_456,
  triggerTime: 0,
};

describe('wireStop', () => {
  test('gives the stop in our words with its exact trigger and the whole id', () => {
    expect(wireStop.parse(STOP)).toEqual({
      clientStopId: 'pc-abc-s1',
      venueStopId: '8389765000000000003',
      symbol: 'BTCUSDT',
      positionSide: 'long',
      kind: 'stopLoss',
      triggerPrice: price('49000.1'),
      status: 'working',
      venueOrderId: null,
      createdAt: 1_763_700_000_123,
      updatedAt: 1_763_700_000_456,
    });
  });

  test.each([
    ['NEW', 'working'],
    ['TRIGGERING', 'triggered'],
    ['TRIGGERED', 'triggered'],
    ['FINISHED', 'finished'],
    ['CANCELED', 'canceled'],
    ['REJECTED', 'rejected'],
    ['EXPIRED', 'expired'],
  ])('status %s is %s', (algoStatus, expected) => {
    expect(wireStop.parse({ ...STOP, algoStatus }).status).toBe(expected);
  });

  test('an unknown status fails instead of being guessed', () => {
    expect(wireStop.safeParse({ ...STOP, algoStatus: 'PAUSED' }).success).toBe(false);
  });

  test.each([
    ['8389765000000000009', '8389765000000000009'],
    [42, '42'],
    ['', null],
    ['0', null],
    [0, null],
    [null, null],
    [undefined, null],
  ])('an order id written as %j is %j', (actualOrderId, expected) => {
    expect(wireStop.parse({ ...STOP, actualOrderId }).venueOrderId).toBe(expected);
  });

  test.each([
    ['a take profit of the whole position', { orderType: 'TAKE_PROFIT_MARKET' }, 'takeProfit'],
    ['a stop with a quantity', { closePosition: false, quantity: '0.1' }, 'other'],
    ['a stop at the last price', { workingType: 'CONTRACT_PRICE' }, 'other'],
    ['a stop with a limit', { orderType: 'STOP', closePosition: false, quantity: '0.1', price: '48900' }, 'other'],
    ['a take profit with a limit', { orderType: 'TAKE_PROFIT', closePosition: false, quantity: '0.1', price: '51000' }, 'other'],
    ['a trailing stop', { orderType: 'TRAILING_STOP_MARKET', closePosition: false, quantity: '0.1', callbackRate: '1.0' }, 'other'],
    ['a type of the future', { orderType: 'GUARANTEED_STOP' }, 'other'],
  ])('%s is read as %s', (_name, over, expected) => {
    expect(wireStop.parse({ ...STOP, ...over }).kind).toBe(expected);
  });

  test.each(['', '0', '0.00', null, undefined])('a trigger price of %j is none', (triggerPrice) => {
    expect(wireStop.parse({ ...STOP, orderType: 'TRAILING_STOP_MARKET', closePosition: false, triggerPrice }).triggerPrice).toBeNull();
  });

  test.each([
    ['BUY', { closePosition: true, reduceOnly: false }, 'short'],
    ['SELL', { closePosition: true, reduceOnly: true }, 'long'],
    ['SELL', { closePosition: false, reduceOnly: true }, 'long'],
    ['SELL', { closePosition: false, reduceOnly: false }, 'short'],
  ])('in one-way mode a %s with %j concerns the %s exposure', (side, flags, expected) => {
    expect(wireStop.parse({ ...STOP, positionSide: 'BOTH', side, ...flags }).positionSide).toBe(expected);
  });

  test.each(['clientAlgoId', 'algoId', 'symbol', 'side', 'positionSide', 'orderType', 'algoStatus', 'closePosition', 'updateTime'])(
    'a stop without %s is unreadable',
    (field) => {
      expect(wireStop.safeParse({ ...STOP, [field]: undefined }).success).toBe(false);
    },
  );
});
