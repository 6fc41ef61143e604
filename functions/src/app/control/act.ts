/** One change: planned on what the transaction has read, written with its audit entry, or not at all. */
import type { Transaction } from '../../ports/store.ts';
import { AUDIT } from '../../schema/records/audit-entry.ts';
import type { AuditEntry } from '../../schema/records/audit-entry.ts';
import type { ActRequest } from '../../schema/requests/control-request.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Answered } from '../requests/answered.ts';
import { toldCost } from '../told-cost.ts';
import type { ToldCost } from '../told-cost.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';
import type { Change } from './change.ts';
import { planAcknowledgement } from './plan-acknowledgement.ts';
import { planToggle } from './plan-toggle.ts';
import { planTrading } from './plan-trading.ts';
import type { Caller, ControlDeps } from './control-deps.ts';
import { unknownSymbol } from './unknown-symbol.ts';

type Committed = { readonly kind: 'committed'; readonly audit: AuditEntry; readonly repeated: boolean } | Refusal;

export async function act(deps: ControlDeps, caller: Caller, request: ActRequest): Promise<Answered | Refusal> {
  if (deps.recordGate.kind === 'closed') {
    return refused('records_closed', `nothing is written here: ${deps.recordGate.reason}`, 'set ALLOW_PROD_SYNC or ALLOW_PROD_WRITE and deploy; until then the engine sends no orders either');
  }
  const faulty = refusedBefore(deps, request);
  if (faulty !== null) return faulty;
  const cost = toldCost(deps.costs);
  const committed = await deps.step('control.commit', () => deps.store.transact((tx) => commit(deps, tx, caller, request, cost)));
  if (committed.kind === 'refused') {
    cost.giveBack();
    return committed;
  }
  const { audit, repeated } = committed;
  if (!repeated) deps.log.operatorActed(audit.requestId, audit.actor, audit.verb, audit.summary);
  const body = { requestId: audit.requestId, verb: audit.verb, summary: audit.summary, before: parsed(audit.before), after: parsed(audit.after), at: audit.at, repeated };
  if (request.verb !== 'flatten') return { kind: 'answered', body };
  const result = await flatten(deps, caller, request);
  if (result.kind === 'done') return { kind: 'answered', body: { ...body, flatten: result } };
  return refused('conflict', result.summary, 'put that right, then send the same request again');
}

function refusedBefore({ config }: ControlDeps, request: ActRequest): Refusal | null {
  if (request.verb === 'disable-symbol' || request.verb === 'enable-symbol') return unknownSymbol(config.universe, request.symbol);
  if (request.verb === 'flatten' && request.symbol === null && request.positionSide !== null) {
    return refused('invalid_body', 'positionSide without symbol', 'name the symbol too, or leave both out to flatten everything');
  }
  return null;
}

/** The body may run twice: after a commit that succeeded unseen it finds its own audit entry. */
async function commit(deps: ControlDeps, tx: Transaction, caller: Caller, request: ActRequest, cost: ToldCost): Promise<Committed> {
  const { audit: known } = await tx.get({ audit: { collection: AUDIT, id: request.requestId } });
  const asked = JSON.stringify(request);
  if (known !== null) {
    if (known.uid === caller.uid && known.request === asked) return { kind: 'committed', audit: known, repeated: true };
    return refused('request_id_reused', `request ${request.requestId} was another one`, 'send every new request with a new requestId');
  }
  const now = deps.clock.now();
  const change = await plan(tx, caller, request, now);
  if (change.kind === 'refused') return change;
  change.write(tx);
  const audit: AuditEntry = {
    requestId: request.requestId,
    verb: request.verb,
    uid: caller.uid,
    actor: caller.name,
    reason: request.reason,
    request: asked,
    summary: change.summary,
    before: change.before === null ? null : JSON.stringify(change.before),
    after: change.after === null ? null : JSON.stringify(change.after),
    at: now,
    cost: cost.take(),
  };
  tx.create(AUDIT, request.requestId, audit);
  return { kind: 'committed', audit, repeated: false };
}

async function plan(tx: Transaction, { name }: Caller, request: ActRequest, now: EpochMs): Promise<Change | Refusal> {
  switch (request.verb) {
    case 'halt':
    case 'reduce':
    case 'resume':
      return planTrading(tx, request, name, now);
    case 'disable-symbol':
    case 'enable-symbol':
      return planToggle(tx, request, name, now);
    case 'acknowledge':
      return planAcknowledgement(tx, request, name, now);
    case 'flatten':
      return { kind: 'change', summary: flattenText(request), before: null, after: null, write: () => undefined };
  }
}

/** After its audit entry, and again when asked again: its orders carry ids that follow from the request. */
function flatten(deps: ControlDeps, caller: Caller, { requestId, symbol, positionSide }: Extract<ActRequest, { verb: 'flatten' }>) {
  return deps.step('control.flatten', () => deps.flatten({ requestId, symbol, positionSide, actor: caller.name }));
}

const flattenText = ({ symbol, positionSide }: Extract<ActRequest, { verb: 'flatten' }>): string =>
  symbol === null ? 'flatten everything' : `flatten ${symbol}${positionSide === null ? '' : ` ${positionSide}`}`;

const parsed = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
