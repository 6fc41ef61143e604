/** The edge of a world: people and models who ask over HTTP, and send again what did not succeed. */
import { createHmac } from 'node:crypto';
import type { ControlDeps } from '../../../functions/src/app/control/control-deps.ts';
import type { EngineDeps } from '../../../functions/src/app/engine-deps.ts';
import { flatten } from '../../../functions/src/app/exits/flatten.ts';
import type { IngestDeps } from '../../../functions/src/app/ingest/ingest-deps.ts';
import { Budgets } from '../../../functions/src/app/requests/budgets.ts';
import { RefusalTally } from '../../../functions/src/app/requests/refusal-tally.ts';
import type { IngestKeys } from '../../../functions/src/config/ingest-keys.ts';
import type { Identities } from '../../../functions/src/ports/identities.ts';
import type { HttpAnswer } from '../../../functions/src/triggers/http/answer.ts';
import type { HttpCall } from '../../../functions/src/triggers/http/call.ts';
import { controlCall } from '../../../functions/src/triggers/http/control-call.ts';
import { ingestCall } from '../../../functions/src/triggers/http/ingest-call.ts';
import { set } from '../../unit/config/config-files.ts';
import { testConfig } from './engine-run.ts';
import type { World } from './world.ts';

export const KEY_ID = 'model-a';
export const KEY_SECRET = 'a'.repeat(32);
export const KEYS: IngestKeys = { [KEY_ID]: KEY_SECRET };

/** The strategy takes its signals from outside; everything else about it stays. */
export const outsideEdits = [
  set('strategies.json', ['strategies', 0, 'kind'], 'external'),
  set('strategies.json', ['strategies', 0, 'params'], { keys: [KEY_ID], maxStrength: 1 }),
] as const;
export const OUTSIDE_CONFIG = testConfig(...outsideEdits);

/** The token of somebody is `role`, or `role.name` for one of several; some words are tokens that are no good. */
const IDENTITIES: Identities = {
  verify: (token, asksAccount) => {
    const [role = '', who = role] = token.split('.');
    if (role === 'forged' || role === 'expired') return Promise.resolve({ kind: 'refused', reason: role === 'forged' ? 'invalid' : 'expired' });
    if (role === 'unreachable') return Promise.resolve({ kind: 'unavailable', cause: 'no network' });
    if (who === 'dismissed' && asksAccount) return Promise.resolve({ kind: 'refused', reason: 'revoked' });
    return Promise.resolve({ kind: 'known', uid: `uid-${who}`, name: `${who}@example.com`, role: role === 'unnamed' ? null : role });
  },
};

export interface Said {
  readonly id: string;
  readonly action: 'enter' | 'exit';
}

export class Desk {
  readonly #budgets = new Budgets();
  readonly #tally = { control: new RefusalTally('control'), ingest: new RefusalTally('ingest') };

  controlDeps(deps: EngineDeps): ControlDeps {
    return {
      ...deps,
      recordGate: { kind: 'open' },
      engineVersion: 'test',
      configHash: 'test',
      place: 'the world',
      budgets: this.#budgets,
      openReach: () => Promise.resolve({ venue: deps.venue, venueName: deps.venueName, askedFrom: 'the world', accountIsOurs: false }),
      flatten: (request) => flatten(deps, request),
    };
  }

  ingestDeps(deps: EngineDeps): IngestDeps {
    return { ...deps, recordGate: { kind: 'open' }, budgets: this.#budgets, openEngine: () => Promise.resolve(deps) };
  }

  /** One request of somebody with this token, once. */
  control(deps: EngineDeps, token: string, body: object): Promise<HttpAnswer> {
    return this.controlAsked(deps, postOf(JSON.stringify(body), { authorization: `Bearer ${token}` }));
  }

  controlAsked(deps: EngineDeps, call: HttpCall, changes: Partial<ControlDeps> = {}): Promise<HttpAnswer> {
    return controlCall({ deps: { ...this.controlDeps(deps), ...changes }, identities: IDENTITIES, tally: this.#tally.control }, call);
  }

  /** One signed signal, once. */
  ingest(deps: EngineDeps, body: object): Promise<HttpAnswer> {
    return this.ingestAsked(deps, signedPost(JSON.stringify(body), deps.clock.now()));
  }

  ingestAsked(deps: EngineDeps, call: HttpCall, keys: IngestKeys = KEYS, changes: Partial<IngestDeps> = {}): Promise<HttpAnswer> {
    return ingestCall({ deps: { ...this.ingestDeps(deps), ...changes }, keys, tally: this.#tally.ingest }, call);
  }

  /** Asked until the answer is the wanted one. */
  asks(world: World, token: string, body: object, status = 200): void {
    world.request(async (deps) => expectStatus(await this.control(deps, token, body), status));
  }

  /** Sent, under the time of now, until it is taken. */
  signals(world: World, { id, action }: Said): void {
    const body = { id, strategy: 'zscore-5m', symbol: 'BTCUSDT', action, positionSide: 'long', at: world.time.now() };
    world.request(async (deps) => expectStatus(await this.ingest(deps, body), 200));
  }
}

function expectStatus(answer: HttpAnswer, status: number): void {
  if (answer.status !== status) throw new Error(`answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

export function postOf(body: string, headers: Readonly<Record<string, string>> = {}): HttpCall {
  const all: Readonly<Record<string, string>> = { 'content-type': 'application/json', ...headers };
  return { method: 'POST', header: (name) => all[name] ?? null, rawBody: Buffer.from(body) };
}

/** Signed at `now` as docs/outside-signals.md says. */
export function signedPost(body: string, now: number, keyId: string = KEY_ID, secret: string = KEY_SECRET): HttpCall {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', secret).update(`v1.${timestamp}.${body}`).digest('hex');
  return postOf(body, { 'x-portcullis-key': keyId, 'x-portcullis-timestamp': timestamp, 'x-portcullis-signature': `v1=${signature}` });
}
