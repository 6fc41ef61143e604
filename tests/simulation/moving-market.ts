/**
 * The exchange and what moves it. Prices are restated whenever somebody asks, every few seconds where an order rests,
 * now and then where a position is open, and otherwise once a minute: what nobody can see costs nothing.
 */
import type { CandleHistory } from '../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import { Exchange } from '../../functions/src/domain/matching/exchange.ts';
import type { ExchangeListener } from '../../functions/src/domain/matching/exchange.ts';
import type { Order } from '../../functions/src/domain/matching/exchange-state.ts';
import type { VenueInstrument } from '../../functions/src/domain/matching/venue-instrument.ts';
import { isZero, decimal } from '../../functions/src/domain/money/decimal.ts';
import { TIMEFRAME_MS } from '../../functions/src/domain/screening/due-candles.ts';
import { instrument } from '../unit/domain/matching/exchange-builder.ts';
import type { Chaos } from './chaos.ts';
import { PricePath } from './price-path.ts';
import type { Scenario } from './scenario.ts';

const MINUTE_MS = 60_000;
const ORDER_LOOK_MS = 2_000;
const POSITION_LOOK_MS = 15_000;
const FUNDING_MS = 8 * 3_600_000;
const START_USD = '10000';

interface Contract {
  readonly symbol: string;
  readonly basePrice: number;
  readonly priceDigits: number;
  readonly qtyDigits: number;
  readonly minNotional: string;
}

const CONTRACTS: readonly Contract[] = [
  { symbol: 'BTCUSDT', basePrice: 50_000, priceDigits: 1, qtyDigits: 3, minNotional: '100' },
  { symbol: 'ETHUSDT', basePrice: 2500, priceDigits: 2, qtyDigits: 3, minNotional: '20' },
  { symbol: 'SOLUSDT', basePrice: 150, priceDigits: 3, qtyDigits: 1, minNotional: '5' },
];

function instrumentOf({ symbol, priceDigits, qtyDigits, minNotional }: Contract): VenueInstrument {
  const tick = (10 ** -priceDigits).toFixed(priceDigits);
  const step = (10 ** -qtyDigits).toFixed(qtyDigits);
  return instrument({
    symbol,
    baseAsset: symbol.slice(0, 3),
    pricePrecision: priceDigits,
    quantityPrecision: qtyDigits,
    tickSize: tick,
    minPrice: tick,
    stepSize: step,
    minQty: step,
    marketStepSize: step,
    marketMinQty: step,
    maxQty: '100000',
    marketMaxQty: '12000',
    minNotional,
  });
}

export interface MovingMarket {
  readonly exchange: Exchange;
  readonly candles: CandleHistory;
  /** Everything that happens in the market up to `now`, and its prices at `now`. */
  readonly advanceTo: (now: number) => void;
  /** When there is next something to look at. */
  readonly nextLookAt: (now: number) => number;
  /** From `now` on prices stand, and whatever rests is traded with. */
  readonly calm: (now: number) => void;
}

export function movingMarket(scenario: Scenario, chaos: Chaos, listener: ExchangeListener): MovingMarket {
  const { seed, startAt, minutes, market: temper, positionMode } = scenario;
  const paths = new Map(CONTRACTS.map((contract) => [contract.symbol, new PricePath({ ...contract, seed, startAt, minutes, temper })]));
  const exchange = Exchange.open(
    {
      time: startAt,
      instruments: CONTRACTS.map(instrumentOf),
      assets: { USDT: { balance: START_USD, usdRate: '1', collateralRatio: '1' } },
      positionMode,
      multiAssets: false,
      fees: { maker: '0.0002', taker: '0.0005' },
      defaultLeverage: 3,
      firstOrderId: '8389765000000000001',
      firstTradeId: '1',
      firstTranId: '8082457372000000001',
    },
    listener,
  );
  let calm = false;
  let statedAt = startAt - 1;
  let fundedAt = startAt - (startAt % FUNDING_MS);

  const state = (contract: Contract, time: number): void => {
    const price = paths.get(contract.symbol)?.at(time) ?? contract.basePrice;
    const ticks = Math.round(price * 10 ** contract.priceDigits);
    const halfSpread = Math.max(1, Math.round(ticks / 100_000));
    const text = (count: number): string => (count / 10 ** contract.priceDigits).toFixed(contract.priceDigits);
    const depth = Math.max(10 ** -contract.qtyDigits, temper.depthUsd / price).toFixed(contract.qtyDigits);
    exchange.applyMarketEvent({ kind: 'quote', symbol: contract.symbol, time, bidPrice: text(ticks - halfSpread), bidQty: depth, askPrice: text(ticks + halfSpread), askQty: depth });
    exchange.applyMarketEvent({ kind: 'mark', symbol: contract.symbol, time, markPrice: text(ticks), indexPrice: text(ticks) });
  };

  /** Somebody trades with what rests: all of it or a part. */
  const trade = (order: Order, contract: Contract, time: number): void => {
    const chance = calm ? 1 : temper.makerFillChance;
    if (chaos.draw('market.trade') >= chance) return;
    const share = calm ? 1 : Math.ceil(chaos.draw('market.share') * 4) / 4;
    const qty = Math.max(10 ** -contract.qtyDigits, Number(order.origQty) * share).toFixed(contract.qtyDigits);
    const tick = 10 ** -contract.priceDigits;
    const through = (Number(order.price) + (order.side === 'BUY' ? -tick : tick)).toFixed(contract.priceDigits);
    exchange.applyMarketEvent({ kind: 'trade', symbol: contract.symbol, time, price: through, qty, aggressor: order.side === 'BUY' ? 'SELL' : 'BUY' });
  };

  const fund = (time: number): void => {
    for (const { symbol } of CONTRACTS) {
      const rate = ((chaos.draw('market.funding') - 0.4) * 0.0006).toFixed(8);
      exchange.applyMarketEvent({ kind: 'funding', symbol, time, rate, nextFundingTime: time + FUNDING_MS });
    }
  };

  const isOpen = (symbol: string): boolean =>
    Object.values(exchange.state.positions).some((position) => position.symbol === symbol && !isZero(decimal(position.qty)));
  const resting = (symbol: string): readonly Order[] => exchange.state.openOrders[symbol] ?? [];

  const market: MovingMarket = {
    exchange,
    candles: (symbol, timeframe, count, now) => paths.get(symbol)?.candles(TIMEFRAME_MS[timeframe], count, now) ?? null,
    advanceTo(now) {
      if (now <= statedAt) return;
      statedAt = now;
      if (now - fundedAt >= FUNDING_MS) {
        fundedAt = now - (now % FUNDING_MS);
        fund(now);
      }
      for (const contract of CONTRACTS) {
        for (const order of resting(contract.symbol).slice()) trade(order, contract, now);
        state(contract, now);
      }
    },
    nextLookAt(now) {
      if (CONTRACTS.some(({ symbol }) => resting(symbol).length > 0)) return now + ORDER_LOOK_MS;
      if (CONTRACTS.some(({ symbol }) => isOpen(symbol))) return now + POSITION_LOOK_MS;
      return now - (now % MINUTE_MS) + MINUTE_MS;
    },
    calm(now) {
      calm = true;
      for (const path of paths.values()) path.freeze(now);
    },
  };
  fund(startAt);
  market.advanceTo(startAt);
  return market;
}
