/**
 * Brings our records in step with the venue, once a scheduled minute, and wakes work that nobody has looked at.
 * One read of the store, one batch of reads of the venue, one commit: whatever the number of symbols. Stops are looked
 * after and lost work is woken even where the records cannot be brought in step.
 */
import { markedToMarket, planSync } from '../../domain/account/plan-sync.ts';
import type { SyncPlan } from '../../domain/account/plan-sync.ts';
import { tickId } from '../../domain/identity/derived-id.ts';
import { decimal, isZero } from '../../domain/money/decimal.ts';
import type { Decimal } from '../../domain/money/decimal.ts';
import { plusText } from '../../domain/money/plus-text.ts';
import { withSymbolDay } from '../../domain/risk/symbol-day.ts';
import type { Doc } from '../../ports/store.ts';
import { INCOME_STATE, INCOME_STATE_ID } from '../../schema/records/income-state.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import { MARKETS } from '../../schema/records/market-metadata.ts';
import { NAV_HISTORY } from '../../schema/records/nav-history.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import type { OutboxEntry } from '../../schema/records/outbox-entry.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { RunCost } from '../../schema/records/run-cost.ts';
import { TICKS } from '../../schema/records/tick.ts';
import type { TickRecord } from '../../schema/records/tick.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../schema/records/venue-settings.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { planFunding } from '../ledger/book-funding.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { protect } from '../exits/protect.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { failedEnd } from '../report/failed-end.ts';
import { report } from '../report/report.ts';
import type { SyncEnd } from '../report/sync-end.ts';
import { planEnd } from '../reconcile/record-reconciliation.ts';
import { toldCost } from '../told-cost.ts';
import { doWhatIsLeft } from './duties.ts';
import type { Duty } from './duties.ts';
import { RISK, knownOf, readSyncState, runningState } from './read-sync-state.ts';
import { readVenue } from './read-venue.ts';
import { settleSettings } from './settle-settings.ts';
import { readDue, sweep } from './sweep.ts';
import { watchOrders } from './watch-orders.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LEFTOVER_CHECK_MS = 15 * MINUTE_MS;
/** A cancel may get lost, and with it what would have told of the stop that it left. */
const LEFTOVER_TRIES_MS = 5 * MINUTE_MS;

export async function sync(deps: EngineDeps, scheduledAt: EpochMs): Promise<void> {
  const startedAt = deps.clock.now();
  const left = new Set<Duty>(['protect', 'sweep']);
  try {
    const end = await bringInStep(deps, scheduledAt, startedAt, left);
    if (end !== null) await report(deps, startedAt, end);
  } catch (error) {
    await doWhatIsLeft(deps, left, startedAt);
    const end = await failedEnd(deps, error);
    if (end !== null) await report(deps, startedAt, end);
    throw error;
  }
}

/** Null for a tick that has run before. Takes from `left` what it comes to. */
async function bringInStep(deps: EngineDeps, scheduledAt: EpochMs, startedAt: EpochMs, left: Set<Duty>): Promise<SyncEnd | null> {
  const id = tickId('sync', scheduledAt);
  const before = await deps.step('sync.read-state', () => readSyncState(deps, id, startedAt));
  if (before.tick !== null) return repeated(deps, id);
  const readings = await deps.step('sync.read-venue', () => readVenue(deps, knownOf(before, startedAt)));
  const settings = await settleSettings(deps, before.venueSettings, readings, startedAt);
  const due = await deps.step('sync.read-due', () => readDue(deps, startedAt));
  const cost = toldCost(deps.costs);
  const plan = await deps.step('sync.commit', () =>
    deps.store.transact(async (tx) => {
      // Read again: fills booked since `before` have moved exposures, and an overlapping sync everything that it goes on from.
      const { risk: stored, tick, ...running } = await tx.get({ risk: RISK, tick: { collection: TICKS, id }, ...runningState(startedAt) });
      if (tick !== null) return null;
      const risk = stored ?? EMPTY_RISK_STATE;
      const hasMoved = stored !== null && before.risk !== stored && JSON.stringify(before.risk) !== JSON.stringify(stored);
      const planned = planSync({ ...before, ...running, hasMoved }, readings, risk, deps.config.risk, startedAt);
      const funding = await planFunding(tx, planned.funding);
      const ended = await planEnd(tx, running.positions, planned.positions, startedAt);
      const next = { ...planned, income: withUnassigned(planned.income, funding.unassignedUsd) };
      funding.write();
      ended.write();
      const navUsd = next.nav === null || next.nav.health !== 'ok' ? null : decimal(next.nav.navUsd);
      const marked = withSymbolDay(markedToMarket(risk, readings.marks), navUsd, deps.config.risk, startedAt);
      if (marked !== risk) tx.set(RISK_STATE, RISK_STATE_ID, marked);
      if (next.nav !== null) tx.set(NAV_STATE, NAV_STATE_ID, next.nav);
      if (next.positions !== null) tx.set(POSITIONS_STATE, POSITIONS_STATE_ID, next.positions);
      if (next.income !== null && next.income !== running.income) tx.set(INCOME_STATE, INCOME_STATE_ID, next.income);
      if (next.history !== null && next.history !== running.history) tx.set(NAV_HISTORY, next.history.day, next.history);
      if (readings.markets !== null) tx.set(MARKETS, deps.venueName, readings.markets);
      if (settings !== null) tx.set(VENUE_SETTINGS, VENUE_SETTINGS_ID, settings);
      tx.create(TICKS, id, tickOf(deps, id, scheduledAt, startedAt, next, due, cost.take()));
      return { ...next, risk: marked };
    }),
  );
  if (plan === null) {
    cost.giveBack();
    return repeated(deps, id);
  }
  await reconcile(deps, { ...plan, venuePositions: readings.positions, asOf: startedAt });
  left.delete('protect');
  if (isProtectionDue(plan.risk, before.positions, startedAt)) await protect(deps);
  const foreignOrders = await watchOrders(deps);
  if (plan.problems.length > 0) deps.log.tickDegraded('sync', id, plan.problems);
  left.delete('sweep');
  await sweep(deps, due);
  deps.log.tickFinished('sync', id, plan.nav?.summary ?? 'NAV not known yet');
  const { nav, positions, income, problems } = plan;
  return { nav, positions, income, risk: plan.risk, problems, venueSettings: settings ?? before.venueSettings, accountRead: readings.account !== null, wakeUpsOverdue: due.length, foreignOrders, failure: null };
}

function repeated(deps: EngineDeps, id: string): null {
  deps.log.tickRepeated('sync', id);
  return null;
}

function withUnassigned(income: IncomeState | null, unassignedUsd: Decimal): IncomeState | null {
  if (income === null || isZero(unassignedUsd)) return income;
  return { ...income, unassignedFundingUsd: plusText(income.unassignedFundingUsd, unassignedUsd) };
}

/** With nothing open there is nothing to protect; a stop left behind is still looked for in the minutes after a fill, and now and then. */
function isProtectionDue(risk: RiskState, positionsBefore: PositionsState | null, now: EpochMs): boolean {
  if (Object.keys(risk.exposures).length > 0 || (positionsBefore !== null && positionsBefore.items.length > 0)) return true;
  return Object.values(risk.lastFillAtBySymbol).some((filledAt) => now - filledAt < LEFTOVER_TRIES_MS) || now % LEFTOVER_CHECK_MS < MINUTE_MS;
}

function tickOf(
  deps: EngineDeps,
  id: string,
  scheduledAt: EpochMs,
  startedAt: EpochMs,
  plan: SyncPlan,
  due: readonly Doc<OutboxEntry>[],
  cost: RunCost,
): TickRecord {
  return {
    tickId: id,
    job: 'sync',
    summary: plan.nav?.summary ?? 'NAV not known yet',
    outcome: plan.problems.length === 0 ? 'ok' : 'degraded',
    problems: [...plan.problems],
    scheduledAt,
    startedAt,
    finishedAt: deps.clock.now(),
    decisions: [],
    signals: 0,
    intents: 0,
    swept: due.length,
    navUsd: plan.nav?.navUsd ?? null,
    cost,
    expireAt: startedAt + deps.config.runtime.tickRetentionDays * DAY_MS,
  };
}
