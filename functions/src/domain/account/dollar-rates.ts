/** What one unit of an asset is worth in dollars. Unknown is unknown: callers must handle the missing entry. */
import type { Decimal } from '../money/decimal.ts';
import { ONE } from '../money/decimal.ts';
import type { Mark } from '../market/market.ts';

const DOLLARS = new Set(['USDT', 'USDC', 'FDUSD', 'USD1', 'BFUSD', 'LDUSDT', 'BNFCR']);

export function dollarRate(asset: string, marks: readonly Mark[]): Decimal | null {
  if (DOLLARS.has(asset)) return ONE;
  return marks.find((mark) => mark.symbol === `${asset}USDT`)?.indexPrice ?? null;
}

/** Rates of every asset named, or the first asset that has none. */
export function dollarRates(
  assets: Iterable<string>,
  marks: readonly Mark[],
): { readonly kind: 'rates'; readonly rates: ReadonlyMap<string, Decimal> } | { readonly kind: 'unknown'; readonly asset: string } {
  const rates = new Map<string, Decimal>();
  for (const asset of assets) {
    const rate = dollarRate(asset, marks);
    if (rate === null) return { kind: 'unknown', asset };
    rates.set(asset, rate);
  }
  return { kind: 'rates', rates };
}
