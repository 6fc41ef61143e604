import type { FaultPhase } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import { type CandleHistory, createSimulatedVenue } from '../../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import { Exchange } from '../../../functions/src/domain/matching/exchange.ts';
import { T0, must } from '../../unit/domain/matching/exchange-builder.ts';
import { sharedAccountContract, venueContract } from './venue-contract.ts';
import {
  FEES, FIRST_ORDER_ID, FIRST_TRAN_ID, INSTRUMENTS, LEVERAGE, type LosableCall, MINUTES, OPENING_MARKET, type SharedAccountHarness,
  type StartHarness, WALLET,
} from './venue-harness.ts';

const MINUTE_MS = 60_000;

const startSimulated: StartHarness<SharedAccountHarness> = async (positionMode) => {
  const exchange = Exchange.open({
    time: T0,
    instruments: INSTRUMENTS,
    assets: WALLET,
    positionMode: positionMode === 'hedge' ? 'hedge' : 'one-way',
    multiAssets: false,
    fees: FEES,
    defaultLeverage: LEVERAGE,
    firstOrderId: FIRST_ORDER_ID,
    firstTradeId: '1',
    firstTranId: FIRST_TRAN_ID,
  });
  for (const event of OPENING_MARKET) exchange.applyMarketEvent(event);
  let now = T0;
  let losses: { readonly call: LosableCall; readonly when: FaultPhase }[] = [];
  const venue = createSimulatedVenue({
    exchange,
    clock: { now: () => now, sleep: () => Promise.resolve() },
    candles: closedMinutes,
    fault(call, phase) {
      const loss = losses.find((armed) => armed.call === call && armed.when === phase);
      losses = losses.filter((armed) => armed !== loss);
      return loss === undefined ? 'none' : 'lost';
    },
  });
  return {
    venue,
    setTime(time) {
      now = time;
    },
    happens(...events) {
      for (const event of events) {
        exchange.applyMarketEvent(event);
        now = event.time;
      }
    },
    lose(call, when) {
      losses.push({ call, when });
    },
    byHand(name, argument) {
      must(exchange.execute(name, argument, now));
    },
    close: () => Promise.resolve(),
  };
};

const closedMinutes: CandleHistory = (symbol, _timeframe, count, now) => {
  if (symbol !== 'BTCUSDT') return null;
  const closed = MINUTES.filter(({ openTime }) => openTime + MINUTE_MS <= now).slice(-count);
  return closed.map(({ openTime, open, high, low, close, volume }) => ({
    openAt: openTime,
    closeAt: openTime + MINUTE_MS,
    open: Number(open),
    high: Number(high),
    low: Number(low),
    close: Number(close),
    volume: Number(volume),
  }));
};

venueContract('venue-simulated', startSimulated);
sharedAccountContract('venue-simulated', startSimulated);
