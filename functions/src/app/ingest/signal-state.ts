import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { OUTSIDE_SIGNALS, SIGNAL_HEADS } from '../../schema/records/outside-signal.ts';
import type { OutsideSignalRecord, SignalHead } from '../../schema/records/outside-signal.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { OpenExposure, RiskState } from '../../schema/records/risk-state.ts';
import type { Transaction } from '../../ports/store.ts';
import { isEntry } from '../../domain/risk/order-reading.ts';
import { heldBy } from '../../domain/screening/held-by.ts';
import type { SignalRequest } from '../../schema/requests/signal-request.ts';

/** A strategy's name has no dot, so no two pairs share an id. */
export const signalRecordId = ({ strategy, id }: Pick<SignalRequest, 'strategy' | 'id'>): string => `${strategy}.${id}`;
export const signalHeadId = ({ strategy, symbol }: Pick<SignalRequest, 'strategy' | 'symbol'>): string => `${strategy}.${symbol}`;

/** What a signal commits against. */
export interface SignalState {
  readonly known: OutsideSignalRecord | null;
  readonly head: SignalHead | null;
  /** Entries of the strategy in the symbol that have not ended, approved or not. */
  readonly entriesUnderWay: readonly IntentRecord[];
  /** What the strategy holds in the symbol. */
  readonly held: OpenExposure | null;
}

export async function readSignalState(tx: Transaction, signal: SignalRequest): Promise<SignalState> {
  const { known, head, risk: stored } = await tx.get({
    known: { collection: OUTSIDE_SIGNALS, id: signalRecordId(signal) },
    head: { collection: SIGNAL_HEADS, id: signalHeadId(signal) },
    risk: { collection: RISK_STATE, id: RISK_STATE_ID },
  });
  const risk = stored ?? EMPTY_RISK_STATE;
  const ids = entryIds(signal, head, risk);
  const intents = ids.length === 0 ? {} : await tx.get(Object.fromEntries(ids.map((id) => [id, { collection: INTENTS, id }])));
  const entriesUnderWay = Object.values(intents).filter((intent): intent is IntentRecord => intent !== null && intent.terminalAt === null);
  return { known, head, entriesUnderWay, held: heldBy({ name: signal.strategy }, signal.symbol, risk) };
}

/** An entry that is approved has a reservation; one that is not yet is known from the head. */
function entryIds({ strategy, symbol }: SignalRequest, head: SignalHead | null, { reservations }: RiskState): readonly string[] {
  const reserved = Object.values(reservations).filter((line) => line.strategy === strategy && line.symbol === symbol && isEntry(line.purpose));
  const ids = [...reserved.map((line) => line.intentId), head?.entryIntentId ?? null];
  return [...new Set(ids.filter((id) => id !== null))];
}
