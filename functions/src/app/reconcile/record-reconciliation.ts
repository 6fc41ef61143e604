/** Keeps `reconciliations/*`: opened by the first step, closed by the sync that finds ledger and venue agree. */
import type { Transaction } from '../../ports/store.ts';
import { hasEnded } from '../../domain/reconcile/as-found.ts';
import type { PresentLedger } from '../../domain/reconcile/as-found.ts';
import { INCIDENTS } from '../../schema/records/incident.ts';
import { INCOME_STATE, INCOME_STATE_ID } from '../../schema/records/income-state.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import type { PositionsState, StandingDisagreement } from '../../schema/records/positions-state.ts';
import { RECONCILIATIONS, reconciliationId } from '../../schema/records/reconciliation.ts';
import type { ReconciliationRecord, ReconciliationStep } from '../../schema/records/reconciliation.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { disagreementIncidentId } from '../incidents.ts';

/** Reads first; the write is for after the transaction's last read. */
export interface Planned {
  readonly write: () => void;
}

/** The ledger as it is by now, for what has to still be as a sync found it. */
export async function readPresent(tx: Pick<Transaction, 'get'>): Promise<PresentLedger> {
  const { risk, ...rest } = await tx.get({
    risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    income: { collection: INCOME_STATE, id: INCOME_STATE_ID },
    compared: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
  });
  return { ...rest, risk: risk ?? EMPTY_RISK_STATE };
}

/** Adds a step to every difference it is for, unless a later sync has seen it end. Waiting once more is no news. */
export async function recordStep(tx: Transaction, disagreements: readonly StandingDisagreement[], { compared }: PresentLedger, step: ReconciliationStep): Promise<Planned> {
  const wanted = disagreements.filter((entry) => !hasEnded(entry, compared)).map((entry) => ({ entry, id: reconciliationId(entry.key, entry.foundAt) }));
  const known: Readonly<Record<string, ReconciliationRecord | null>> = await tx.get(Object.fromEntries(wanted.map(({ id }) => [id, { collection: RECONCILIATIONS, id }])));
  return {
    write: () => {
      for (const { entry, id } of wanted) {
        const before = known[id] ?? opened(entry);
        const last = before.steps.at(-1);
        if (last !== undefined && step.action === 'wait' && last.action === 'wait' && last.detail === step.detail) continue;
        tx.set(RECONCILIATIONS, id, { ...before, steps: [...before.steps, step], summary: `${summaryOf(entry)}; ${step.action}: ${step.detail}` });
      }
    },
  };
}

function opened({ key, symbol, ours, venues, foundAt }: StandingDisagreement): ReconciliationRecord {
  return { summary: '', key, symbol, ours, venues, steps: [], openedAt: foundAt, resolvedAt: null };
}

function summaryOf({ key, ours, venues }: StandingDisagreement): string {
  return `${key}: ledger ${ours}, venue ${venues}`;
}

/** Closes what was different at the last sync and is no more: its record and its incident. */
export async function planEnd(tx: Transaction, before: PositionsState | null, after: PositionsState | null, now: EpochMs): Promise<Planned> {
  const lasting = new Set(after?.disagreements.map((entry) => entry.key));
  const ended = after === null || before === null ? [] : before.disagreements.filter((entry) => !lasting.has(entry.key));
  const found = await Promise.all(ended.map(async (entry) => ({ entry, ...(await readEnd(tx, entry)) })));
  return {
    write: () => {
      for (const { entry, record, incident } of found) {
        if (record !== null) tx.set(RECONCILIATIONS, reconciliationId(entry.key, entry.foundAt), { ...record, resolvedAt: now });
        if (incident !== null && incident.resolvedAt === null) tx.set(INCIDENTS, disagreementIncidentId(entry.key), { ...incident, resolvedAt: now });
      }
    },
  };
}

function readEnd(tx: Transaction, { key, foundAt }: StandingDisagreement) {
  return tx.get({
    record: { collection: RECONCILIATIONS, id: reconciliationId(key, foundAt) },
    incident: { collection: INCIDENTS, id: disagreementIncidentId(key) },
  });
}
