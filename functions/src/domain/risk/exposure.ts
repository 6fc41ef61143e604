/**
 * What the account already carries, in the order's view. All sums are exact, so the order of record keys never matters.
 *
 * 1. Open exposure counts at its mark, an entry's reservation at the price it was approved at.
 * 2. The order's own reservation is left out: judging an approved order again must not count it twice.
 * 3. A reduce or close reserves no exposure, but it takes from what later exits may close.
 */
import type { Decimal } from '../money/decimal.ts';
import { isNegative, isPositive, ZERO } from '../money/decimal.ts';
import type { OpenExposure, Reservation, RiskState } from '../../schema/records/risk-state.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import type { RiskLimits } from './limits.ts';
import { isEntry } from './order-reading.ts';
import { readDecimal } from './read-decimal.ts';
import { readLine } from './read-line.ts';

/** Whose view it is. */
export interface ExposureViewer {
  readonly intentId: string;
  readonly symbol: string;
  readonly positionSide: PositionSide;
}

export interface Exposure {
  readonly grossUsd: Decimal;
  readonly symbolUsd: Decimal;
  readonly tierUsd: Decimal;
  /** Distinct (symbol, position side) pairs that are open or reserved. */
  readonly pairs: number;
  /** Whether the order's own pair is one of them, so that it would take no new place. */
  readonly ownPairCounted: boolean;
  /** Distinct symbols that are open or reserved, the order's own included in any case. */
  readonly symbols: number;
  /** Base asset open or reserved on the other side of the symbol. */
  readonly oppositeQty: Decimal;
  /** Base asset of the order's own pair that no other exit is closing yet; never negative. */
  readonly closableQty: Decimal;
  /** Key of an open position in the order's symbol that no strategy opened; null when there is none. */
  readonly foreignKey: string | null;
  /** Margin that other entries under way will take, at the venue's leverage for their symbols. */
  readonly reservedMarginUsd: Decimal;
  /** First entry of `state/risk` that cannot be read; the sums above lack it. */
  readonly faultPath: string | null;
}

interface Tally {
  gross: Decimal;
  ofSymbol: Decimal;
  ofTier: Decimal;
  opposite: Decimal;
  held: Decimal;
  closing: Decimal;
  margin: Decimal;
  readonly pairs: Set<string>;
  readonly symbols: Set<string>;
  faultPath: string | null;
}

export function readExposure(risk: Pick<RiskState, 'exposures' | 'reservations'>, viewer: ExposureViewer, limits: RiskLimits): Exposure {
  const tally: Tally = {
    gross: ZERO, ofSymbol: ZERO, ofTier: ZERO, opposite: ZERO, held: ZERO, closing: ZERO, margin: ZERO,
    pairs: new Set(), symbols: new Set([viewer.symbol]), faultPath: null,
  };
  const tier = limits.forSymbol(viewer.symbol).tier;
  const foreign = Object.values(risk.exposures).find((open) => open.symbol === viewer.symbol && open.strategy === null);
  for (const open of Object.values(risk.exposures)) {
    const path = `state/risk:exposures.${pairOf(open)}`;
    const notional = addLine(tally, open, viewer, path, tierOf(open, limits) === tier);
    if (notional !== null && isOwnPair(open, viewer)) tally.held = tally.held.plus(open.qty);
  }
  for (const reserved of Object.values(risk.reservations)) {
    if (reserved.intentId !== viewer.intentId) addReservation(tally, reserved, viewer, limits, tier);
  }
  const closable = tally.held.minus(tally.closing);
  return {
    grossUsd: tally.gross,
    symbolUsd: tally.ofSymbol,
    tierUsd: tally.ofTier,
    pairs: tally.pairs.size,
    ownPairCounted: tally.pairs.has(pairOf(viewer)),
    symbols: tally.symbols.size,
    oppositeQty: tally.opposite,
    closableQty: isNegative(closable) ? ZERO : closable,
    foreignKey: foreign === undefined ? null : pairOf(foreign),
    reservedMarginUsd: tally.margin,
    faultPath: tally.faultPath,
  };
}

function addReservation(tally: Tally, reserved: Reservation, viewer: ExposureViewer, limits: RiskLimits, tier: string | null): void {
  const path = `state/risk:reservations.${reserved.intentId}`;
  if (isEntry(reserved.purpose)) {
    const notional = addLine(tally, reserved, viewer, path, tierOf(reserved, limits) === tier);
    if (notional !== null) tally.margin = tally.margin.plus(notional.times(limits.forSymbol(reserved.symbol).marginRate));
    return;
  }
  const qty = readDecimal(reserved.qty);
  if (qty === null || isNegative(qty)) tally.faultPath ??= path;
  else if (isOwnPair(reserved, viewer)) tally.closing = tally.closing.plus(qty);
}

/** Adds one line of exposure and returns its notional; null for a flat or unreadable line. */
function addLine(
  tally: Tally,
  line: OpenExposure | Reservation,
  viewer: ExposureViewer,
  path: string,
  sameTier: boolean,
): Decimal | null {
  const reading = readLine(line);
  if (reading === null) {
    tally.faultPath ??= path;
    return null;
  }
  const { qty, notionalUsd: notional } = reading;
  if (!isPositive(qty)) return null;
  tally.gross = tally.gross.plus(notional);
  if (line.symbol === viewer.symbol) {
    tally.ofSymbol = tally.ofSymbol.plus(notional);
    if (line.positionSide !== viewer.positionSide) tally.opposite = tally.opposite.plus(qty);
  }
  if (sameTier) tally.ofTier = tally.ofTier.plus(notional);
  tally.pairs.add(pairOf(line));
  tally.symbols.add(line.symbol);
  return notional;
}

const pairOf = ({ symbol, positionSide }: { symbol: string; positionSide: PositionSide }): string => `${symbol}-${positionSide}`;
const isOwnPair = (line: ExposureViewer | OpenExposure | Reservation, viewer: ExposureViewer): boolean =>
  line.symbol === viewer.symbol && line.positionSide === viewer.positionSide;
/** The symbol's tier of today's config; what the record says only for a symbol that has left the universe. */
const tierOf = (line: OpenExposure | Reservation, limits: RiskLimits): string => limits.forSymbol(line.symbol).tier ?? line.tier;
