/**
 * A call of control: who is it, may they, what do they want. Somebody unknown learns nothing about the body; whoever
 * wants to change something must have an account that is still good, not only a token that is.
 */
import { z } from 'zod';
import { ROLES } from '../../app/control/control-deps.ts';
import type { Caller, ControlDeps } from '../../app/control/control-deps.ts';
import { control } from '../../app/control/control.ts';
import type { Answered } from '../../app/requests/answered.ts';
import { refused } from '../../app/requests/refusal.ts';
import type { Refusal } from '../../app/requests/refusal.ts';
import type { RefusalTally } from '../../app/requests/refusal-tally.ts';
import type { Identities, Identity } from '../../ports/identities.ts';
import { controlRequest, isRead } from '../../schema/requests/control-request.ts';
import type { ControlRequest } from '../../schema/requests/control-request.ts';
import { answered, refusalAnswer } from './answer.ts';
import type { HttpAnswer } from './answer.ts';
import { parsedBody, refusedUnread } from './body.ts';
import type { HttpCall } from './call.ts';
import { crossOriginHeaders, preflightAnswer } from './cross-origin.ts';

export interface ControlDesk {
  readonly deps: ControlDeps;
  readonly identities: Identities;
  readonly tally: RefusalTally;
}

const BEARER = /^Bearer ([A-Za-z0-9_.-]{1,8192})$/;

export async function controlCall({ deps, identities, tally }: ControlDesk, call: HttpCall): Promise<HttpAnswer> {
  const { http, vetoRetentionDays } = deps.config.runtime;
  const preflight = preflightAnswer(call, http.allowedOrigins);
  if (preflight !== null) return preflight;
  const { caller, result } = await outcome(deps, identities, call);
  if (result.kind === 'refused') await tally.note({ ...deps, retentionDays: vetoRetentionDays }, result.code, caller);
  const answer = result.kind === 'refused' ? refusalAnswer(result) : answered(result.body);
  return { ...answer, headers: { ...answer.headers, ...crossOriginHeaders(call, http.allowedOrigins) } };
}

interface Outcome {
  /** The name of whoever has proved who they are. */
  readonly caller: string | null;
  readonly result: Answered | Refusal;
}

async function outcome(deps: ControlDeps, identities: Identities, call: HttpCall): Promise<Outcome> {
  const unread = refusedUnread(call, deps.config.runtime.http.maxBodyBytes);
  if (unread !== null) return { caller: null, result: unread };
  const token = BEARER.exec(call.header('authorization') ?? '')?.[1];
  if (token === undefined) return { caller: null, result: refused('unauthenticated', 'there is no ID token', 'send Authorization: Bearer and a Firebase ID token') };
  const request = requestOf(call.rawBody);
  const asksAccount = request.kind === 'request' && !isRead(request.value);
  const identity = await identities.verify(token, asksAccount);
  const caller = callerOf(identity);
  if (caller.kind === 'refused') return { caller: identity.kind === 'known' ? identity.name : null, result: caller };
  const result = request.kind === 'refused' ? request : await control(deps, caller.value, request.value);
  return { caller: caller.value.name, result };
}

type Requested = { readonly kind: 'request'; readonly value: ControlRequest } | Refusal;

function requestOf(raw: Buffer): Requested {
  const body = parsedBody(raw);
  if (body.kind === 'refused') return body;
  const parsed = controlRequest.safeParse(body.value);
  return parsed.success ? { kind: 'request', value: parsed.data } : refused('invalid_body', z.prettifyError(parsed.error), 'see docs/control-api.md for what each verb takes');
}

function callerOf(identity: Identity): { readonly kind: 'caller'; readonly value: Caller } | Refusal {
  if (identity.kind === 'unavailable') return refused('try_again', 'accounts cannot be checked now', 'send the same request again in a moment', 5);
  if (identity.kind === 'refused') return refusedToken(identity.reason);
  const role = ROLES.find((known) => known === identity.role);
  if (role === undefined) return refused('forbidden', 'this account has no role', 'have the custom claim role set to operator or viewer, then sign in again');
  return { kind: 'caller', value: { uid: identity.uid, name: identity.name, role } };
}

function refusedToken(reason: Extract<Identity, { kind: 'refused' }>['reason']): Refusal {
  switch (reason) {
    case 'expired':
      return refused('token_expired', 'the ID token has expired', 'fetch a fresh one and send the same request again');
    case 'revoked':
      return refused('token_revoked', 'the account is disabled or was signed out', 'sign in again');
    case 'invalid':
      return refused('unauthenticated', 'this is not an ID token of this project', 'send Authorization: Bearer and a Firebase ID token');
  }
}
