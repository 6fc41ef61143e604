import { describe, expect, test } from 'vitest';
import { wireBalances, wirePositionMode } from '../../../../functions/src/adapters/venue-ccxt/parse-account.ts';
import { wireIncome } from '../../../../functions/src/adapters/venue-ccxt/parse-income.ts';
import { wirePositions } from '../../../../functions/src/adapters/venue-ccxt/parse-position.ts';
import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { price, qty, usd } from '../../../../functions/src/domain/money/units.ts';

const POSITION = {
  symbol: 'BTCUSDT',
  positionSide: 'LONG',
  positionAmt: '0.120',
  entryPrice: '50000.0',
  markPrice: '50100.00000000',
  unRealizedProfit: '12.00000000',
  liquidationPrice: '45000.5',
  updateTime: 1_763_700_000_000,
};

describe('wirePositions', () => {
  test('gives the holding with its side, without sign', () => {
    expect(wirePositions.parse([POSITION])).toEqual([
      {
        symbol: 'BTCUSDT',
        positionSide: 'long',
        qty: qty('0.12'),
        entryPrice: price('50000'),
        markPrice: price('50100'),
        unrealizedPnl: usd('12'),
        liquidationPrice: price('45000.5'),
        updatedAt: 1_763_700_000_000,
      },
    ]);
  });

  test('flat rows are dropped', () => {
    expect(wirePositions.parse([{ ...POSITION, positionAmt: '0.000', entryPrice: '0.0', liquidationPrice: '0' }])).toEqual([]);
  });

  test.each([
    ['SHORT', '-0.5', 'short'],
    ['BOTH', '-0.5', 'short'],
    ['BOTH', '0.5', 'long'],
  ])('%s with amount %s is a %s', (positionSide, positionAmt, expected) => {
    const [position] = wirePositions.parse([{ ...POSITION, positionSide, positionAmt }]);
    expect(position).toMatchObject({ positionSide: expected, qty: qty('0.5') });
  });

  test('a liquidation price of zero is none', () => {
    expect(wirePositions.parse([{ ...POSITION, liquidationPrice: '0' }])[0]?.liquidationPrice).toBeNull();
  });

  test('one unreadable holding makes the whole answer unreadable', () => {
    expect(wirePositions.safeParse([POSITION, { ...POSITION, positionAmt: 'n/a' }]).success).toBe(false);
  });
});

describe('wireBalances and wirePositionMode', () => {
  test('balances keep wallet, unrealised and available apart', () => {
    const assets = [{ asset: 'USDT', walletBalance: '23.72469206', unrealizedProfit: '-0.5', availableBalance: '20', marginBalance: '23.22' }];
    expect(wireBalances.parse({ assets, totalWalletBalance: '23.7' })).toEqual([
      { asset: 'USDT', walletBalance: decimal('23.72469206'), unrealizedPnl: decimal('-0.5'), availableBalance: decimal('20') },
    ]);
  });

  test('an answer without assets is unreadable, not an empty wallet', () => {
    expect(wireBalances.safeParse({}).success).toBe(false);
  });

  test('dual side is hedge mode', () => {
    expect(wirePositionMode.parse({ dualSidePosition: true })).toBe('hedge');
    expect(wirePositionMode.parse({ dualSidePosition: false })).toBe('oneWay');
    expect(wirePositionMode.safeParse({}).success).toBe(false);
  });
});

describe('wireIncome', () => {
  const ROW = { symbol: 'BTCUSDT', incomeType: 'COMMISSION', income: '-0.01000000', asset: 'USDT', time: 200, tranId: '8082457372019390060', tradeId: '5' };

  test('keeps the sign and every digit of the id', () => {
    expect(wireIncome.parse([ROW])).toEqual([
      { incomeId: 'COMMISSION-8082457372019390060', kind: 'commission', symbol: 'BTCUSDT', asset: 'USDT', amount: decimal('-0.01'), at: 200 },
    ]);
  });

  test('orders by time and then by id as a number', () => {
    const rows = [ROW, { ...ROW, tranId: '999' }, { ...ROW, time: 100, tranId: '9' }, { ...ROW, tranId: '999', incomeType: 'REALIZED_PNL' }];
    expect(wireIncome.parse(rows).map(({ incomeId }) => incomeId)).toEqual([
      'COMMISSION-9',
      'COMMISSION-999',
      'REALIZED_PNL-999',
      'COMMISSION-8082457372019390060',
    ]);
  });

  test.each([
    ['REALIZED_PNL', 'realizedPnl'],
    ['COMMISSION', 'commission'],
    ['FUNDING_FEE', 'funding'],
    ['TRANSFER', 'transfer'],
    ['INTERNAL_TRANSFER', 'transfer'],
    ['INSURANCE_CLEAR', 'other'],
    ['SOMETHING_NEW', 'other'],
  ])('%s is %s', (incomeType, kind) => {
    expect(wireIncome.parse([{ ...ROW, incomeType }])[0]?.kind).toBe(kind);
  });

  test('a transfer belongs to no symbol', () => {
    expect(wireIncome.parse([{ ...ROW, incomeType: 'TRANSFER', symbol: '' }])[0]?.symbol).toBeNull();
  });
});
