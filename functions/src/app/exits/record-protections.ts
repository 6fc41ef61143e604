/** Writes what has become of the positions' stops, when a reader would see a difference, and raises what stays wrong. */
import { closedProtection, hindered, isSameProtection, isSpent, protectionOf, withoutName } from '../../domain/exits/protection-of.ts';
import type { WantedStop } from '../../domain/exits/wanted-stops.ts';
import type { Decimal } from '../../domain/money/decimal.ts';
import type { Transaction } from '../../ports/store.ts';
import { INCIDENTS } from '../../schema/records/incident.ts';
import { positionKey } from '../../schema/records/position.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import { PROTECTIONS } from '../../schema/records/protection.ts';
import type { ProtectionRecord } from '../../schema/records/protection.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { raiseIncident, unprotectedIncidentId } from '../incidents.ts';
import { storedProtections } from './read-protections.ts';
import type { RecordedProtections } from './read-protections.ts';

/** What one position should have. */
export interface ProtectionWish {
  readonly exposure: OpenExposure;
  readonly stops: readonly WantedStop[];
  /** Null where no stop trails. */
  readonly bestPrice: Decimal | null;
  /** Why its stops cannot even be told; null where they can. */
  readonly hindrance: string | null;
}

export interface StopFailure {
  readonly reason: string;
  /** The mark price is beyond the trigger already. */
  readonly isPassed: boolean;
  /** The venue has no such position: there is nothing to protect, and its fills are about to be booked. */
  readonly isMoot: boolean;
  /** It is certain that the venue has not taken it. */
  readonly isUntaken: boolean;
}

/** Names under which nothing is at the venue or ever was. */
export interface UntakenNames {
  readonly names: readonly string[];
  /** When the last of them was armed: a record changed later may have armed one of them again. */
  readonly armedAt: EpochMs;
}

/** What one run has found and done; records are as stored when it began. */
export interface ProtectionRun extends RecordedProtections {
  readonly wishes: readonly ProtectionWish[];
  /** Why a stop does not rest, by its first name. */
  readonly failures: ReadonlyMap<string, StopFailure>;
  /** Under which name each stop rests, by its first. */
  readonly names: ReadonlyMap<string, string>;
  /** By position. Forgotten, so that hours of refusals leave no names behind, each to be asked for when a fill is to be explained. */
  readonly untaken: ReadonlyMap<string, UntakenNames>;
  /** Names of the stops that may still be at the venue, beside those just sent; null where any may. */
  readonly atVenue: ReadonlySet<string> | null;
}

/**
 * A position that has closed loses its record, whatever was asked for it, once that is spent; one that has changed
 * meanwhile is told by the next run, which knows its stops. A damaged record is written anew, and that of a closed
 * position dropped: what it explains cannot be read any more.
 */
export async function recordProtections(deps: EngineDeps, run: ProtectionRun): Promise<void> {
  const now = deps.clock.now();
  if (saysSo(run, now)) return;
  const keys = new Set([...run.wishes.map(({ exposure }) => keyOf(exposure)), ...run.recorded.keys(), ...run.damaged]);
  const records = await deps.step('protect.record', () =>
    deps.store.transact(async (tx) => {
      const { risk, compared } = await tx.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID }, compared: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID } });
      const stored = await storedProtections(tx, [...keys]);
      const before = new Map([...stored].flatMap(([key, entry]) => (entry === null || entry === 'corrupt' ? [] : [[key, entry] as const])));
      const after = new Map<string, ProtectionRecord>();
      const alarms = await openAlarms(tx, before);
      for (const key of keys) {
        const entry = stored.get(key) ?? null;
        if (entry === null || risk?.exposures[key] !== undefined) continue;
        if (entry === 'corrupt' || isSpent(entry, { compared, risk: risk ?? EMPTY_RISK_STATE, atVenue: run.atVenue, clockMarginMs: deps.config.runtime.clockMarginMs })) tx.delete(PROTECTIONS, key);
        else if (entry.resting.length > 0 || entry.unprotectedSinceAt !== null) tx.set(PROTECTIONS, key, closedProtection(entry, now));
      }
      for (const wish of run.wishes) {
        const key = keyOf(wish.exposure);
        if (!isSamePosition(wish.exposure, risk?.exposures[key])) continue;
        const next = stateOf(run, wish, withoutUntaken(before.get(key) ?? null, run.untaken.get(key)), now);
        after.set(key, next);
        if (!isSameProtection(before.get(key) ?? null, next)) tx.set(PROTECTIONS, key, next);
      }
      for (const { key, id, incident } of alarms) {
        const isOver = risk?.exposures[key] === undefined || after.get(key)?.unprotectedSinceAt === null;
        if (isOver) tx.set(INCIDENTS, id, { ...incident, resolvedAt: now });
      }
      return after;
    }),
  );
  const boundMs = deps.config.risk.maxUnprotectedSeconds * 1000;
  for (const entry of records.values()) {
    const isLong = entry.unprotectedSinceAt !== null && now - entry.unprotectedSinceAt >= boundMs;
    if (isLong) await raiseIncident(deps, unprotectedIncident(entry, now));
  }
}

/** Incidents of these positions that are not resolved yet; read only where there can be one. */
async function openAlarms(tx: Transaction, before: ReadonlyMap<string, ProtectionRecord>) {
  const unprotected = [...before].flatMap(([key, entry]) => (entry.unprotectedSinceAt === null ? [] : [{ key, id: unprotectedIncidentId(entry) }]));
  if (unprotected.length === 0) return [];
  const incidents = await tx.get(Object.fromEntries(unprotected.map(({ key, id }) => [key, { collection: INCIDENTS, id }])));
  return unprotected.flatMap(({ key, id }) => {
    const incident = incidents[key] ?? null;
    return incident === null || incident.resolvedAt !== null ? [] : [{ key, id, incident }];
  });
}

/** Whether the stored records say all there is to say, so that a quiet sync costs nothing here. */
function saysSo(run: ProtectionRun, now: EpochMs): boolean {
  const open = new Set(run.wishes.map(({ exposure }) => keyOf(exposure)));
  if (run.damaged.size > 0 || run.untaken.size > 0 || [...run.recorded.keys()].some((key) => !open.has(key))) return false;
  return run.wishes.every((wish) => {
    const before = run.recorded.get(keyOf(wish.exposure)) ?? null;
    const next = stateOf(run, wish, before, now);
    return next.unprotectedSinceAt === null && isSameProtection(before, next);
  });
}

function stateOf({ failures, names }: ProtectionRun, { exposure, stops, bestPrice, hindrance }: ProtectionWish, before: ProtectionRecord | null, now: EpochMs): ProtectionRecord {
  const states = stops.map((stop) => {
    const failure = failures.get(stop.clientStopId);
    return { stop, clientStopId: names.get(stop.clientStopId) ?? stop.clientStopId, failure: failure?.reason ?? null, isMoot: failure?.isMoot ?? false };
  });
  return hindrance === null ? protectionOf(before, exposure, states, bestPrice, now) : hindered(before, exposure, hindrance, now);
}

function withoutUntaken(record: ProtectionRecord | null, untaken: UntakenNames | undefined): ProtectionRecord | null {
  if (record === null || untaken === undefined || record.changedAt !== untaken.armedAt) return record;
  return untaken.names.reduce(withoutName, record);
}

function keyOf({ symbol, positionSide }: Pick<OpenExposure, 'symbol' | 'positionSide'>): string {
  return positionKey(symbol, positionSide);
}

/** As far as its stops depend on it. */
function isSamePosition(planned: OpenExposure, present: OpenExposure | undefined): boolean {
  return present !== undefined && present.openedAt === planned.openedAt && present.averageEntryPrice === planned.averageEntryPrice && present.strategy === planned.strategy;
}

function unprotectedIncident(entry: ProtectionRecord, now: EpochMs) {
  const key = positionKey(entry.symbol, entry.positionSide);
  return {
    id: unprotectedIncidentId(entry),
    record: {
      kind: 'unprotectedPosition' as const,
      summary: `${key} is without a stop it should have: ${entry.reason ?? 'unknown'}`,
      symbol: entry.symbol,
      intentId: null,
      ours: 'a stop at the venue',
      venues: entry.reason ?? 'none',
      action: 'Place the stop by hand or close the position; the engine goes on trying every sync.',
      openedAt: now,
      lastSeenAt: now,
      seen: 1,
      resolvedAt: null,
    },
  };
}
