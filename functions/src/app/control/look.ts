import { ACKNOWLEDGEMENTS } from '../../schema/records/acknowledgement.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import { PROTECTIONS } from '../../schema/records/protection.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import { ORDERS } from '../../schema/records/order.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../schema/records/symbol-toggles.ts';
import type { ReadRequest } from '../../schema/requests/control-request.ts';
import type { OpenIncident } from '../inspect/read-status.ts';
import { readStatus } from '../inspect/read-status.ts';
import { readWhy } from '../inspect/read-why.ts';
import type { Answered } from '../requests/answered.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';
import type { ControlDeps } from './control-deps.ts';
import { unknownSymbol } from './unknown-symbol.ts';

const MOST_LISTED = 100;

/** What viewers may ask. Changes nothing. */
export async function look(deps: ControlDeps, request: ReadRequest): Promise<Answered | Refusal> {
  switch (request.verb) {
    case 'status':
      return answer(deps, await deps.step('control.read', () => status(deps)));
    case 'why': {
      const unknown = unknownSymbol(deps.config.universe, request.symbol);
      if (unknown !== null) return unknown;
      return answer(deps, await deps.step('control.read', () => readWhy(deps, deps.place, request.symbol, request.last)));
    }
    case 'positions':
      return answer(deps, await deps.step('control.read', () => positions(deps)));
    case 'orders':
      return answer(deps, await deps.step('control.read', () => orders(deps)));
  }
}

function answer(deps: ControlDeps, body: unknown): Answered | Refusal {
  return body === null ? refused('not_found', `there are no records in ${deps.place}`, 'wait for the first sync, or check that TRADING_ENV is the one you mean') : { kind: 'answered', body };
}

async function status(deps: ControlDeps) {
  const [view, { toggles }] = await Promise.all([
    readStatus(deps, deps.place),
    deps.store.get({ toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID } }),
  ]);
  if (view === null) return null;
  const incidents = await withAcknowledgements(deps, view.incidents);
  return { ...view, incidents, disabledSymbols: toggles?.disabled ?? {} };
}

/** Who has seen each incident; null while nobody has, or when it has come again since. */
async function withAcknowledgements({ store }: ControlDeps, incidents: readonly OpenIncident[]) {
  if (incidents.length === 0) return [];
  const got = await store.get(Object.fromEntries(incidents.map(({ id }) => [id, { collection: ACKNOWLEDGEMENTS, id }])));
  return incidents.map((incident) => {
    const seen = got[incident.id] ?? null;
    return { ...incident, acknowledgement: seen?.openedAt === incident.openedAt ? seen : null };
  });
}

/** As the venue last showed them and as our ledger has them, with the stops that guard them. */
async function positions({ store, clock }: ControlDeps) {
  const [{ atVenue, risk }, protections] = await Promise.all([
    store.get({ atVenue: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID }, risk: { collection: RISK_STATE, id: RISK_STATE_ID } }),
    store.query({ collection: PROTECTIONS, where: [], limit: MOST_LISTED }),
  ]);
  const { exposures, reservations } = risk ?? EMPTY_RISK_STATE;
  return { now: clock.now(), atVenue, exposures, reservations, protections: protections.map(({ data }) => data) };
}

/** Intents that have not ended, and the orders that are or may be at the venue. */
async function orders({ store, clock }: ControlDeps) {
  const [intents, live] = await Promise.all([
    store.query({ collection: INTENTS, where: [{ field: 'status', op: 'in', value: ['pending', 'working'] }], limit: MOST_LISTED }),
    store.query({ collection: ORDERS, where: [{ field: 'status', op: 'in', value: ['armed', 'ambiguous', 'working'] }], limit: MOST_LISTED }),
  ]);
  return { now: clock.now(), intents: intents.map(({ data }) => data), orders: live.map(({ data }) => data) };
}
