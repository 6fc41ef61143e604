/**
 * Takes one outside signal from the holder of a key. It goes the way of our own: the filters of its strategy, sizing, the
 * gate, an intent with its outbox entry in one commit, a wake-up.
 *
 * 1. The id of a signal acts once: sent again it gets the same answer, with other content it is refused.
 * 2. Signals of one strategy and symbol are taken in the order of their own times; one that comes too late does nothing.
 * 3. What could not be decided, for want of a market, because an entry has to end first or because the position changed
 *    meanwhile, is not recorded: the sender sends it again under the same id.
 */
import { derivedId } from '../../domain/identity/derived-id.ts';
import { OUTSIDE_SIGNALS } from '../../schema/records/outside-signal.ts';
import type { ExternalStrategy } from '../../schema/config/strategies-config.ts';
import type { OutsideSignalRecord } from '../../schema/records/outside-signal.ts';
import type { SignalRequest } from '../../schema/requests/signal-request.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { Answered } from '../requests/answered.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';
import { toldCost } from '../told-cost.ts';
import { wake } from '../intents/wake.ts';
import { commitSignal } from './commit-signal.ts';
import { decideSignal } from './decide-signal.ts';
import type { IngestDeps } from './ingest-deps.ts';
import { signalRecordId } from './signal-state.ts';
import { strategyOf } from './strategy-of.ts';

const ENTRY_RETRY_SECONDS = 10;
const CHANGE_RETRY_SECONDS = 1;

export async function ingest(deps: IngestDeps, keyId: string, signal: SignalRequest): Promise<Answered | Refusal> {
  if (deps.recordGate.kind === 'closed') {
    return refused('records_closed', `nothing is written here: ${deps.recordGate.reason}`, 'set ALLOW_PROD_SYNC or ALLOW_PROD_WRITE and deploy');
  }
  const { signalsPerMinute } = deps.config.runtime.ingest;
  const limited = await deps.step('ingest.take-token', () => deps.budgets.take(deps.store, `ingest-${derivedId('budget', keyId)}`, signalsPerMinute, deps.clock.now()));
  if (limited !== null) return limited;
  const found = strategyOf(deps.config, keyId, signal);
  if (found.kind === 'refused') return found;
  const { known } = await deps.step('ingest.read-known', () => deps.store.get({ known: { collection: OUTSIDE_SIGNALS, id: signalRecordId(signal) } }));
  if (known !== null) return repeated(known, signal);
  return outOfTime(deps, signal, deps.clock.now()) ?? take(deps, keyId, signal, found.strategy);
}

async function take(deps: IngestDeps, keyId: string, signal: SignalRequest, strategy: ExternalStrategy): Promise<Answered | Refusal> {
  const engine = await deps.openEngine();
  const decided = await decideSignal(engine, signal, strategy);
  if (decided.kind === 'refused') return decided;
  const cost = toldCost(deps.costs);
  const taken = await deps.step('ingest.commit', () => deps.store.transact((tx) => commitSignal(deps, tx, { keyId, signal, decided, cost })));
  if (taken.kind === 'entryUnderWay' || taken.kind === 'positionChanged') cost.giveBack();
  switch (taken.kind) {
    case 'known':
      // By a run beside this one, or by this commit when its answer was lost; a second wake-up does no harm.
      await wakeFor(engine, taken.record);
      return repeated(taken.record, signal);
    case 'entryUnderWay':
      return refused('try_again', 'the entry of this position has not ended; it is being stopped', 'send the same signal again', ENTRY_RETRY_SECONDS);
    case 'positionChanged':
      return refused('try_again', 'the position changed while the signal was being decided', 'send the same signal again', CHANGE_RETRY_SECONDS);
    case 'taken': {
      const { strategy: name, id, outcome, reason } = taken.record;
      deps.log.signalTaken(name, id, outcome, reason);
      await wakeFor(engine, taken.record);
      return answer(taken.record, false);
    }
  }
}

function wakeFor(engine: EngineDeps, { intentId }: OutsideSignalRecord): Promise<void> {
  return wake(engine, 'ingest.wake', 'order-intents', intentId === null ? [] : [intentId]);
}

/** The replay window bounds how old a signal may be; its other end allows for clocks that differ. */
function outOfTime({ config: { runtime } }: IngestDeps, { at }: SignalRequest, now: EpochMs): Refusal | null {
  const { replayWindowSeconds } = runtime.ingest;
  if (at > now + runtime.clockMarginMs) return refused('signal_out_of_time', 'the signal is from the future', 'set the clock of the sender; at is the time of the signal in UTC');
  if (now - at <= replayWindowSeconds * 1000) return null;
  return refused('signal_out_of_time', `the signal is older than ${replayWindowSeconds} seconds`, 'send signals when they arise; the limit is runtime.json:ingest.replayWindowSeconds');
}

function repeated(known: OutsideSignalRecord, signal: SignalRequest): Answered | Refusal {
  const { symbol, action, positionSide, strength, signalAt } = known;
  const isSame = symbol === signal.symbol && action === signal.action && positionSide === signal.positionSide && strength === signal.strength && signalAt === signal.at;
  return isSame ? answer(known, true) : refused('request_id_reused', `signal ${signal.id} was another one`, 'give every new signal a new id');
}

function answer({ id, strategy, outcome, reason, vetoes, intentId, tickId }: OutsideSignalRecord, isRepeated: boolean): Answered {
  return { kind: 'answered', body: { id, strategy, outcome, reason, vetoes, intentId, tickId, repeated: isRepeated } };
}
