/** A deliberate fault in the engine: what a run is given does something else than it says. */
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import type { Got, Store, Wanted, Writer } from '../../../functions/src/ports/store.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import type { Collection } from '../../../functions/src/schema/collection.ts';
import type { FaultRates } from '../chaos.ts';
import type { Scenario } from '../scenario.ts';
import type { Mutate } from '../world.ts';
import type { Invariant } from '../violation.ts';

export interface Mutation {
  readonly name: string;
  /** What it breaks. Something else may show first. */
  readonly breaks: Invariant;
  readonly mutate: Mutate;
  /** Faults without which it cannot show, at the rates that every seed plays them for it. */
  readonly rates?: FaultRates;
  /** Seeds in which it could show at all; the others count as played. */
  readonly concerns?: (scenario: Scenario) => boolean;
}

export type Verb = 'create' | 'set' | 'delete';

/** What becomes of one write: other data, or null to leave it out. */
export type Rewrite = (verb: Verb, collection: string, id: string, data: unknown) => unknown;
/** What is read in place of a document; null for nothing. */
export type Reread = (collection: string, id: string, data: unknown) => unknown;

export const KEEP: Reread = (_collection, _id, data) => data;

export function withStore(deps: EngineDeps, rewrite: Rewrite, reread: Reread = KEEP): EngineDeps {
  const { store } = deps;
  const rewritten: Store = {
    ...store,
    get: (wanted) => seen(store, wanted, reread),
    query: (query) => store.query(query),
    commit: (write) => store.commit((writer) => write(writing(writer, rewrite))),
    transact: (body) => store.transact((tx) => body({ ...writing(tx, rewrite), get: (wanted) => seen(tx, wanted, reread) })),
  };
  return { ...deps, store: rewritten };
}

export function withVenue(deps: EngineDeps, change: (venue: Venue) => Partial<Venue>): EngineDeps {
  return { ...deps, venue: { ...deps.venue, ...change(deps.venue) } };
}

function writing(writer: Writer, rewrite: Rewrite): Writer {
  const write = <T>(verb: 'create' | 'set', collection: Collection<T>, id: string, data: T): void => {
    const changed = rewrite(verb, collection.name, id, data);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a mutation may write anything; the store's schema judges it
    if (changed !== null) writer[verb](collection, id, changed as T);
  };
  return {
    create: (collection, id, data) => write('create', collection, id, data),
    set: (collection, id, data) => write('set', collection, id, data),
    delete(collection, id) {
      if (rewrite('delete', collection.name, id, {}) !== null) writer.delete(collection, id);
    },
  };
}

async function seen<W extends Wanted>(source: Pick<Store, 'get'>, wanted: W, reread: Reread): Promise<Got<W>> {
  const got: Record<string, unknown> = await source.get(wanted);
  const changed = Object.entries(wanted).map(([key, { collection, id }]) => [key, reread(collection.name, id, got[key])] as const);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same keys with what the mutation makes of their values
  return Object.fromEntries(changed) as Got<W>;
}
