import { describe, expect, test } from 'vitest';
import { orderPayload } from '../../../../functions/src/adapters/venue-ccxt/order-payload.ts';
import type { PositionMode } from '../../../../functions/src/domain/account/account.ts';
import { price, qty } from '../../../../functions/src/domain/money/units.ts';
import type { OrderRequest } from '../../../../functions/src/domain/order/venue-order.ts';

const LIMIT: OrderRequest = {
  clientOrderId: 'pc-abc123-0-1',
  symbol: 'BTCUSDT',
  side: 'buy',
  positionSide: 'long',
  reducing: false,
  qty: qty('0.120'),
  armedAt: 1_763_700_000_000,
  type: 'limit',
  price: price('50000.10'),
  timeInForce: 'GTX',
};
const CLOSE: OrderRequest = {
  clientOrderId: 'pc-abc123-1-1',
  symbol: 'BTCUSDT',
  side: 'sell',
  positionSide: 'long',
  reducing: true,
  qty: qty('0.12'),
  armedAt: 1_763_700_000_000,
  type: 'market',
};

function paramsOf(request: OrderRequest, mode: PositionMode): Readonly<Record<string, string>> {
  const payload = orderPayload(request, mode);
  if (!payload.ok) throw new Error(payload.problem);
  return payload.params;
}

describe('orderPayload', () => {
  test('hedge mode names the position side of a limit order in canonical text', () => {
    expect(paramsOf(LIMIT, 'hedge')).toEqual({
      symbol: 'BTCUSDT',
      side: 'BUY',
      positionSide: 'LONG',
      type: 'LIMIT',
      timeInForce: 'GTX',
      price: '50000.1',
      quantity: '0.12',
      newClientOrderId: 'pc-abc123-0-1',
      newOrderRespType: 'RESULT',
    });
  });

  test('a market order carries neither price nor time in force', () => {
    expect(paramsOf(CLOSE, 'hedge')).toEqual({
      symbol: 'BTCUSDT',
      side: 'SELL',
      positionSide: 'LONG',
      type: 'MARKET',
      quantity: '0.12',
      newClientOrderId: 'pc-abc123-1-1',
      newOrderRespType: 'RESULT',
    });
  });

  test.each<[PositionMode, boolean, string | undefined, string | undefined]>([
    ['hedge', false, 'LONG', undefined],
    ['hedge', true, 'LONG', undefined],
    ['oneWay', false, undefined, undefined],
    ['oneWay', true, undefined, 'true'],
  ])('in %s mode with reducing=%s it sends positionSide %s and reduceOnly %s', (mode, reducing, positionSide, reduceOnly) => {
    const params = paramsOf(reducing ? CLOSE : LIMIT, mode);
    expect([params['positionSide'], params['reduceOnly']]).toEqual([positionSide, reduceOnly]);
  });

  test('a short is opened by selling and reduced by buying', () => {
    expect(paramsOf({ ...LIMIT, side: 'sell', positionSide: 'short' }, 'hedge')).toMatchObject({ side: 'SELL', positionSide: 'SHORT' });
    expect(paramsOf({ ...CLOSE, side: 'buy', positionSide: 'short' }, 'oneWay')).toMatchObject({ side: 'BUY', reduceOnly: 'true' });
  });

  test('quantities and prices of many digits stay exact', () => {
    const params = paramsOf({ ...LIMIT, qty: qty('1234567890.123456789'), price: price('0.00000001') }, 'hedge');
    expect([params['quantity'], params['price']]).toEqual(['1234567890.123456789', '0.00000001']);
  });

  test.each<[string, OrderRequest]>([
    ['side is sell: opening a long needs buy', { ...LIMIT, side: 'sell' }],
    ['side is buy: reducing a long needs sell', { ...CLOSE, side: 'buy' }],
    ['side is buy: opening a short needs sell', { ...LIMIT, positionSide: 'short' }],
    ['side is sell: reducing a short needs buy', { ...CLOSE, positionSide: 'short' }],
    ['clientOrderId is "no spaces": ', { ...LIMIT, clientOrderId: 'no spaces' }],
    ['clientOrderId is ""', { ...LIMIT, clientOrderId: '' }],
    ['clientOrderId is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"', { ...LIMIT, clientOrderId: 'a'.repeat(37) }],
    ['qty is 0: it must be above 0', { ...LIMIT, qty: qty('0') }],
    ['price is 0: it must be above 0', { ...LIMIT, price: price('0') }],
  ])('refuses a request that contradicts itself: %s', (problem, request) => {
    for (const mode of ['hedge', 'oneWay'] as const) {
      const payload = orderPayload(request, mode);
      expect(payload).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
    }
  });
});
