/** The next `state/positions`: the venue's positions beside our ledger's. Unread positions keep their last record and its age. */
import type { Decimal } from '../money/decimal.ts';
import { decimal, sum, text } from '../money/decimal.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { PositionsState, StandingDisagreement } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { VenuePosition } from './account.ts';
import { isIncomeTold, keysInMotion } from './compare-ledger.ts';
import type { Comparison } from './compare-ledger.ts';

export function planPositions(
  before: PositionsState | null,
  venue: readonly VenuePosition[] | null,
  risk: RiskState,
  comparison: Comparison | null,
  asOf: EpochMs,
): PositionsState | null {
  if (venue === null) {
    if (before === null) return null;
    return { ...before, health: 'unavailable', ledgerAgrees: null, checkedAt: asOf, summary: 'positions unavailable; last known shown' };
  }
  const items = venue
    .map((position) => ({
      symbol: position.symbol,
      positionSide: position.positionSide,
      qty: text(position.qty),
      ledgerQty: risk.exposures[positionKey(position.symbol, position.positionSide)]?.qty ?? '0',
      entryPrice: text(position.entryPrice),
      markPrice: text(position.markPrice),
      notionalUsd: text(position.qty.times(position.markPrice)),
      unrealizedUsd: text(position.unrealizedPnl),
      liquidationPrice: position.liquidationPrice === null ? null : text(position.liquidationPrice),
    }))
    .toSorted((a, b) => (positionKey(a.symbol, a.positionSide) < positionKey(b.symbol, b.positionSide) ? -1 : 1));
  const grossUsd = sum(items.map((item) => decimal(item.notionalUsd)));
  const netUsd = sum(items.map((item) => signed(item.positionSide, decimal(item.notionalUsd))));
  const disagreements = standing(before === null ? [] : before.disagreements, comparison, risk, asOf);
  // A position that is known to differ and could not be compared now is not settled: only a comparison ends it. Sums of the
  // account wait for their income after every fill that explains them.
  const differs = disagreements.some(({ symbol }) => symbol !== null);
  const agrees = differs ? false : (comparison?.agrees ?? null);
  return {
    summary: `${items.length === 1 ? '1 position' : `${items.length} positions`}, gross ${text(grossUsd)} USD, ledger ${agrees === null ? 'not compared' : agrees ? 'agrees' : 'DISAGREES'}`,
    health: 'ok',
    items,
    grossUsd: text(grossUsd),
    netUsd: text(netUsd),
    ledgerAgrees: agrees,
    disagreements: [...disagreements],
    valueAt: asOf,
    checkedAt: asOf,
  };
}

/** What cannot be compared now stays as it was; the clock of a difference starts anew when either side tells another amount. */
function standing(
  before: readonly StandingDisagreement[],
  comparison: Comparison | null,
  risk: RiskState,
  asOf: EpochMs,
): readonly StandingDisagreement[] {
  if (comparison === null) return before;
  const inMotion = keysInMotion(risk, asOf);
  const isPending = ({ key, symbol }: StandingDisagreement): boolean => (symbol === null ? !isIncomeTold(risk, asOf) : inMotion.has(key));
  const present = comparison.disagreements.map((found) => {
    const known = before.find((entry) => entry.key === found.key);
    if (known === undefined) return { ...found, foundAt: asOf, sinceAt: asOf };
    const isSame = known.ours === found.ours && known.venues === found.venues;
    return { ...found, foundAt: known.foundAt, sinceAt: isSame ? known.sinceAt : asOf };
  });
  return [...before.filter(isPending), ...present];
}

function signed(side: 'long' | 'short', amount: Decimal): Decimal {
  return side === 'long' ? amount : amount.neg();
}
