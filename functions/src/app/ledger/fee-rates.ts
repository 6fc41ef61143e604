/** Dollars per unit of the assets that fees were paid in, asked of the venue where an asset is no dollar itself. */
import { dollarRates } from '../../domain/account/dollar-rates.ts';
import type { Reading } from '../../domain/found.ts';
import type { Decimal } from '../../domain/money/decimal.ts';
import type { VenueFill } from '../../domain/order/venue-order.ts';
import type { EngineDeps } from '../engine-deps.ts';

/** `unavailable` when one rate is not known now: booking waits, it never guesses. */
export async function feeRates(deps: EngineDeps, fills: readonly VenueFill[]): Promise<Reading<(asset: string) => Decimal>> {
  const assets = new Set(fills.map((fill) => fill.feeAsset));
  const pegged = dollarRates(assets, []);
  const marks = pegged.kind === 'rates' ? null : await deps.venue.marks([...assets].map((asset) => `${asset}USDT`));
  const valued = marks?.kind === 'found' ? dollarRates(assets, marks.value) : pegged;
  if (valued.kind === 'unknown') return { kind: 'unavailable', cause: `no dollar rate for fee asset ${valued.asset}` };
  const { rates } = valued;
  const rateOf = (asset: string): Decimal => {
    const rate = rates.get(asset);
    if (rate === undefined) throw new RangeError(`no dollar rate for fee asset ${asset}`);
    return rate;
  };
  return { kind: 'found', value: rateOf, asOf: deps.clock.now() };
}
