/** One commit per signal: the signal, the head it moves, its decision as a tick, and the intent with its outbox entry. */
import { decimal } from '../../domain/money/decimal.ts';
import type { Decided } from '../../domain/screening/decide.ts';
import { vetoFloodIds, withVeto } from '../../domain/screening/veto-floods.ts';
import type { Transaction } from '../../ports/store.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { OUTSIDE_SIGNALS, SIGNAL_HEADS } from '../../schema/records/outside-signal.ts';
import type { OutsideSignalRecord } from '../../schema/records/outside-signal.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import { TICKS } from '../../schema/records/tick.ts';
import type { DecisionRecord, TickRecord } from '../../schema/records/tick.ts';
import type { RunCost } from '../../schema/records/run-cost.ts';
import { VETOES } from '../../schema/records/veto.ts';
import type { SignalRequest } from '../../schema/requests/signal-request.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { ToldCost } from '../told-cost.ts';
import { writeIntent } from '../intents/write-intent.ts';
import { signalTickId } from './decide-signal.ts';
import type { SignalDecision } from './decide-signal.ts';
import type { IngestDeps } from './ingest-deps.ts';
import { readSignalState, signalHeadId, signalRecordId } from './signal-state.ts';
import type { SignalState } from './signal-state.ts';

const DAY_MS = 86_400_000;

export interface DecidedWith {
  readonly keyId: string;
  readonly signal: SignalRequest;
  readonly decided: SignalDecision;
  readonly cost: ToldCost;
}

export type CommittedSignal =
  | { readonly kind: 'taken'; readonly record: OutsideSignalRecord }
  /** Taken before, by an earlier delivery or by this body when it ran first. */
  | { readonly kind: 'known'; readonly record: OutsideSignalRecord }
  /** An exit of what an entry is still opening: the entry's time is ended, the exit has to come again. */
  | { readonly kind: 'entryUnderWay' }
  /** The strategy holds something else than what was decided on: the signal has to come again. */
  | { readonly kind: 'positionChanged' };

export async function commitSignal(deps: IngestDeps, tx: Transaction, { keyId, signal, decided, cost }: DecidedWith): Promise<CommittedSignal> {
  const now = deps.clock.now();
  const state = await readSignalState(tx, signal);
  if (state.known !== null) return { kind: 'known', record: state.known };
  const isOvertaken = state.head !== null && state.head.signalAt > signal.at;
  if (signal.action === 'exit' && !isOvertaken && state.entriesUnderWay.length > 0) {
    for (const entry of state.entriesUnderWay) if (entry.expiresAt > now) tx.set(INTENTS, entry.intentId, { ...entry, expiresAt: now });
    return { kind: 'entryUnderWay' };
  }
  if (!isOvertaken && hasChanged(signal, decided.held, state.held)) return { kind: 'positionChanged' };
  const { decision, intent } = settled(decided.value, state, isOvertaken);
  const [flood] = vetoFloodIds(decision.outcome === 'vetoed' ? [decision] : [], now, deps.config.runtime.vetoWindowMinutes * 60_000);
  const { known: counted } = await tx.get({ known: { collection: VETOES, id: flood?.id ?? 'none' } });
  const record = recordOf(deps, keyId, signal, decision, now);
  tx.create(OUTSIDE_SIGNALS, signalRecordId(signal), record);
  if (!isOvertaken) tx.set(SIGNAL_HEADS, signalHeadId(signal), { signalId: signal.id, signalAt: signal.at, entryIntentId: entryIdAfter(state, intent) });
  if (flood !== undefined) tx.set(VETOES, flood.id, withVeto(counted, decision, now, deps.config.runtime.vetoRetentionDays * DAY_MS));
  if (intent !== null) writeIntent(tx, intent);
  tx.create(TICKS, record.tickId, tickOf(deps, record, decision, now, cost.take()));
  return { kind: 'taken', record };
}

/** An exit is for all that is held; an entry only asks whether anything is. */
function hasChanged({ action }: SignalRequest, before: OpenExposure | null, now: OpenExposure | null): boolean {
  if (before?.positionSide !== now?.positionSide) return true;
  return action === 'exit' && before !== null && now !== null && !decimal(before.qty).eq(now.qty);
}

/** Signals that came in between have the last word: a newer one, or an entry that is not approved yet. */
function settled({ decision, intent }: Decided, { entriesUnderWay }: SignalState, isOvertaken: boolean): Pick<Decided, 'decision' | 'intent'> {
  if (isOvertaken) return { decision: { ...decision, outcome: 'noSignal', reason: 'a newer signal was taken before', vetoes: [], intentId: null }, intent: null };
  const [underWay] = entriesUnderWay;
  if (intent === null || intent.purpose !== 'open' || underWay === undefined) return { decision, intent };
  return { decision: { ...decision, outcome: 'abstained', reason: 'entry_under_way', intentId: null }, intent: null };
}

function entryIdAfter({ head, entriesUnderWay }: SignalState, intent: IntentRecord | null): string | null {
  if (intent?.purpose === 'open') return intent.intentId;
  return entriesUnderWay.some(({ intentId }) => intentId === head?.entryIntentId) ? (head?.entryIntentId ?? null) : null;
}

function recordOf({ config }: IngestDeps, keyId: string, signal: SignalRequest, decision: DecisionRecord, now: EpochMs): OutsideSignalRecord {
  const { id, strategy, symbol, action, positionSide, strength, at } = signal;
  if (decision.outcome === 'skipped') throw new Error(`signal ${id} was not decided and cannot be recorded`);
  return {
    id,
    strategy,
    keyId,
    symbol,
    action,
    positionSide,
    strength,
    signalAt: at,
    receivedAt: now,
    tickId: signalTickId(signal),
    outcome: decision.outcome,
    reason: decision.reason,
    vetoes: decision.vetoes,
    intentId: decision.intentId,
    expireAt: now + config.runtime.tickRetentionDays * DAY_MS,
  };
}

function tickOf({ config }: IngestDeps, record: OutsideSignalRecord, decision: DecisionRecord, now: EpochMs, cost: RunCost): TickRecord {
  return {
    tickId: record.tickId,
    job: 'ingest',
    summary: `${record.strategy} ${record.symbol} ${record.action} ${record.positionSide}: ${record.outcome}${record.reason === null ? '' : `, ${record.reason}`}`,
    outcome: 'ok',
    problems: [],
    scheduledAt: record.signalAt,
    startedAt: now,
    finishedAt: now,
    decisions: [decision],
    signals: 1,
    intents: record.intentId === null ? 0 : 1,
    swept: 0,
    navUsd: null,
    cost,
    expireAt: now + config.runtime.tickRetentionDays * DAY_MS,
  };
}
