import { text } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { WantedStop } from './wanted-stops.ts';

/** Far more than can have been triggered and not be booked yet. */
const SENT_KEPT = 12;

/** What became of one wanted stop in this run: it rests, or why not. */
export interface StopState {
  readonly stop: WantedStop;
  readonly failure: string | null;
}

/** The record of one position's protection, from its state now and the record before. */
export function protectionOf(
  before: ProtectionRecord | null,
  exposure: OpenExposure,
  states: readonly StopState[],
  bestPrice: Decimal | null,
  now: EpochMs,
): ProtectionRecord {
  const failures = states.flatMap(({ stop, failure }) => (failure === null ? [] : [`${stop.kind}: ${failure}`]));
  const same = before !== null && before.openedAt === exposure.openedAt;
  const resting = states.filter(({ failure }) => failure === null).map(({ stop }) => ({ clientStopId: stop.clientStopId, kind: stop.kind, triggerPrice: text(stop.triggerPrice) }));
  const words = resting.map((stop) => `${stop.kind} at ${stop.triggerPrice}`).join(', ');
  return {
    summary: failures.length > 0 ? `UNPROTECTED: ${failures.join('; ')}` : words === '' ? 'no stop configured' : words,
    symbol: exposure.symbol,
    positionSide: exposure.positionSide,
    openedAt: exposure.openedAt,
    resting,
    sent: sentFor(same ? before.sent : [], states.map(({ stop }) => stop)),
    bestPrice: bestPrice === null ? null : text(bestPrice),
    unprotectedSinceAt: failures.length === 0 ? null : ((same ? before.unprotectedSinceAt : null) ?? now),
    reason: failures.length === 0 ? null : failures.join('; '),
    changedAt: now,
  };
}

/** The record before any of these stops is sent. Of a position without one it says since when it is unprotected. */
export function armed(before: ProtectionRecord | null, exposure: OpenExposure, stops: readonly WantedStop[], bestPrice: Decimal | null, now: EpochMs): ProtectionRecord {
  if (before !== null && before.openedAt === exposure.openedAt) return { ...before, sent: sentFor(before.sent, stops) };
  return protectionOf(null, exposure, stops.map((stop) => ({ stop, failure: 'being placed' })), bestPrice, now);
}

function sentFor(before: readonly string[], stops: readonly WantedStop[]): string[] {
  const ids = stops.map((stop) => stop.clientStopId);
  return [...before.filter((id) => !ids.includes(id)), ...ids].slice(-SENT_KEPT);
}

/** Whether anything a reader would see has changed. */
export function isSameProtection(a: ProtectionRecord | null, b: ProtectionRecord): boolean {
  return a !== null && a.summary === b.summary && a.openedAt === b.openedAt && a.unprotectedSinceAt === b.unprotectedSinceAt;
}
