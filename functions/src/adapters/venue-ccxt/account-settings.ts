import { z } from 'zod';
import type { AccountSettings, SymbolSettings } from '../../domain/account/account-settings.ts';
import type { Reading } from '../../domain/found.ts';
import { describeFailure } from './call-failure.ts';
import type { Connection } from './connection.ts';
import { rowsOfSymbols, wireId } from './wire-scalars.ts';

/** GET /fapi/v1/accountConfig. */
const wireAccountConfig = z
  .looseObject({ canTrade: z.boolean(), dualSidePosition: z.boolean(), multiAssetsMargin: z.boolean() })
  .transform((raw) => ({
    canTrade: raw.canTrade,
    positionMode: raw.dualSidePosition ? ('hedge' as const) : ('oneWay' as const),
    multiAssets: raw.multiAssetsMargin,
  }));

const wireSymbolSettings = z
  .looseObject({ symbol: z.string(), leverage: wireId.transform(Number).refine((times) => Number.isSafeInteger(times), 'a leverage'), marginType: z.enum(['CROSSED', 'ISOLATED']) })
  .transform((raw): SymbolSettings => ({ symbol: raw.symbol, leverage: raw.leverage, marginMode: raw.marginType === 'CROSSED' ? 'cross' : 'isolated' }));

/** Two calls of weight 5, whatever the number of symbols. */
export async function readAccountSettings(connection: Connection, symbols: readonly string[]): Promise<Reading<AccountSettings>> {
  const account = await connection.call('fapiPrivateGetAccountConfig', {}, wireAccountConfig);
  if (!account.ok) return { kind: 'unavailable', cause: describeFailure(account.failure) };
  // GET /fapi/v1/symbolConfig.
  const rows = await connection.call('fapiPrivateGetSymbolConfig', {}, rowsOfSymbols(symbols, wireSymbolSettings));
  if (!rows.ok) return { kind: 'unavailable', cause: describeFailure(rows.failure) };
  const value = { ...account.value, clockOffsetMs: connection.clockOffsetMs(), symbols: rows.value };
  return { kind: 'found', value, asOf: account.asOf };
}
