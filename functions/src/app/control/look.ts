import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../schema/records/symbol-toggles.ts';
import type { ReadRequest } from '../../schema/requests/control-request.ts';
import { readAlerts } from '../inspect/read-alerts.ts';
import { readOrders } from '../inspect/read-orders.ts';
import { readPositions } from '../inspect/read-positions.ts';
import { readStatus } from '../inspect/read-status.ts';
import { readWhy } from '../inspect/read-why.ts';
import type { Answered } from '../requests/answered.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';
import type { ControlDeps } from './control-deps.ts';
import { probeVenue } from './probe-venue.ts';
import { unknownSymbol } from './unknown-symbol.ts';

/** What viewers may ask. Changes nothing but the record of a probe. */
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
    case 'alerts':
      return answer(deps, await deps.step('control.read', () => readAlerts(deps, request.closed)));
    case 'probe': {
      const probe = await probeVenue(deps);
      return probe === null ? refused('conflict', 'no symbol of universe.json is enabled, so there is nothing to ask about', 'enable one') : { kind: 'answered', body: probe };
    }
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
  return view === null ? null : { ...view, disabledSymbols: toggles?.disabled ?? {} };
}
