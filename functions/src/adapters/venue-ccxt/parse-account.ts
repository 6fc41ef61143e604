import { z } from 'zod';
import type { AssetBalance, PositionMode } from '../../domain/account/account.ts';
import { wireDecimal } from './wire-scalars.ts';

const wireBalance = z
  .looseObject({ asset: z.string(), walletBalance: wireDecimal, unrealizedProfit: wireDecimal, availableBalance: wireDecimal })
  .transform((raw): AssetBalance => ({
    asset: raw.asset,
    walletBalance: raw.walletBalance,
    unrealizedPnl: raw.unrealizedProfit,
    availableBalance: raw.availableBalance,
  }));

/** GET /fapi/v3/account. */
export const wireBalances: z.ZodType<AssetBalance[]> = z.looseObject({ assets: z.array(wireBalance) }).transform((raw) => raw.assets);

/** GET /fapi/v1/accountConfig. */
export const wirePositionMode: z.ZodType<PositionMode> = z
  .looseObject({ dualSidePosition: z.boolean() })
  .transform((raw) => (raw.dualSidePosition ? 'hedge' : 'oneWay'));
