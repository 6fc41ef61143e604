/**
 * The verbs of operators and viewers. Viewers only look. Every change is one transaction with its audit entry under the
 * id of the request, so that a request that is sent again changes nothing and gets the same answer.
 */
import { derivedId } from '../../domain/identity/derived-id.ts';
import { isRead } from '../../schema/requests/control-request.ts';
import type { ControlRequest } from '../../schema/requests/control-request.ts';
import type { Answered } from '../requests/answered.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';
import { act } from './act.ts';
import type { Caller, ControlDeps } from './control-deps.ts';
import { look } from './look.ts';

export async function control(deps: ControlDeps, caller: Caller, request: ControlRequest): Promise<Answered | Refusal> {
  const { readsPerMinute, actsPerMinute } = deps.config.runtime.control;
  const reads = isRead(request);
  if (!reads && caller.role !== 'operator') {
    return refused('forbidden', `${request.verb} is for operators; this account is a ${caller.role}`, 'ask an operator, or have the claim role set to operator');
  }
  // Looking often must not keep anybody from halting.
  const budget = `control-${reads ? 'read' : 'act'}-${derivedId('budget', caller.uid)}`;
  const limited = await deps.step('control.take-token', () => deps.budgets.take(deps.store, budget, reads ? readsPerMinute : actsPerMinute, deps.clock.now()));
  if (limited !== null) return limited;
  return reads ? look(deps, request) : act(deps, caller, request);
}
