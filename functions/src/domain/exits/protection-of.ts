import { text } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import type { OpenExposure, RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { nextStopId } from './stop-id.ts';
import type { WantedStop } from './wanted-stops.ts';

/** An hour of a venue that answers nothing, and sends that leave open whether they arrived. */
const SENT_KEPT = 60;

/** What became of one wanted stop in this run: it rests, under which name, or why not. */
export interface StopState {
  readonly stop: WantedStop;
  readonly clientStopId: string;
  readonly failure: string | null;
  /** The venue has no such position: what closed it is about to be booked, and there is nothing to protect. */
  readonly isMoot: boolean;
}

/** The record of one position's protection, from its state now and the record before. */
export function protectionOf(
  before: ProtectionRecord | null,
  exposure: OpenExposure,
  states: readonly StopState[],
  bestPrice: Decimal | null,
  now: EpochMs,
): ProtectionRecord {
  const failures = states.flatMap(({ stop, failure, isMoot }) => (failure === null || isMoot ? [] : [`${stop.kind}: ${failure}`]));
  const resting = states.filter(({ failure }) => failure === null).map(({ stop, clientStopId }) => ({ clientStopId, kind: stop.kind, triggerPrice: text(stop.triggerPrice) }));
  const isGone = states.some(({ isMoot }) => isMoot);
  const words = isGone ? 'the venue holds no such position; what closed it is about to be booked' : resting.map((stop) => `${stop.kind} at ${stop.triggerPrice}`).join(', ');
  return {
    summary: failures.length > 0 ? `UNPROTECTED: ${failures.join('; ')}` : words === '' ? 'no stop configured' : words,
    symbol: exposure.symbol,
    positionSide: exposure.positionSide,
    openedAt: exposure.openedAt,
    resting,
    // Those of an earlier position too: its end may have been another order than the stop that has fired and is not booked yet.
    sent: sentWith(before?.sent ?? [], resting.map((stop) => stop.clientStopId)),
    bestPrice: bestPrice === null ? null : text(bestPrice),
    unprotectedSinceAt: failures.length === 0 ? null : unprotectedSince(before, exposure, now),
    reason: failures.length === 0 ? null : failures.join('; '),
    changedAt: now,
  };
}

/** Of a position whose stops cannot even be told. */
export function hindered(before: ProtectionRecord | null, exposure: OpenExposure, hindrance: string, now: EpochMs): ProtectionRecord {
  const record = protectionOf(before, exposure, [], null, now);
  return { ...record, summary: `UNPROTECTED: ${hindrance}`, unprotectedSinceAt: unprotectedSince(before, exposure, now), reason: hindrance };
}

function unprotectedSince(before: ProtectionRecord | null, exposure: OpenExposure, now: EpochMs): EpochMs {
  return before !== null && before.openedAt === exposure.openedAt && before.unprotectedSinceAt !== null ? before.unprotectedSinceAt : now;
}

export interface Armed {
  /** To be written before the stop is sent. Of a position without one it says since when it is unprotected. */
  readonly record: ProtectionRecord;
  /** The name to send it with. */
  readonly clientStopId: string;
}

export function armed(before: ProtectionRecord | null, exposure: OpenExposure, stop: WantedStop, bestPrice: Decimal | null, now: EpochMs): Armed {
  const placing = { stop, clientStopId: stop.clientStopId, failure: 'being placed', isMoot: false };
  const record = before !== null && before.openedAt === exposure.openedAt ? before : protectionOf(before, exposure, [placing], bestPrice, now);
  const clientStopId = nextStopId(stop.clientStopId, record.sent);
  return { record: { ...record, sent: sentWith(record.sent, [clientStopId]), changedAt: now }, clientStopId };
}

/** Under which nothing is at the venue or ever was: it may be used again. */
export function withoutName(record: ProtectionRecord, unused: string): ProtectionRecord {
  return { ...record, sent: record.sent.filter((id) => id !== unused) };
}

function sentWith(before: readonly string[], ids: readonly string[]): string[] {
  return [...before.filter((id) => !ids.includes(id)), ...ids].slice(-SENT_KEPT);
}

/** What is kept of a closed position until it is spent: names by which a stop that fired is recognised. */
export function closedProtection(before: ProtectionRecord, now: EpochMs): ProtectionRecord {
  return { ...before, summary: 'the position has closed', resting: [], bestPrice: null, unprotectedSinceAt: null, reason: null, changedAt: now };
}

export interface Aftermath {
  /** The last comparison of ledger and venue. */
  readonly compared: Pick<PositionsState, 'ledgerAgrees' | 'valueAt'> | null;
  readonly risk: Pick<RiskState, 'reservations' | 'lastFillAtBySymbol'>;
  /** Names of the stops that may still be at the venue; null where any of them may. */
  readonly atVenue: ReadonlySet<string> | null;
  readonly clockMarginMs: number;
}

/**
 * Whether a closed position's record explains nothing that can still come: ledger and venue were found to agree after the
 * last fill of the symbol that is booked, no stop of its side is left to fire, and none can have fired on what an entry
 * under way has opened.
 */
export function isSpent({ symbol, positionSide, sent }: ProtectionRecord, { compared, risk, atVenue, clockMarginMs }: Aftermath): boolean {
  const lastFillAt = risk.lastFillAtBySymbol[symbol];
  const agrees = compared?.ledgerAgrees === true && (lastFillAt === undefined || compared.valueAt > lastFillAt + clockMarginMs);
  const isEntering = Object.values(risk.reservations).some((reserved) => reserved.symbol === symbol && reserved.positionSide === positionSide);
  return agrees && !isEntering && !sent.some((id) => atVenue === null || atVenue.has(id));
}

/** Whether anything a reader would see has changed. */
export function isSameProtection(a: ProtectionRecord | null, b: ProtectionRecord): boolean {
  return a !== null && a.summary === b.summary && a.openedAt === b.openedAt && a.unprotectedSinceAt === b.unprotectedSinceAt && a.sent.join() === b.sent.join();
}
