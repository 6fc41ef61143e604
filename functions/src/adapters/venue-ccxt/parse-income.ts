import { z } from 'zod';
import type { IncomeKind, IncomeRow } from '../../domain/account/account.ts';
import { compareIds } from './compare-ids.ts';
import { wireDecimal, wireId, wireTime } from './wire-scalars.ts';

const KINDS: Readonly<Record<string, IncomeKind>> = {
  REALIZED_PNL: 'realizedPnl',
  COMMISSION: 'commission',
  FUNDING_FEE: 'funding',
  TRANSFER: 'transfer',
  INTERNAL_TRANSFER: 'transfer',
  CROSS_COLLATERAL_TRANSFER: 'transfer',
  STRATEGY_UMFUTURES_TRANSFER: 'transfer',
};

const wireIncomeRow = z.looseObject({
  tranId: wireId,
  incomeType: z.string().min(1),
  symbol: z.string().nullish(),
  asset: z.string(),
  income: wireDecimal,
  time: wireTime,
});

/** GET /fapi/v1/income, oldest first. A transaction id is unique within its income type only. */
export const wireIncome: z.ZodType<IncomeRow[]> = z.array(wireIncomeRow).transform((rows) =>
  rows
    .toSorted((a, b) => a.time - b.time || compareIds(a.tranId, b.tranId) || (a.incomeType < b.incomeType ? -1 : 1))
    .map((row) => ({
      incomeId: `${row.incomeType}-${row.tranId}`,
      kind: KINDS[row.incomeType] ?? 'other',
      symbol: row.symbol === undefined || row.symbol === null || row.symbol === '' ? null : row.symbol,
      asset: row.asset,
      amount: row.income,
      at: row.time,
    })),
);
