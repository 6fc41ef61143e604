/** `state/cost` from the costs that records tell, each once. */
import { costStateOf } from '../../domain/cost/cost-state.ts';
import type { ToldWork } from '../../domain/cost/cost-state.ts';
import { AUDIT } from '../../schema/records/audit-entry.ts';
import type { AuditEntry } from '../../schema/records/audit-entry.ts';
import { COST_STATE, COST_STATE_ID } from '../../schema/records/cost-state.ts';
import type { CostState } from '../../schema/records/cost-state.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { TICKS } from '../../schema/records/tick.ts';
import type { TickRecord } from '../../schema/records/tick.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { LearnDeps } from './learn-deps.ts';
import { readStored } from '../read-stored.ts';

/** Longer than a run may take: a record that carries an earlier time has been written, or never will be. */
const SETTLED_MS = 180_000;
const HOUR_MS = 3_600_000;
/** More ticks than two a minute leave in four hours; what is left the next run reads. */
const MOST_READ = 500;

/** What fails here is told in the log and tried again by the next run: learning does not wait for it. */
export async function meterCosts({ store, log, step }: LearnDeps, asOf: EpochMs): Promise<void> {
  try {
    const { before, told, readUntilAt } = await step('learn.read-costs', () => readCosts(store, asOf));
    await step('learn.record-costs', () => store.commit((writer) => writer.set(COST_STATE, COST_STATE_ID, costStateOf(before, told, readUntilAt, asOf))));
  } catch (error) {
    log.costNotRecorded(error instanceof Error ? error.message : String(error));
  }
}

async function readCosts(store: LearnDeps['store'], asOf: EpochMs) {
  const stored = await readStored(store, COST_STATE, COST_STATE_ID);
  const before: CostState | null = stored === 'corrupt' ? null : stored;
  const settledAt = asOf - SETTLED_MS;
  const from = Math.max(1, before?.readUntilAt ?? settledAt - HOUR_MS);
  const until = Math.max(from + 1, settledAt);
  const [ticks, intents, audit] = await Promise.all([
    store.query({ collection: TICKS, where: [{ field: 'startedAt', op: '>=', value: from }, { field: 'startedAt', op: '<', value: until }], orderBy: [{ field: 'startedAt', direction: 'asc' }], limit: MOST_READ }),
    store.query({ collection: INTENTS, where: [{ field: 'terminalAt', op: '>=', value: from }, { field: 'terminalAt', op: '<', value: until }], orderBy: [{ field: 'terminalAt', direction: 'asc' }], limit: MOST_READ }),
    store.query({ collection: AUDIT, where: [{ field: 'at', op: '>=', value: from }, { field: 'at', op: '<', value: until }], orderBy: [{ field: 'at', direction: 'asc' }], limit: MOST_READ }),
  ]);
  const pages = [ticks.map(({ data }) => ofTick(data)), intents.map(({ data }) => ofIntent(data)), audit.map(({ data }) => ofAudit(data))];
  // A page that is full may end between two records of one time: those of its last time wait, and what is later with them.
  const ends = pages.map((page) => (page.length < MOST_READ ? Math.max(from, settledAt) : (page.at(-1)?.at ?? from)));
  const readUntilAt = Math.min(...ends);
  return { before, told: pages.flat().filter(({ at }) => at < readUntilAt).flatMap(({ told }) => told), readUntilAt };
}

interface Telling {
  readonly at: EpochMs;
  readonly told: readonly ToldWork[];
}

function ofTick({ job, startedAt, finishedAt, cost }: TickRecord): Telling {
  return { at: startedAt, told: [{ job, at: startedAt, cost, tookMs: finishedAt - startedAt }] };
}

function ofIntent({ costs, terminalAt, createdAt }: IntentRecord): Telling {
  const at = terminalAt ?? createdAt;
  const told = (['execute', 'confirm'] as const).flatMap((job): readonly ToldWork[] => (costs[job] === undefined ? [] : [{ job, at, cost: costs[job], tookMs: 0 }]));
  return { at, told };
}

function ofAudit({ at, cost }: AuditEntry): Telling {
  return { at, told: cost === null ? [] : [{ job: 'control', at, cost, tookMs: 0 }] };
}
