import { describe, expect, test } from 'vitest';
import type { IncomeRow, PositionMode } from '../../../functions/src/domain/account/account.ts';
import { decimal, sum } from '../../../functions/src/domain/money/decimal.ts';
import { price, qty, usd } from '../../../functions/src/domain/money/units.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { T0, mark, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { accepted, found, limitOrder, marketOrder } from './order-requests.ts';
import type { UseHarness } from './venue-contract.ts';
import { FIRST_TRAN_ID, LEVERAGE, NEXT_FUNDING } from './venue-harness.ts';

const BEFORE_DEPOSIT = T0 - 1000;
const SHORT = { side: 'sell', positionSide: 'short' } as const;

async function walletOf(venue: Venue): Promise<string | undefined> {
  const { balances } = found(await venue.account());
  return balances.find(({ asset }) => asset === 'USDT')?.walletBalance.toFixed();
}

function brief({ kind, symbol, amount }: IncomeRow): [string, string | null, string] {
  return [kind, symbol, amount.toFixed()];
}

export function accountContract(use: UseHarness, mode: PositionMode): void {
  describe('the account', () => {
    test('tells its position mode and balances', async () => {
      const { venue } = use();
      expect(await venue.account()).toEqual({
        kind: 'found',
        asOf: T0,
        value: {
          positionMode: mode,
          balances: ['USDT', 'USDC'].map((asset) => ({
            asset,
            walletBalance: decimal('10000'),
            unrealizedPnl: decimal('0'),
            availableBalance: decimal('10000'),
          })),
        },
      });
    });

    test('margin of a resting order lowers what is available, not the wallet', async () => {
      const { venue } = use();
      await venue.place(limitOrder({ at: '49000' }));
      const { balances } = found(await venue.account());
      expect(balances.map(({ walletBalance, availableBalance }) => `${walletBalance.toFixed()} ${availableBalance.toFixed()}`)).toEqual([
        '10000 9510',
        '10000 10000',
      ]);
    });
  });

  describe('settings', () => {
    test('tell permission, modes and each symbol; the cost does not depend on how many', async () => {
      const { symbols, ...account } = found(await use().venue.settings(['BTCUSDT', 'ETHUSDT']));
      expect(account).toEqual({ canTrade: true, positionMode: mode, multiAssets: false, clockOffsetMs: 0 });
      expect(symbols).toEqual(['BTCUSDT', 'ETHUSDT'].map((symbol) => ({ symbol, leverage: LEVERAGE, marginMode: 'cross' })));
    });

    test('show a leverage and a margin mode that were set, of that symbol alone', async () => {
      const { venue } = use();
      expect(await venue.setLeverage('BTCUSDT', 5)).toEqual({ kind: 'accepted' });
      expect(await venue.setMarginMode('BTCUSDT', 'isolated')).toEqual({ kind: 'accepted' });
      expect(await venue.setMarginMode('BTCUSDT', 'isolated')).toEqual({ kind: 'accepted' });
      const { symbols } = found(await venue.settings(['ETHUSDT', 'BTCUSDT']));
      expect(symbols.toSorted((a, b) => a.symbol.localeCompare(b.symbol))).toEqual([
        { symbol: 'BTCUSDT', leverage: 5, marginMode: 'isolated' },
        { symbol: 'ETHUSDT', leverage: LEVERAGE, marginMode: 'cross' },
      ]);
    });

    test('refuse another margin mode while there is an order or a position', async () => {
      const { venue } = use();
      await venue.place(limitOrder());
      expect(await venue.setMarginMode('BTCUSDT', 'isolated')).toMatchObject({ kind: 'rejected', venueCode: '-4047' });
      expect(await venue.setMarginMode('ETHUSDT', 'isolated')).toEqual({ kind: 'accepted' });
      accepted(await venue.place(marketOrder({ symbol: 'BTCUSDC', clientOrderId: 'pc-test-0-2' })));
      expect(await venue.setMarginMode('BTCUSDC', 'isolated')).toMatchObject({ kind: 'rejected', venueCode: '-4048' });
    });
  });

  test('maintenance margins are told by notional, ascending, for every asked symbol', async () => {
    const brackets = found(await use().venue.brackets(['ETHUSDT', 'NOPEUSDT', 'BTCUSDT']));
    const tiers = [
      { notionalFloor: decimal('0'), ratio: decimal('0.004'), cum: decimal('0') },
      { notionalFloor: decimal('50000'), ratio: decimal('0.01'), cum: decimal('300') },
    ];
    expect(brackets.toSorted((a, b) => a.symbol.localeCompare(b.symbol))).toEqual(['BTCUSDT', 'ETHUSDT'].map((symbol) => ({ symbol, tiers })));
  });

  describe('positions', () => {
    test('a flat account has none', async () => {
      const { venue } = use();
      await venue.place(limitOrder());
      expect(found(await venue.positions())).toEqual([]);
    });

    test('a long is valued at mark', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder());
      happens(mark({ time: T0 + 1, markPrice: '50100.1' }));
      const [position, ...others] = found(await venue.positions());
      expect(others).toEqual([]);
      expect(position).toMatchObject({
        symbol: 'BTCUSDT',
        positionSide: 'long',
        qty: qty('0.1'),
        entryPrice: price('50000.1'),
        markPrice: price('50100.1'),
        unrealizedPnl: usd('10'),
        updatedAt: T0,
      });
    });

    test('a short has a positive quantity and its own side', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder(SHORT));
      happens(mark({ time: T0 + 1, markPrice: '49989.9' }));
      const [position] = found(await venue.positions());
      expect(position).toMatchObject({ positionSide: 'short', qty: qty('0.1'), entryPrice: price('49999.9'), unrealizedPnl: usd('1') });
      expect(position?.liquidationPrice?.gt('50000')).toBe(true);
    });

    test('long and short of one symbol are held side by side in hedge mode and netted in one-way mode', async () => {
      const { venue } = use();
      await venue.place(marketOrder());
      await venue.place(marketOrder({ ...SHORT, clientOrderId: 'short', qty: qty('0.04') }));
      const held = found(await venue.positions()).map(({ positionSide, qty: amount }) => `${positionSide} ${amount.toFixed()}`);
      expect(held).toEqual(mode === 'hedge' ? ['long 0.1', 'short 0.04'] : ['long 0.06']);
    });
  });

  describe('income', () => {
    test('begins with the deposits, with every digit of their ids', async () => {
      const { venue } = use();
      const deposit = { kind: 'transfer', symbol: null, amount: decimal('10000'), at: expect.any(Number) };
      expect(found(await venue.incomeSince(BEFORE_DEPOSIT))).toEqual([
        { ...deposit, incomeId: `TRANSFER-${FIRST_TRAN_ID}`, asset: 'USDT' },
        { ...deposit, incomeId: `TRANSFER-${BigInt(FIRST_TRAN_ID) + 1n}`, asset: 'USDC' },
      ]);
    });

    test('explains every change of the wallet to the last digit', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder({ qty: qty('0.123') }));
      happens(quote({ time: T0 + 1, bidPrice: '49900.3', askPrice: '49900.7' }));
      await venue.place(marketOrder({ clientOrderId: 'exit', side: 'sell', reducing: true, qty: qty('0.123') }));
      const rows = found(await venue.incomeSince(BEFORE_DEPOSIT)).filter(({ asset }) => asset === 'USDT');
      expect(rows.map(brief)).toEqual([
        ['transfer', null, '10000'],
        ['commission', 'BTCUSDT', '-3.07500615'],
        ['commission', 'BTCUSDT', '-3.06886845'],
        ['realizedPnl', 'BTCUSDT', '-12.2754'],
      ]);
      expect(sum(rows.map(({ amount }) => amount)).toFixed()).toBe(await walletOf(venue));
      expect(new Set(rows.map(({ incomeId }) => incomeId)).size).toBe(rows.length);
    });

    test('funding is paid by longs when the rate is positive', async () => {
      const { venue, happens } = use();
      await venue.place(marketOrder());
      happens(NEXT_FUNDING);
      const funding = found(await venue.incomeSince(NEXT_FUNDING.time));
      expect(funding.map(brief)).toEqual([['funding', 'BTCUSDT', '-0.5']]);
    });

    test('rows at the asked time are given, earlier ones are not, the oldest comes first', async () => {
      const { venue, happens } = use();
      happens(mark({ time: T0 + 5 }));
      await venue.place(marketOrder());
      happens(mark({ time: T0 + 9 }));
      await venue.place(marketOrder({ clientOrderId: 'exit', side: 'sell', reducing: true }));
      const since = found(await venue.incomeSince(T0 + 5));
      expect(since.map(({ at }) => at)).toEqual([T0 + 5, T0 + 9, T0 + 9]);
      expect(found(await venue.incomeSince(T0 + 10))).toEqual([]);
    });
  });
}
