import { describe, expect, test } from 'vitest';
import { stopPayload } from '../../../../functions/src/adapters/venue-ccxt/stop-payload.ts';
import type { PositionMode } from '../../../../functions/src/domain/account/account.ts';
import { price, qty } from '../../../../functions/src/domain/money/units.ts';
import type { StopKind, StopRequest } from '../../../../functions/src/domain/order/protective-stop.ts';
import type { PositionSide } from '../../../../functions/src/schema/scalars.ts';

const STOP: StopRequest = {
  clientStopId: 'pc-abc123-s1',
  symbol: 'BTCUSDT',
  positionSide: 'long',
  kind: 'stopLoss',
  triggerPrice: price('49000.10'),
  armedAt: 1_763_700_000_000,
};

/** All that is sent but for the symbol, which changes nothing else. */
const TABLE: readonly [PositionMode, StopKind, PositionSide, Readonly<Record<string, string>>][] = [
  ['hedge', 'stopLoss', 'long', { side: 'SELL', positionSide: 'LONG', type: 'STOP_MARKET' }],
  ['hedge', 'stopLoss', 'short', { side: 'BUY', positionSide: 'SHORT', type: 'STOP_MARKET' }],
  ['hedge', 'takeProfit', 'long', { side: 'SELL', positionSide: 'LONG', type: 'TAKE_PROFIT_MARKET' }],
  ['hedge', 'takeProfit', 'short', { side: 'BUY', positionSide: 'SHORT', type: 'TAKE_PROFIT_MARKET' }],
  ['oneWay', 'stopLoss', 'long', { side: 'SELL', type: 'STOP_MARKET' }],
  ['oneWay', 'stopLoss', 'short', { side: 'BUY', type: 'STOP_MARKET' }],
  ['oneWay', 'takeProfit', 'long', { side: 'SELL', type: 'TAKE_PROFIT_MARKET' }],
  ['oneWay', 'takeProfit', 'short', { side: 'BUY', type: 'TAKE_PROFIT_MARKET' }],
];

describe.each(['BTCUSDT', 'BTCUSDC'])('stopPayload for %s', (symbol) => {
  test.each(TABLE)('in %s mode a %s of a %s closes the position by mark price, with nothing that could size it', (mode, kind, positionSide, terms) => {
    expect(stopPayload({ ...STOP, symbol, kind, positionSide }, mode)).toEqual({
      ok: true,
      params: {
        algoType: 'CONDITIONAL',
        symbol,
        ...terms,
        triggerPrice: '49000.1',
        workingType: 'MARK_PRICE',
        closePosition: 'true',
        clientAlgoId: 'pc-abc123-s1',
        newOrderRespType: 'RESULT',
      },
    });
  });
});

describe('stopPayload', () => {
  test('lets nothing else through that a request may carry', () => {
    const overloaded = { ...STOP, qty: qty('0.1'), quantity: '0.1', reducing: true, reduceOnly: true, price: price('49000') };
    for (const mode of ['hedge', 'oneWay'] as const) expect(stopPayload(overloaded, mode)).toEqual(stopPayload(STOP, mode));
  });

  test.each<[string, StopRequest]>([
    ['clientStopId is "no spaces": ', { ...STOP, clientStopId: 'no spaces' }],
    ['clientStopId is ""', { ...STOP, clientStopId: '' }],
    ['clientStopId is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"', { ...STOP, clientStopId: 'a'.repeat(37) }],
    ['triggerPrice is 0: it must be above 0', { ...STOP, triggerPrice: price('0') }],
  ])('refuses %s', (problem, request) => {
    for (const mode of ['hedge', 'oneWay'] as const) {
      expect(stopPayload(request, mode)).toMatchObject({ ok: false, problem: expect.stringContaining(problem) });
    }
  });
});
