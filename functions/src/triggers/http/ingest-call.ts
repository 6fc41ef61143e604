/** A call of ingest: whose signal is it, and what does it say. Nothing is read from the store for whoever is unknown. */
import { z } from 'zod';
import type { IngestDeps } from '../../app/ingest/ingest-deps.ts';
import { ingest } from '../../app/ingest/ingest.ts';
import type { Answered } from '../../app/requests/answered.ts';
import { refused } from '../../app/requests/refusal.ts';
import type { Refusal } from '../../app/requests/refusal.ts';
import type { RefusalTally } from '../../app/requests/refusal-tally.ts';
import type { IngestKeys } from '../../config/ingest-keys.ts';
import { signalRequest } from '../../schema/requests/signal-request.ts';
import { answered, refusalAnswer } from './answer.ts';
import type { HttpAnswer } from './answer.ts';
import { parsedBody, refusedUnread } from './body.ts';
import type { Parsed } from './body.ts';
import type { HttpCall } from './call.ts';
import { holderOf, isSigned, signerOf } from './signature.ts';
import type { Signer } from './signature.ts';

export interface IngestDesk {
  readonly deps: IngestDeps;
  readonly keys: IngestKeys;
  readonly tally: RefusalTally;
}

export async function ingestCall({ deps, keys, tally }: IngestDesk, call: HttpCall): Promise<HttpAnswer> {
  const { keyId, result } = await outcome(deps, keys, call);
  if (result.kind === 'answered') return answered(result.body);
  await tally.note({ ...deps, retentionDays: deps.config.runtime.vetoRetentionDays }, result.code, keyId);
  return refusalAnswer(result);
}

interface Outcome {
  /** Known once the request is proved to be of a key. */
  readonly keyId: string | null;
  readonly result: Answered | Refusal;
}

async function outcome(deps: IngestDeps, keys: IngestKeys, call: HttpCall): Promise<Outcome> {
  const { http } = deps.config.runtime;
  const unread = refusedUnread(call, http.maxBodyBytes);
  if (unread !== null) return { keyId: null, result: unread };
  if (Object.keys(keys).length === 0) {
    return { keyId: null, result: refused('not_configured', 'outside signals have no keys here', 'put a key into the secret INGEST_KEYS and deploy') };
  }
  const body = parsedBody(call.rawBody);
  const sender = senderOf(deps, keys, call, body);
  if (sender.signer.kind === 'refused') return { keyId: null, result: sender.signer };
  const { keyId } = sender.signer;
  if (body.kind === 'refused') return { keyId, result: body };
  const parsed = signalRequest.safeParse(sender.said);
  if (!parsed.success) return { keyId, result: refused('invalid_body', z.prettifyError(parsed.error), 'see docs/outside-signals.md for the form of a signal') };
  return { keyId, result: await ingest(deps, keyId, parsed.data) };
}

interface Sender {
  readonly signer: Signer;
  /** The body without a secret that stood in it. */
  readonly said: unknown;
}

/** A key that may stand in a body signs nothing, since whoever sees such a body has the secret. */
function senderOf({ config, clock }: IngestDeps, keys: IngestKeys, call: HttpCall, body: Parsed): Sender {
  const { replayWindowSeconds, bodySecretKeys } = config.runtime.ingest;
  const json = body.kind === 'json' ? body.value : null;
  if (isSigned(call) || bodySecretKeys.length === 0) {
    const signing = Object.fromEntries(Object.entries(keys).filter(([keyId]) => !bodySecretKeys.includes(keyId)));
    return { signer: signerOf(call, { keys: signing, windowMs: replayWindowSeconds * 1000, now: clock.now() }), said: json };
  }
  const { secret, ...said } = withSecret.safeParse(json).data ?? { secret: null };
  return { signer: holderOf(secret, keys, bodySecretKeys), said };
}

const withSecret = z.looseObject({ secret: z.string() });
