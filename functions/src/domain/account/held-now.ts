/**
 * What is held as far as anybody can tell. The venue's own figure counts, but its positions follow its fills by moments:
 * right after a fill of ours they are taken for no less than our ledger has booked.
 */
import { decimal } from '../money/decimal.ts';
import { price, qty } from '../money/units.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { VenuePosition } from './account.ts';
import { mayLag } from './position-lag.ts';

export type HeldPosition = Pick<VenuePosition, 'symbol' | 'positionSide' | 'qty' | 'entryPrice' | 'markPrice'>;

export function heldNow(risk: RiskState, held: readonly VenuePosition[], asOf: EpochMs): readonly HeldPosition[] {
  const present = new Map<string, HeldPosition>(held.map((position) => [positionKey(position.symbol, position.positionSide), position]));
  for (const [key, { symbol, positionSide, ...ours }] of Object.entries(risk.exposures)) {
    if (!mayLag(risk, symbol, asOf) || present.get(key)?.qty.gte(decimal(ours.qty)) === true) continue;
    present.set(key, { symbol, positionSide, qty: qty(ours.qty), entryPrice: price(ours.averageEntryPrice), markPrice: price(ours.markPrice) });
  }
  return [...present.values()];
}
