/** Reads one account: the head again and again, the body when the head has changed. About twenty documents a tick. */
import { asList, asText, present } from '../records/fields.ts';
import type { StoredDocument } from '../records/fields.ts';
import type { FirestoreReader } from '../records/firestore-reader.ts';
import type { PositionsState } from '../../../functions/src/schema/records/positions-state.ts';
import { refreshed } from './feed.ts';
import type { Feed, FeedSpec } from './feed.ts';
import type { Body, Head } from './snapshot.ts';

const ORDERS: FeedSpec = { collection: 'orders', orderBy: 'armedAt', keep: 40 };
const VETOES: FeedSpec = { collection: 'vetoes', orderBy: 'lastAt', keep: 60 };
const TICKS: FeedSpec = { collection: 'ticks', orderBy: 'startedAt', keep: 120 };
const MOST_OPEN = 50;
const OPEN_STATUS = ['armed', 'ambiguous', 'working'];

/** The page and the engine share one list of names; each is the id of a document of `state`. */
const STATE = { positions: 'state/positions', risk: 'state/risk', routerHealth: 'state/router_health', expectancy: 'state/expectancy', cost: 'state/cost' } as const;

/**
 * The engine's schema says what a document of a path holds. Nothing of it is trusted: every field of a StoredDocument is
 * unknown until it has been looked at.
 */
const as = <T extends object>(document: StoredDocument<object> | null | undefined): StoredDocument<T> | null => document ?? null;
const asAll = <T extends object>(documents: Feed): readonly StoredDocument<T>[] => documents;

export interface HeadAnswer {
  readonly readAt: number;
  readonly head: Head;
}

export class AccountReader {
  readonly #reader: FirestoreReader;
  #orders: Feed | null = null;
  #vetoes: Feed | null = null;
  #ticks: Feed | null = null;

  constructor(reader: FirestoreReader) {
    this.#reader = reader;
  }

  async head(): Promise<HeadAnswer> {
    const { readAt, value } = await this.#reader.get(['state/nav', 'control/trading']);
    return { readAt, head: { nav: as(value.get('state/nav')), control: as(value.get('control/trading')) } };
  }

  async body(): Promise<Body> {
    const [{ value: state }, open, incidents, alerts, orders, vetoes, ticks] = await Promise.all([
      this.#reader.get(Object.values(STATE)),
      this.#reader.query({ collection: 'orders', where: { field: 'status', op: 'IN', value: OPEN_STATUS }, limit: MOST_OPEN }),
      this.#reader.query({ collection: 'incidents', where: { field: 'resolvedAt', op: 'EQUAL', value: null }, limit: MOST_OPEN }),
      this.#reader.query({ collection: 'alerts', where: { field: 'resolvedAt', op: 'EQUAL', value: null }, limit: MOST_OPEN }),
      refreshed(this.#reader, ORDERS, this.#orders),
      refreshed(this.#reader, VETOES, this.#vetoes),
      refreshed(this.#reader, TICKS, this.#ticks),
    ]);
    this.#orders = orders;
    this.#vetoes = vetoes;
    this.#ticks = ticks;
    const positions = as<PositionsState>(state.get(STATE.positions));
    return {
      positions,
      risk: as(state.get(STATE.risk)),
      routerHealth: as(state.get(STATE.routerHealth)),
      expectancy: as(state.get(STATE.expectancy)),
      cost: as(state.get(STATE.cost)),
      protections: asAll(await this.#protections(positions)),
      orders: asAll(withOpen(orders, open.value)),
      incidents: asAll(incidents.value),
      alerts: asAll(alerts.value),
      vetoes: asAll(vetoes),
      ticks: asAll(ticks),
    };
  }

  /** Those of the open positions, by id: a record goes with its position. */
  async #protections(positions: StoredDocument<PositionsState> | null): Promise<Feed> {
    const ids = present(asList<PositionsState['items'][number]>(positions?.fields.items)).flatMap(({ symbol, positionSide }) => {
      const [name, side] = [asText(symbol), asText(positionSide)];
      return name === null || side === null ? [] : [`protections/${name}-${side}`];
    });
    if (ids.length === 0) return [];
    return [...(await this.#reader.get(ids)).value.values()].filter((document) => document !== null);
  }
}

/** An open order is shown however old it is. */
function withOpen(newest: Feed, open: Feed): Feed {
  const listed = new Set(newest.map(({ id }) => id));
  return [...open.filter(({ id }) => !listed.has(id)), ...newest];
}
