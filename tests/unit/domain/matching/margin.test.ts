import { describe, expect, test } from 'vitest';
import { viewAsset } from '../../../../functions/src/domain/matching/account-view.ts';
import { viewPosition } from '../../../../functions/src/domain/matching/position-view.ts';
import type { Exchange } from '../../../../functions/src/domain/matching/exchange.ts';
import { T0, instrument, limit, mark, market, must, quote, testExchange, verdict } from './exchange-builder.ts';

function available(exchange: Exchange, asset = 'USDT'): string {
  return viewAsset(exchange.state, asset).availableBalance;
}

function positionView(exchange: Exchange, key: string) {
  const position = exchange.state.positions[key];
  if (position === undefined) throw new Error(`no position ${key}`);
  return viewPosition(exchange.state, position);
}

describe('the available balance', () => {
  test('is less by the margin of resting opening orders, at their price', () => {
    const { exchange } = testExchange();
    must(exchange.execute('placeOrder', limit({ quantity: '1' }), T0));
    expect(available(exchange)).toBe('5100');
  });

  test('is not touched by closing orders', () => {
    const { exchange } = testExchange();
    must(exchange.execute('placeOrder', market({ quantity: '0.1' }), T0));
    const before = available(exchange);
    must(exchange.execute('placeOrder', limit({ side: 'SELL', price: '51000' }), T0));
    expect(available(exchange)).toBe(before);
  });

  test('counts losses and not unrealised profits', () => {
    const { exchange, feed } = testExchange({ fees: { maker: '0', taker: '0' } });
    must(exchange.execute('placeOrder', market({ quantity: '0.1' }), T0));
    feed(mark({ markPrice: '51000' }));
    expect(available(exchange)).toBe('9490');
    feed(mark({ markPrice: '49000' }));
    expect(available(exchange)).toBe('9409.99');
  });

  test('of one asset does not stand in for another in single-asset mode, and does in multi-assets mode', () => {
    const assets = {
      USDT: { balance: '0', usdRate: '1', collateralRatio: '1' },
      USDC: { balance: '10000', usdRate: '1', collateralRatio: '0.9' },
    };
    const single = testExchange({ assets });
    expect(verdict(single.exchange.execute('placeOrder', market(), T0))).toBe(-2019);
    const multi = testExchange({ assets, multiAssets: true });
    expect(available(multi.exchange)).toBe('9000');
    expect(verdict(multi.exchange.execute('placeOrder', market(), T0))).toBe('accepted');
  });

  test('in one-way mode needs nothing for orders that only close', () => {
    const { exchange } = testExchange({ positionMode: 'one-way', fees: { maker: '0', taker: '0' } });
    must(exchange.execute('placeOrder', market({ positionSide: undefined, quantity: '1' }), T0));
    const before = available(exchange);
    must(exchange.execute('placeOrder', limit({ side: 'SELL', positionSide: undefined, price: '51000', quantity: '1' }), T0));
    expect(available(exchange)).toBe(before);
    must(exchange.execute('placeOrder', limit({ side: 'SELL', positionSide: undefined, price: '51000', quantity: '0.1' }), T0));
    expect(Number(before) - Number(available(exchange))).toBe(510);
  });
});

describe('a position', () => {
  test('tells margins by leverage and bracket, entry and profit at mark', () => {
    const { exchange, feed } = testExchange({ fees: { maker: '0', taker: '0' } });
    must(exchange.execute('placeOrder', limit({ price: '50000.1', quantity: '1' }), T0));
    must(exchange.execute('placeOrder', limit({ price: '50000.6', quantity: '0.5' }), T0));
    feed(mark({ markPrice: '51000' }));
    expect(positionView(exchange, 'BTCUSDT:LONG')).toMatchObject({
      positionAmt: '1.5',
      entryPrice: '50000.266666666667',
      notional: '76500',
      unrealizedProfit: '1499.6',
      positionInitialMargin: '7650',
      maintMargin: '465',
    });
  });

  test('tells the margin of the orders of its own side alone', () => {
    const { exchange } = testExchange();
    must(exchange.execute('placeOrder', market({ quantity: '0.1' }), T0));
    must(exchange.execute('placeOrder', market({ side: 'SELL', positionSide: 'SHORT', quantity: '0.1' }), T0));
    must(exchange.execute('placeOrder', limit({ quantity: '0.1' }), T0));
    expect(positionView(exchange, 'BTCUSDT:LONG').openOrderInitialMargin).toBe('490');
    expect(positionView(exchange, 'BTCUSDT:SHORT').openOrderInitialMargin).toBe('0');
  });

  test('tells a liquidation price at which its margin is just used up', () => {
    const { exchange, feed } = testExchange({ fees: { maker: '0', taker: '0' } });
    must(exchange.execute('placeOrder', market({ quantity: '0.9' }), T0));
    const { liquidationPrice } = positionView(exchange, 'BTCUSDT:LONG');
    expect(liquidationPrice).toBe('39045.16956716');
    feed(mark({ markPrice: '39045.1695672' }));
    expect(exchange.state.positions['BTCUSDT:LONG']?.qty).toBe('0.9');
    feed(mark({ markPrice: '39045.1695671' }));
    expect(exchange.state.positions['BTCUSDT:LONG']?.qty).toBe('0');
  });
});

describe('liquidation', () => {
  test('cancels what rests, closes at mark and takes the fee to the insurance fund', () => {
    const { exchange, feed } = testExchange({ fees: { maker: '0', taker: '0' } });
    must(exchange.execute('placeOrder', market({ quantity: '0.9' }), T0));
    must(exchange.execute('placeOrder', limit({ price: '49000', quantity: '0.1' }), T0));
    feed(mark({ markPrice: '39100' }));
    expect(exchange.state.positions['BTCUSDT:LONG']?.qty).toBe('0.9');
    feed(mark({ markPrice: '39040' }));
    expect(exchange.state.openOrders['BTCUSDT']).toEqual([]);
    expect(exchange.state.trades.at(-1)).toMatchObject({ price: '39040', qty: '0.9', side: 'SELL' });
    expect(exchange.state.closedOrders[exchange.state.trades.at(-1)?.orderId ?? '']).toMatchObject({ origin: 'liquidation' });
    expect(exchange.state.income.slice(-2)).toMatchObject([
      { incomeType: 'REALIZED_PNL', income: '-9864.09' },
      { incomeType: 'INSURANCE_CLEAR', income: '-135.91' },
    ]);
    expect(exchange.state.assets['USDT']?.walletBalance).toBe('0');
  });

  test('never leaves a debt', () => {
    const { exchange, feed } = testExchange();
    must(exchange.execute('placeOrder', market({ quantity: '0.9' }), T0));
    feed(mark({ markPrice: '30000' }));
    expect(exchange.state.assets['USDT']?.walletBalance).toBe('0');
    expect(exchange.state.income.at(-1)).toMatchObject({ incomeType: 'INSURANCE_CLEAR', income: '8036.090045' });
  });

  test('of an isolated position leaves the rest of the wallet alone', () => {
    const { exchange, feed } = testExchange({ fees: { maker: '0', taker: '0' } });
    must(exchange.execute('setMarginType', { symbol: 'BTCUSDT', marginType: 'ISOLATED' }, T0));
    must(exchange.execute('placeOrder', market({ quantity: '0.1' }), T0));
    feed(mark({ markPrice: '45300' }));
    expect(exchange.state.positions['BTCUSDT:LONG']).toMatchObject({ qty: '0.1', isolatedWallet: '500.001' });
    feed(mark({ markPrice: '45100' }));
    expect(exchange.state.positions['BTCUSDT:LONG']).toMatchObject({ qty: '0', isolatedWallet: '0' });
    expect(Number(exchange.state.assets['USDT']?.walletBalance)).toBeGreaterThan(9400);
  });
});

describe('auto-deleveraging', () => {
  test('closes a part at mark and says who did it', () => {
    const { exchange, events } = testExchange();
    must(exchange.execute('placeOrder', market({ quantity: '0.3' }), T0));
    const order = must(exchange.execute('deleverage', { symbol: 'BTCUSDT', positionSide: 'LONG', qty: '0.1' }, T0));
    expect(order).toMatchObject({ origin: 'adl', side: 'SELL', executedQty: '0.1', clientOrderId: `adl_autoclose-${order.orderId}` });
    expect(exchange.state.positions['BTCUSDT:LONG']?.qty).toBe('0.2');
    expect(events.at(-1)).toMatchObject({ kind: 'trade', trade: { price: '50000' } });
  });

  test('is refused where nothing is held', () => {
    const { exchange } = testExchange();
    expect(verdict(exchange.execute('deleverage', { symbol: 'BTCUSDT', positionSide: 'LONG', qty: '0.1' }, T0))).toBe(-2022);
  });
});

describe('account settings', () => {
  test('leverage is bound by the brackets and by the position held', () => {
    const { exchange, feed } = testExchange({ assets: { USDT: { balance: '100000', usdRate: '1', collateralRatio: '1' } } });
    const set = (leverage: number): number | 'accepted' => verdict(exchange.execute('setLeverage', { symbol: 'BTCUSDT', leverage }, T0));
    expect(set(126)).toBe(-4028);
    expect(set(0)).toBe(-4028);
    expect(set(1.5)).toBe(-4028);
    expect(set(20)).toBe('accepted');
    must(exchange.execute('placeOrder', market({ quantity: '2' }), T0));
    expect(set(21)).toBe(-2027);
    expect(set(1)).toBe(-2028);
    feed(quote());
    expect(exchange.state.settings['BTCUSDT']?.leverage).toBe(20);
  });

  test('modes change only without orders and positions, and only to something else', () => {
    const { exchange } = testExchange();
    expect(verdict(exchange.execute('setPositionMode', { mode: 'hedge' }, T0))).toBe(-4059);
    expect(verdict(exchange.execute('setMarginType', { symbol: 'BTCUSDT', marginType: 'CROSSED' }, T0))).toBe(-4046);
    const order = must(exchange.execute('placeOrder', limit(), T0));
    expect(verdict(exchange.execute('setPositionMode', { mode: 'one-way' }, T0))).toBe(-4067);
    expect(verdict(exchange.execute('setMarginType', { symbol: 'BTCUSDT', marginType: 'ISOLATED' }, T0))).toBe(-4047);
    must(exchange.execute('cancelOrder', { symbol: 'BTCUSDT', orderId: order.orderId }, T0));
    must(exchange.execute('placeOrder', market(), T0));
    expect(verdict(exchange.execute('setPositionMode', { mode: 'one-way' }, T0))).toBe(-4068);
    expect(verdict(exchange.execute('setMarginType', { symbol: 'BTCUSDT', marginType: 'ISOLATED' }, T0))).toBe(-4048);
  });

  test('multi-assets mode and isolated margin exclude each other', () => {
    const { exchange } = testExchange();
    must(exchange.execute('setMultiAssets', { enabled: true }, T0));
    expect(verdict(exchange.execute('setMarginType', { symbol: 'BTCUSDT', marginType: 'ISOLATED' }, T0))).toBe(-4168);
    must(exchange.execute('setMultiAssets', { enabled: false }, T0));
    must(exchange.execute('setMarginType', { symbol: 'BTCUSDT', marginType: 'ISOLATED' }, T0));
    expect(verdict(exchange.execute('setMultiAssets', { enabled: true }, T0))).toBe(-4167);
  });

  test('withdrawals stop at the available balance', () => {
    const { exchange } = testExchange();
    expect(verdict(exchange.execute('transfer', { asset: 'USDT', amount: '-10000.01' }, T0))).toBe(-2018);
    expect(verdict(exchange.execute('transfer', { asset: 'USDT', amount: '-10000' }, T0))).toBe('accepted');
    expect(verdict(exchange.execute('transfer', { asset: 'BNB', amount: '1' }, T0))).toBe(-1130);
  });

  test('an instrument margined in an asset without a wallet is a defect of the setup', () => {
    expect(() => testExchange({ instruments: [instrument({ marginAsset: 'USDC' })] })).toThrow(/USDC, which has no wallet/);
  });
});
