import { describe, expect, test } from 'vitest';
import { decimal, sum, text } from '../../../functions/src/domain/money/decimal.ts';
import { T0, mark, print, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { binanceusdm } from './ccxt-client.ts';
import { BTC, type VenueFixture, startFixture } from './venue-fixture.ts';

const MINUTE = 60_000;

/** Rests 0.5 LONG at the best bid behind a queue of 1. */
async function restLong(client: binanceusdm): Promise<void> {
  await client.createOrder(BTC, 'limit', 'buy', 0.5, 49999.9, { timeInForce: 'GTX', positionSide: 'LONG', newClientOrderId: 'leg-1' });
}

async function started(): Promise<VenueFixture> {
  const fixture = await startFixture();
  await fixture.client.loadMarkets();
  return fixture;
}

describe('the unmodified ccxt client', () => {
  test('is the class whose requests were studied', () => {
    expect(new binanceusdm().id).toBe('binanceusdm');
  });

  test('reads markets, precision and limits', async () => {
    const { client } = await startFixture();
    const markets = await client.loadMarkets();
    expect(markets[BTC]).toMatchObject({
      id: 'BTCUSDT',
      active: true,
      linear: true,
      precision: { price: '0.1', amount: '0.001' },
      limits: { amount: { min: '0.001', max: '1000' }, cost: { min: '100' } },
    });
  });

  test('reads book, best prices, mark and funding', async () => {
    const { client } = await started();
    const book = await client.fetchOrderBook(BTC, 5);
    expect(book.bids[0]).toEqual([49999.9, 1]);
    expect(book.asks).toHaveLength(5);
    const bests = await client.fetchBidsAsks();
    expect(bests[BTC]).toMatchObject({ bid: '49999.9', ask: '50000.1', askVolume: '1' });
    const marks = await client.fetchMarkPrices();
    expect(marks[BTC]).toMatchObject({ markPrice: '50000', indexPrice: '50000' });
    const funding = await client.fetchFundingRates();
    expect(funding[BTC]).toMatchObject({ fundingRate: '0', fundingTimestamp: 1_750_003_200_000 });
  });

  test('places a post-only order that fills only after the queue ahead of it', async () => {
    const { client, happens } = await started();
    await restLong(client);
    happens(print({ time: T0 + 1, qty: '0.9' }));
    expect(await client.fetchOrder('', BTC, { clientOrderId: 'leg-1' })).toMatchObject({ status: 'open', filled: '0' });
    happens(print({ time: T0 + 2, qty: '0.3' }));
    expect(await client.fetchOrder('', BTC, { clientOrderId: 'leg-1' })).toMatchObject({ status: 'open', filled: '0.2', average: '49999.9' });
  });

  test('keeps 19-digit ids whole', async () => {
    const { client } = await started();
    await restLong(client);
    const [order] = await client.fetchOpenOrders(BTC);
    expect(order?.id).toBe('8389765000000000001');
    expect(await client.fetchOrder('8389765000000000001', BTC)).toMatchObject({ clientOrderId: 'leg-1' });
  });

  test('cancels by client id and keeps what was filled', async () => {
    const { client, happens } = await started();
    await restLong(client);
    happens(print({ time: T0 + 1, qty: '1.2' }));
    const cancelled = await client.cancelOrder('', BTC, { clientOrderId: 'leg-1' });
    expect(cancelled).toMatchObject({ status: 'canceled', filled: '0.2' });
    expect(await client.fetchOpenOrders()).toEqual([]);
    expect(await client.fetchOrder('', BTC, { clientOrderId: 'leg-1' })).toMatchObject({ status: 'canceled', filled: '0.2' });
  });

  test('gets the fill of a market order in its answer', async () => {
    const { client } = await started();
    const order = await client.createOrder(BTC, 'market', 'buy', 0.3, undefined, { positionSide: 'LONG' });
    expect(order).toMatchObject({ status: 'closed', filled: '0.3', average: '50000.1', cost: '15000.03' });
  });

  test('sees hedge legs apart, with signed notional deciding the side', async () => {
    const { client } = await started();
    await client.createOrder(BTC, 'market', 'buy', 0.3, undefined, { positionSide: 'LONG' });
    await client.createOrder(BTC, 'market', 'sell', 0.1, undefined, { positionSide: 'SHORT' });
    const positions = await client.fetchPositions();
    expect(positions.map(({ side, contracts, entryPrice }) => ({ side, contracts, entryPrice }))).toEqual([
      { side: 'long', contracts: '0.3', entryPrice: '50000.1' },
      { side: 'short', contracts: '0.1', entryPrice: '49999.9' },
    ]);
  });

  test('reads the balance with margin of positions and of resting orders', async () => {
    const { client } = await started();
    await restLong(client);
    const balance = await client.fetchBalance();
    expect(balance['USDT']).toEqual({ free: '7500.005', used: '2499.995', total: '10000' });
  });

  test('reads trades with fees and whether they were maker, and funding', async () => {
    const { client, happens } = await started();
    await client.createOrder(BTC, 'market', 'buy', 0.1, undefined, { positionSide: 'LONG' });
    await client.createOrder(BTC, 'limit', 'sell', 0.1, 50010, { timeInForce: 'GTX', positionSide: 'LONG' });
    happens(quote({ time: T0 + 1, bidPrice: '50010', askPrice: '50010.2' }));
    const trades = await client.fetchMyTrades(BTC);
    expect(trades.map(({ takerOrMaker, price, fee }) => [takerOrMaker, price, fee?.cost])).toEqual([
      ['taker', '50000.1', '2.500005'],
      ['maker', '50010', '1.0002'],
    ]);
  });

  test('finds that all income adds up to the wallet', async () => {
    const { client, happens, venue } = await started();
    await client.createOrder(BTC, 'market', 'buy', 0.3, undefined, { positionSide: 'LONG' });
    happens({ kind: 'funding', symbol: 'BTCUSDT', time: T0 + MINUTE, rate: '0.0001', nextFundingTime: T0 + 2 * MINUTE });
    happens(quote({ time: T0 + 2 * MINUTE, bidPrice: '50100', askPrice: '50100.2' }), mark({ time: T0 + 2 * MINUTE, markPrice: '50100' }));
    await client.createOrder(BTC, 'market', 'sell', 0.3, undefined, { positionSide: 'LONG' });
    const rows = await client.fapiPrivateGetIncome({ startTime: T0 - 1 });
    const types = rows.map((row: Record<string, string>) => `${row['incomeType']} ${row['income']}`);
    expect(types).toEqual([
      'TRANSFER 10000',
      'COMMISSION -7.500015',
      'FUNDING_FEE -1.5',
      'COMMISSION -7.515',
      'REALIZED_PNL 29.97',
    ]);
    const total = sum(rows.map((row: Record<string, string>) => decimal(row['income'] ?? '')));
    expect(venue.core.state.assets['USDT']?.walletBalance).toBe(text(total));
  });

  test('sets and reads leverage, margin type and position mode', async () => {
    const { client } = await started();
    expect(await client.setLeverage(20, BTC)).toMatchObject({ leverage: 20, maxNotionalValue: '5000000' });
    await expect(client.setMarginMode('cross', BTC)).rejects.toThrow(/-4046/);
    await client.setMarginMode('isolated', BTC);
    await client.setPositionMode(false);
    expect(await client.fetchPositionMode()).toMatchObject({ hedged: false });
    const leverages = await client.fetchLeverages();
    expect(leverages[BTC]).toMatchObject({ marginMode: 'isolated', longLeverage: 20 });
  });

  test('places, lists, cancels and sees triggered a protective stop on the algo endpoints', async () => {
    const { client, happens } = await started();
    await client.createOrder(BTC, 'market', 'buy', 0.3, undefined, { positionSide: 'LONG' });
    const stop = await client.createOrder(BTC, 'market', 'sell', 0.3, undefined, {
      stopLossPrice: 49000, positionSide: 'LONG', closePosition: true, workingType: 'MARK_PRICE', clientAlgoId: 'stop-1',
    });
    expect(await client.fetchOpenOrders(BTC)).toEqual([]);
    const [listed] = await client.fetchOpenOrders(BTC, undefined, undefined, { trigger: true });
    expect(listed).toMatchObject({ id: stop.id, clientOrderId: 'stop-1', triggerPrice: '49000' });
    happens(quote({ time: T0 + 1, bidPrice: '48999', askPrice: '48999.2' }), mark({ time: T0 + 1, markPrice: '49000' }));
    const fired = await client.fapiPrivateGetAlgoOrder({ clientAlgoId: 'stop-1' });
    expect(fired).toMatchObject({ algoStatus: 'FINISHED', actualPrice: '48999' });
    expect(await client.fetchOrder(fired['actualOrderId'], BTC)).toMatchObject({ status: 'closed', filled: '0.3' });
    expect(await client.fetchPositions()).toEqual([]);
  });

  test('gets errors by the codes of the live venue', async () => {
    const { client } = await started();
    const order = (params: object, price = 49000, amount = 0.1) => client.createOrder(BTC, 'limit', 'buy', amount, price, { positionSide: 'LONG', ...params });
    await expect(order({}, 49000, 50)).rejects.toThrow(/-2019/);
    await expect(order({ timeInForce: 'GTX' }, 50001)).rejects.toThrow(/-5022/);
    await expect(order({ reduceOnly: true })).rejects.toThrow(/-1106/);
    await order({ newClientOrderId: 'twice' });
    await expect(order({ newClientOrderId: 'twice' })).rejects.toThrow(/-4116/);
    await expect(client.cancelOrder('1', BTC)).rejects.toThrow(/-2011/);
    await expect(client.fetchOrder('1', BTC)).rejects.toThrow(/-2013/);
  });
});
