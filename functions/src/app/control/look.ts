import { ACKNOWLEDGEMENTS } from '../../schema/records/acknowledgement.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../schema/records/symbol-toggles.ts';
import type { ReadRequest } from '../../schema/requests/control-request.ts';
import type { OpenIncident } from '../inspect/read-status.ts';
import { readOrders } from '../inspect/read-orders.ts';
import { readPositions } from '../inspect/read-positions.ts';
import { readStatus } from '../inspect/read-status.ts';
import { readWhy } from '../inspect/read-why.ts';
import type { Answered } from '../requests/answered.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';
import type { ControlDeps } from './control-deps.ts';
import { unknownSymbol } from './unknown-symbol.ts';

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
      return answer(deps, await deps.step('control.read', () => readPositions(deps)));
    case 'orders':
      return answer(deps, await deps.step('control.read', () => readOrders(deps)));
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
