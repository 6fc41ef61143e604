/** What may be posted to control and ingest: each gets an answer of ours, and none that is refused leaves more than its count. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { INCIDENTS } from '../../functions/src/schema/records/incident.ts';
import { AUDIT } from '../../functions/src/schema/records/audit-entry.ts';
import { INTENTS } from '../../functions/src/schema/records/intent.ts';
import { OUTSIDE_SIGNALS } from '../../functions/src/schema/records/outside-signal.ts';
import type { HttpAnswer } from '../../functions/src/triggers/http/answer.ts';
import type { HttpCall } from '../../functions/src/triggers/http/call.ts';
import { Desk, OUTSIDE_CONFIG, signedPost } from '../support/engine/desk.ts';
import { START, World } from '../support/engine/world.ts';
import { brokenText, changed } from './hostile.ts';

const RUNS = 250;
const SLOW = 60_000;
const ACT = { requestId: 'request-1', reason: 'it looks wrong' };
const CONTROL_BODIES = [
  { verb: 'status' },
  { verb: 'why', symbol: 'BTCUSDT', last: 3 },
  { verb: 'halt', ...ACT, minutes: 5 },
  { verb: 'resume', ...ACT },
  { verb: 'flatten', ...ACT, symbol: 'BTCUSDT', positionSide: 'long' },
  { verb: 'disable-symbol', ...ACT, symbol: 'BTCUSDT', hours: 2 },
  { verb: 'acknowledge', ...ACT, incidentId: 'incident-1' },
] as const;
const signalAt = (at: number): object => ({ id: 'signal-1', strategy: 'zscore-5m', symbol: 'BTCUSDT', action: 'enter', positionSide: 'long', at, strength: 1 });

/** Done, or understood and not possible now. */
const UNDERSTOOD: readonly number[] = [200, 404, 409];

const textOf = (good: object): fc.Arbitrary<string> => fc.oneof({ weight: 3, arbitrary: changed(good).map((value) => JSON.stringify(value) ?? '') }, { weight: 2, arbitrary: brokenText(JSON.stringify(good)) });
const bytesOf = (good: object): fc.Arbitrary<Buffer> => fc.oneof({ weight: 5, arbitrary: textOf(good).map((text) => Buffer.from(text)) }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) });
const headerText = fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.constantFrom('application/json', 'application/json;charset=utf-8', 'Bearer operator', 'Bearer viewer', 'Bearer forged', `Bearer ${'x'.repeat(9000)}`, '__proto__', 'model-a', `v1=${'0'.repeat(64)}`, '1768478400', '-1', 'null'));
const headers = fc.dictionary(fc.constantFrom('content-type', 'authorization', 'origin', 'access-control-request-method', 'x-portcullis-key', 'x-portcullis-timestamp', 'x-portcullis-signature'), headerText);
const method = fc.constantFrom('POST', 'POST', 'POST', 'GET', 'OPTIONS', 'PUT', '', 'post', '__proto__');

function callOf(over: Readonly<Record<string, string>>, rawBody: Buffer, name = 'POST'): HttpCall {
  const all: Readonly<Record<string, string>> = { 'content-type': 'application/json', authorization: 'Bearer operator', ...over };
  return { method: name, header: (key) => (Object.hasOwn(all, key) ? (all[key] ?? null) : null), rawBody };
}

const refusal = z.strictObject({ error: z.strictObject({ code: z.string().regex(/^[a-z_]+$/), message: z.string().min(1), next: z.string().min(1) }) });
const STATUSES: readonly number[] = [200, 204, 400, 401, 403, 404, 405, 409, 413, 415, 429];

/** Why this is no answer of ours, which has a status from the table and words that say what to do next. */
function faultOf({ status, body }: HttpAnswer): string | null {
  if (!STATUSES.includes(status)) return `status ${status}: ${JSON.stringify(body)}`;
  if (status >= 400 && !refusal.safeParse(body).success) return `a refusal that says ${JSON.stringify(body)}`;
  return (JSON.stringify(body)?.length ?? 0) < 40_000 ? null : 'an answer that is too long';
}

const left = async ({ store }: World): Promise<readonly unknown[]> =>
  (await Promise.all([store.query({ collection: INTENTS, where: [], limit: 5 }), store.query({ collection: OUTSIDE_SIGNALS, where: [], limit: 5 }), store.query({ collection: INCIDENTS, where: [], limit: 5 }), store.query({ collection: AUDIT, where: [], limit: 5 })])).flat();

describe('control', () => {
  it('answers every body of somebody who may ask, and only what it understood is written down', { timeout: SLOW }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...CONTROL_BODIES).chain(bytesOf), async (rawBody) => {
        const world = new World();
        const answer = await new Desk().controlAsked(world.deps(), callOf({}, rawBody));
        expect(faultOf(answer)).toBeNull();
        expect(UNDERSTOOD.includes(answer.status) ? [] : await left(world)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('answers every method and header, whoever sends them', { timeout: SLOW }, async () => {
    await fc.assert(
      fc.asyncProperty(method, headers, bytesOf(CONTROL_BODIES[2]), async (name, over, rawBody) => {
        const world = new World();
        const answer = await new Desk().controlAsked(world.deps(), callOf(over, rawBody, name));
        expect(faultOf(answer)).toBeNull();
      }),
      { numRuns: RUNS },
    );
  });
});

describe('ingest', () => {
  it('answers every body of a sender who can sign, and only a signal it took leads to an intent', { timeout: SLOW }, async () => {
    await fc.assert(
      fc.asyncProperty(textOf(signalAt(START)), async (text) => {
        const world = new World({ config: OUTSIDE_CONFIG });
        const answer = await new Desk().ingestAsked(world.deps(), signedPost(text, world.time.now()));
        expect(faultOf(answer)).toBeNull();
        expect(answer.status === 200 ? [] : await left(world)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('answers every method and header, and takes nothing that is not signed', { timeout: SLOW }, async () => {
    await fc.assert(
      fc.asyncProperty(method, headers, bytesOf(signalAt(START)), async (name, over, rawBody) => {
        const world = new World({ config: OUTSIDE_CONFIG });
        const answer = await new Desk().ingestAsked(world.deps(), callOf(over, rawBody, name));
        expect(faultOf(answer)).toBeNull();
        expect(answer.status).toBeGreaterThanOrEqual(400);
        expect(await left(world)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});
