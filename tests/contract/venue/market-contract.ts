import { describe, expect, test } from 'vitest';
import { decimal } from '../../../functions/src/domain/money/decimal.ts';
import { notional, price, qty } from '../../../functions/src/domain/money/units.ts';
import { T0, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { found } from './order-requests.ts';
import type { UseHarness } from './venue-contract.ts';
import { OPEN_MINUTE } from './venue-harness.ts';

export function marketContract(use: UseHarness): void {
  describe('the market', () => {
    test('quotes the asked symbols; one the venue does not quote is missing', async () => {
      const { venue, happens } = use();
      happens(quote({ time: T0 + 3, bidPrice: '49990', bidQty: '2.5', askPrice: '49990.1', askQty: '0.75' }));
      expect(found(await venue.quotes(['BTCUSDT', 'NOPEUSDT']))).toEqual([
        { symbol: 'BTCUSDT', bid: price('49990'), bidQty: qty('2.5'), ask: price('49990.1'), askQty: qty('0.75'), at: T0 + 3 },
      ]);
      expect(found(await venue.quotes(['BTCUSDT', 'ETHUSDT'])).map(({ symbol }) => symbol).toSorted()).toEqual(['BTCUSDT', 'ETHUSDT']);
    });

    test('books have the best prices first and no more levels than asked for; a symbol without one is missing', async () => {
      const { venue, happens } = use();
      happens(quote({ time: T0 + 3, bidPrice: '49990', bidQty: '2.5', askPrice: '49990.1', askQty: '0.75' }));
      const books = found(await venue.books(['BTCUSDT', 'NOPEUSDT', 'ETHUSDT'], 7));
      expect(books.map(({ symbol, at }) => [symbol, at])).toEqual([['BTCUSDT', T0 + 3], ['ETHUSDT', T0]]);
      const [{ bids, asks } = { bids: [], asks: [] }] = books;
      expect([bids[0], asks[0]]).toEqual([{ price: price('49990'), qty: qty('2.5') }, { price: price('49990.1'), qty: qty('0.75') }]);
      expect([bids.length, asks.length]).toEqual([7, 7]);
      const outward = (side: typeof bids, sign: 1 | -1) => side.every((level, index) => index === 0 || (sign === 1 ? level.price.gt(side[index - 1]?.price ?? '0') : level.price.lt(side[index - 1]?.price ?? '0')));
      expect([outward(bids, -1), outward(asks, 1)]).toEqual([true, true]);
      expect([...bids, ...asks].every((level) => level.qty.gt('0'))).toBe(true);
    });

    test('books are unavailable when not one of them can be read', async () => {
      const { venue, lose } = use();
      lose('books', 'before');
      expect((await venue.books(['BTCUSDT'], 5)).kind).toBe('unavailable');
    });

    test('marks carry index price, funding rate and the next funding time', async () => {
      const { venue, happens } = use();
      happens({ kind: 'funding', symbol: 'ETHUSDT', time: T0 + 1, rate: '-0.00025', nextFundingTime: T0 + 28_800_000 });
      expect(found(await venue.marks(['ETHUSDT', 'NOPEUSDT']))).toEqual([
        {
          symbol: 'ETHUSDT',
          markPrice: price('3000'),
          indexPrice: price('3000.5'),
          fundingRate: decimal('-0.00025'),
          nextFundingAt: T0 + 28_800_000,
          at: T0,
        },
      ]);
    });

    test('candles are the last closed ones, oldest first', async () => {
      const { venue } = use();
      const [series] = found(await venue.candles(['BTCUSDT'], '1m', 3));
      expect(series).toMatchObject({ symbol: 'BTCUSDT', timeframe: '1m' });
      expect(series?.candles.map(({ openAt, closeAt }) => [openAt, closeAt])).toEqual([
        [OPEN_MINUTE - 180_000, OPEN_MINUTE - 120_000],
        [OPEN_MINUTE - 120_000, OPEN_MINUTE - 60_000],
        [OPEN_MINUTE - 60_000, OPEN_MINUTE],
      ]);
      expect(series?.candles.at(-1)).toMatchObject({ open: 50_000, high: 50_100.5, low: 49_900, close: 50_009, volume: 12.5 });
    });

    test('a candle counts as closed from the millisecond after it', async () => {
      const { venue, setTime } = use();
      const lastOpening = async (): Promise<number | undefined> => found(await venue.candles(['BTCUSDT'], '1m', 1))[0]?.candles[0]?.openAt;
      setTime(OPEN_MINUTE + 59_999);
      expect(await lastOpening()).toBe(OPEN_MINUTE - 60_000);
      setTime(OPEN_MINUTE + 60_000);
      expect(await lastOpening()).toBe(OPEN_MINUTE);
    });

    test('candles of an unknown symbol make the reading unavailable', async () => {
      expect((await use().venue.candles(['BTCUSDT', 'NOPEUSDT'], '1m', 3)).kind).toBe('unavailable');
    });

    test('instruments tell grid and limits; unknown symbols are missing', async () => {
      expect(found(await use().venue.instruments(['ETHUSDT', 'NOPEUSDT']))).toEqual([
        {
          symbol: 'ETHUSDT',
          base: 'ETH',
          quote: 'USDT',
          marginAsset: 'USDT',
          status: 'trading',
          tickSize: decimal('0.01'),
          stepSize: decimal('0.001'),
          minQty: qty('0.001'),
          maxQty: qty('1000'),
          marketMaxQty: qty('120'),
          minNotional: notional('20'),
          minPrice: price('100'),
          maxPrice: price('1000000'),
        },
      ]);
    });
  });
}
