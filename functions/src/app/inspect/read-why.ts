/**
 * The last decisions on one symbol with all that is known about each. Ticks name their symbols inside their decisions,
 * which no index covers: they are looked through from the newest, a page at a time, and the answer says how far.
 */
import { INTENTS } from '../../schema/records/intent.ts';
import { TICKS } from '../../schema/records/tick.ts';
import type { DecisionRecord, TickRecord } from '../../schema/records/tick.ts';
import { VETOES } from '../../schema/records/veto.ts';
import type { VetoFlood } from '../../schema/records/veto.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { readIntentStory } from './read-intent-story.ts';
import type { IntentStory } from './read-intent-story.ts';
import type { Inspected } from './inspected.ts';

const DAY_MS = 86_400_000;
const PAGE = 200;
const MOST_TICKS = 2000;
const INTENTS_LOOKED_AT = 200;
const FLOODS_LOOKED_AT = 500;

export interface DecisionSeen {
  readonly tickId: string;
  readonly scheduledAt: EpochMs;
  readonly decision: DecisionRecord;
  /** Null when the decision led to no intent. */
  readonly story: IntentStory | null;
}

export interface Why {
  readonly place: string;
  readonly now: EpochMs;
  readonly symbol: string;
  /** Newest first. */
  readonly decisions: readonly DecisionSeen[];
  /** How many ticks were looked through, and how far back that reaches; null when there are none. */
  readonly looked: { readonly ticks: number; readonly backTo: EpochMs } | null;
  /** The symbol's newest intent, when none of the decisions above led to it. */
  readonly earlierIntent: IntentStory | null;
  /** Refusals of the last 24 hours, collapsed; the latest first. */
  readonly refusals: readonly VetoFlood[];
}

/** Null when no tick was ever recorded. */
export async function readWhy({ store, clock }: Inspected, place: string, symbol: string, last: number): Promise<Why | null> {
  const now = clock.now();
  const [{ ticks, looked }, intents, floods] = await Promise.all([
    decidedTicks(store, symbol, last, now),
    store.query({ collection: INTENTS, where: [], orderBy: [{ field: 'createdAt', direction: 'desc' }], limit: INTENTS_LOOKED_AT }),
    store.query({ collection: VETOES, where: [{ field: 'lastAt', op: '>=', value: Math.max(now - DAY_MS, 1) }], orderBy: [{ field: 'lastAt', direction: 'desc' }], limit: FLOODS_LOOKED_AT }),
  ]);
  if (looked === null) return null;
  const decisions = await Promise.all(
    ticks.flatMap(({ tickId, scheduledAt, decisions: made }) =>
      made
        .filter((decision) => decision.symbol === symbol)
        .map(async (decision) => ({ tickId, scheduledAt, decision, story: decision.intentId === null ? null : await readIntentStory(store, decision.intentId) })),
    ),
  );
  const newest = intents.find(({ data }) => data.symbol === symbol);
  const isTold = newest === undefined || decisions.some(({ decision }) => decision.intentId === newest.id);
  return {
    place,
    now,
    symbol,
    decisions,
    looked,
    earlierIntent: isTold ? null : await readIntentStory(store, newest.id),
    refusals: floods.map(({ data }) => data).filter((flood) => flood.symbol === symbol),
  };
}

interface DecidedTicks {
  readonly ticks: readonly TickRecord[];
  readonly looked: Why['looked'];
}

/** The newest `last` ticks that decided on the symbol. */
async function decidedTicks(store: Inspected['store'], symbol: string, last: number, now: EpochMs): Promise<DecidedTicks> {
  const seen = new Map<string, TickRecord>();
  // Whoever wrote the newest tick may have a clock ahead of ours.
  let until = now + DAY_MS;
  const decided = (): TickRecord[] => [...seen.values()].filter((tick) => tick.decisions.some((decision) => decision.symbol === symbol)).slice(0, last);
  while (seen.size < MOST_TICKS) {
    // Two ticks may share a time, so a page begins with the time the one before ended at.
    const page = await store.query({ collection: TICKS, where: [{ field: 'startedAt', op: '<=', value: until }], orderBy: [{ field: 'startedAt', direction: 'desc' }], limit: PAGE });
    for (const { id, data } of page) seen.set(id, data);
    const oldest = page.at(-1)?.data.startedAt;
    if (oldest === undefined || page.length < PAGE || oldest === until || decided().length === last) break;
    until = oldest;
  }
  const oldest = [...seen.values()].at(-1);
  return { ticks: decided(), looked: oldest === undefined ? null : { ticks: seen.size, backTo: oldest.startedAt } };
}
