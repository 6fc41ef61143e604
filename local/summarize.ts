/** What a run came to, from the records it left and the venue's own books. */
import { openStore } from '../functions/src/compose/open-store.ts';
import type { ExchangeState } from '../functions/src/domain/matching/exchange-state.ts';
import { decimal, sum, text } from '../functions/src/domain/money/decimal.ts';
import type { Query, Store } from '../functions/src/ports/store.ts';
import type { Collection } from '../functions/src/schema/collection.ts';
import { FILLS } from '../functions/src/schema/records/fill.ts';
import { INCOME_STATE, INCOME_STATE_ID } from '../functions/src/schema/records/income-state.ts';
import { INTENTS } from '../functions/src/schema/records/intent.ts';
import type { IntentRecord } from '../functions/src/schema/records/intent.ts';
import { NAV_STATE, NAV_STATE_ID } from '../functions/src/schema/records/nav-state.ts';
import { ORDERS } from '../functions/src/schema/records/order.ts';
import { OUTBOX } from '../functions/src/schema/records/outbox-entry.ts';
import type { OutboxEntry } from '../functions/src/schema/records/outbox-entry.ts';
import { POSITIONS } from '../functions/src/schema/records/position.ts';
import { TICKS } from '../functions/src/schema/records/tick.ts';
import type { TickRecord } from '../functions/src/schema/records/tick.ts';
import { TRADES } from '../functions/src/schema/records/trade.ts';
import { compareBooks } from './compare-books.ts';
import type { Counts } from './firestore/counters.ts';
import { listHash, orderLines } from './replay/decision-lists.ts';
import { monthlyUsd } from './firestore-price.ts';
import { stateDocumentPaths } from './state-documents.ts';
import { venueBooks } from './venue-books.ts';

export interface Summary {
  readonly ticks: number;
  readonly signals: number;
  readonly intents: number;
  readonly abstained: number;
  readonly vetoes: Readonly<Record<string, number>>;
  readonly orders: number;
  readonly fills: { readonly maker: number; readonly taker: number };
  readonly feesUsd: string;
  readonly fundingUsd: string;
  readonly realizedPnlUsd: string;
  readonly navUsd: string;
  readonly maxDrawdownPct: string;
  readonly duplicates: number;
  readonly ledgerEqualsVenue: boolean;
  readonly differences: readonly string[];
  readonly stuck: number;
  readonly readsPerTick: number;
  readonly writesPerTick: number;
  readonly usdPerMonth: number;
  readonly orderListHash: string;
  readonly stateDocuments: readonly string[];
  readonly elapsedSeconds: number;
}

/** `end` is the venue's own state after so many minutes; records are those of the store that compose opens. */
export async function summarize(end: { readonly venue: ExchangeState; readonly minutes: number }, usage: Counts, elapsedSeconds: number): Promise<Summary> {
  const store = await openStore('summary');
  const [positions, trades, fills, orders, intents, ticks, outbox] = await Promise.all([
    all(store, POSITIONS), all(store, TRADES), all(store, FILLS), all(store, ORDERS), all(store, INTENTS), all(store, TICKS), all(store, OUTBOX),
  ]);
  const { nav, income } = await store.get({ nav: { collection: NAV_STATE, id: NAV_STATE_ID }, income: { collection: INCOME_STATE, id: INCOME_STATE_ID } });
  const venue = venueBooks(end.venue);
  const books = compareBooks({ positions, trades, fills, orders, income }, venue);
  const screened = ticks.filter((tick) => tick.job === 'screen');
  const perTick = (count: number): number => Math.round((count / Math.max(1, end.minutes)) * 100) / 100;
  return {
    ticks: screened.length,
    signals: screened.reduce((total, tick) => total + tick.signals, 0),
    intents: intents.length,
    abstained: screened.flatMap((tick) => tick.decisions).filter((decision) => decision.outcome === 'abstained').length,
    vetoes: vetoCounts(screened, intents),
    orders: orders.length,
    fills: { maker: fills.filter((fill) => fill.isMaker).length, taker: fills.filter((fill) => !fill.isMaker).length },
    feesUsd: text(sum(fills.map((fill) => decimal(fill.feeUsd)))),
    fundingUsd: income?.fundingUsd ?? '0',
    realizedPnlUsd: text(sum(fills.map((fill) => decimal(fill.realizedPnlUsd)))),
    navUsd: nav?.navUsd ?? 'unknown',
    maxDrawdownPct: nav?.maxDrawdownPct ?? 'unknown',
    duplicates: books.duplicates,
    ledgerEqualsVenue: books.differences.length === 0,
    differences: books.differences,
    stuck: stuckCount(intents, outbox),
    readsPerTick: perTick(usage.reads),
    writesPerTick: perTick(usage.writes + usage.deletes),
    usdPerMonth: monthlyUsd(usage, end.minutes),
    orderListHash: listHash(orderLines(orders)),
    stateDocuments: await stateDocumentPaths(),
    elapsedSeconds: Math.round(elapsedSeconds * 10) / 10,
  };
}

async function all<T>(store: Store, collection: Collection<T>): Promise<readonly T[]> {
  const query: Query<T> = { collection, where: [], limit: 1_000_000 };
  return (await store.query(query)).map((doc) => doc.data);
}

/** Every code of every veto stack, at the screener and at the executor. */
function vetoCounts(ticks: readonly TickRecord[], intents: readonly IntentRecord[]): Record<string, number> {
  const stacks = [...ticks.flatMap((tick) => tick.decisions), ...intents].flatMap((judged) => judged.vetoes);
  const counts = Map.groupBy(stacks, (veto) => veto.code);
  return Object.fromEntries([...counts].map(([code, vetoes]) => [code, vetoes.length] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Intents that are not terminal though work has come to rest, and outbox entries left open. */
function stuckCount(intents: readonly IntentRecord[], outbox: readonly OutboxEntry[]): number {
  return intents.filter((intent) => intent.terminalAt === null).length + outbox.filter((entry) => entry.state === 'open').length;
}
