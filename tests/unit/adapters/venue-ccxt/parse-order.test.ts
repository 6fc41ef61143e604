import { describe, expect, test } from 'vitest';
import { venueFill, wireTrade } from '../../../../functions/src/adapters/venue-ccxt/parse-fill.ts';
import { wireOrder } from '../../../../functions/src/adapters/venue-ccxt/parse-order.ts';
import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { price, qty, usd } from '../../../../functions/src/domain/money/units.ts';

const ORDER = {
  orderId: '8389765000000000001',
  symbol: 'BTCUSDT',
  status: 'PARTIALLY_FILLED',
  clientOrderId: 'pc-abc-0-1',
  price: '50000.10',
  avgPrice: '50000.05000',
  origQty: '0.120',
  executedQty: '0.020',
  cumQuote: '1000.001',
  timeInForce: 'GTX',
  type: 'LIMIT',
  reduceOnly: false,
  closePosition: false,
  side: 'BUY',
  positionSide: 'LONG',
  updateTime: 1_763_700_000_123,
};

describe('wireOrder', () => {
  test('gives the order in our words with exact amounts and the whole id', () => {
    expect(wireOrder.parse(ORDER)).toEqual({
      clientOrderId: 'pc-abc-0-1',
      venueOrderId: '8389765000000000001',
      symbol: 'BTCUSDT',
      side: 'buy',
      positionSide: 'long',
      type: 'limit',
      status: 'partiallyFilled',
      qty: qty('0.12'),
      price: price('50000.1'),
      executedQty: qty('0.02'),
      averagePrice: price('50000.05'),
      updatedAt: 1_763_700_000_123,
    });
  });

  test.each([
    ['NEW', 'new'],
    ['PARTIALLY_FILLED', 'partiallyFilled'],
    ['FILLED', 'filled'],
    ['CANCELED', 'canceled'],
    ['EXPIRED', 'expired'],
    ['EXPIRED_IN_MATCH', 'expired'],
    ['REJECTED', 'rejected'],
  ])('status %s is %s', (status, expected) => {
    expect(wireOrder.parse({ ...ORDER, status }).status).toBe(expected);
  });

  test('an unknown status fails instead of being guessed', () => {
    expect(wireOrder.safeParse({ ...ORDER, status: 'PENDING_SOMETHING' }).success).toBe(false);
  });

  test('prices of zero are no prices', () => {
    expect(wireOrder.parse({ ...ORDER, type: 'MARKET', price: '0', avgPrice: '0.00' })).toMatchObject({ price: null, averagePrice: null });
  });

  test.each([
    ['BUY', false, 'long'],
    ['SELL', false, 'short'],
    ['SELL', true, 'long'],
    ['BUY', true, 'short'],
  ])('in one-way mode a %s with reduceOnly=%s concerns the %s exposure', (side, reduceOnly, expected) => {
    expect(wireOrder.parse({ ...ORDER, positionSide: 'BOTH', side, reduceOnly }).positionSide).toBe(expected);
  });

  test('small ids come as numbers; an id that has lost digits is refused', () => {
    expect(wireOrder.parse({ ...ORDER, orderId: 42 }).venueOrderId).toBe('42');
    expect(wireOrder.safeParse({ ...ORDER, orderId: 2 ** 53 }).success).toBe(false);
  });

  test.each(['origQty', 'executedQty', 'status', 'side', 'positionSide', 'updateTime', 'clientOrderId', 'reduceOnly'])(
    'an order without %s is unreadable',
    (field) => {
      expect(wireOrder.safeParse({ ...ORDER, [field]: undefined }).success).toBe(false);
    },
  );
});

describe('wireTrade', () => {
  const TRADE = {
    symbol: 'ETHUSDT',
    id: 6_700_000_001,
    orderId: '8389765000000000002',
    side: 'SELL',
    price: '3000.10',
    qty: '0.5',
    realizedPnl: '-1.25',
    quoteQty: '1500.05',
    commission: '0.30001000',
    commissionAsset: 'USDT',
    time: 1_763_700_000_456,
    positionSide: 'LONG',
    maker: true,
    buyer: false,
  };

  test('gives the fill with fee, realised PnL and maker flag', () => {
    expect(venueFill(wireTrade.parse(TRADE), 'long')).toEqual({
      tradeId: '6700000001',
      venueOrderId: '8389765000000000002',
      symbol: 'ETHUSDT',
      side: 'sell',
      positionSide: 'long',
      qty: qty('0.5'),
      price: price('3000.1'),
      feeAmount: decimal('0.30001'),
      feeAsset: 'USDT',
      realizedPnl: usd('-1.25'),
      isMaker: true,
      filledAt: 1_763_700_000_456,
    });
  });

  test('a fee that is not exact text is unreadable', () => {
    expect(wireTrade.safeParse({ ...TRADE, commission: 0.3 }).success).toBe(false);
  });
});
