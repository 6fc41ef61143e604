/** Control from the request to the records, in memory: who gets in, what each verb does, and what is left behind. */
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { ACKNOWLEDGEMENTS } from '../../../../functions/src/schema/records/acknowledgement.ts';
import { AUDIT } from '../../../../functions/src/schema/records/audit-entry.ts';
import { INCIDENTS, OPEN_INCIDENTS, OPEN_INCIDENTS_ID, openIncidentsOf } from '../../../../functions/src/schema/records/incident.ts';
import { REFUSALS } from '../../../../functions/src/schema/records/refusals.ts';
import type { Refusals } from '../../../../functions/src/schema/records/refusals.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../../../functions/src/schema/records/risk-state.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../../../functions/src/schema/records/symbol-toggles.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../../functions/src/schema/records/trading-control.ts';
import { tradingStateAt } from '../../../../functions/src/domain/risk/trading-state.ts';
import type { HttpAnswer } from '../../../../functions/src/triggers/http/answer.ts';
import type { HttpCall } from '../../../../functions/src/triggers/http/call.ts';
import { set } from '../../config/config-files.ts';
import { Desk, postOf } from '../../../support/engine/desk.ts';
import { testConfig } from '../../../support/engine/engine-run.ts';
import { START, World } from '../../../support/engine/world.ts';
import type { WorldOptions } from '../../../support/engine/world.ts';
import { anIncident } from '../../cli/records.ts';

const HALT = { verb: 'halt', requestId: 'request-1', reason: 'it looks wrong', minutes: null };

function setUp(options: WorldOptions = {}) {
  const world = new World(options);
  const desk = new Desk();
  return { world, desk, ask: (body: object, token = 'operator'): Promise<HttpAnswer> => desk.control(world.deps(), token, body) };
}

const codeOf = ({ status, body }: HttpAnswer): unknown => [status, Reflect.get(Object(Reflect.get(Object(body), 'error')), 'code')];
const trading = async ({ store }: World) => (await store.get({ control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID } })).control;
const audited = async ({ store }: World) => (await store.query({ collection: AUDIT, where: [], limit: 50 })).map(({ data }) => data);
const counted = async ({ store }: World): Promise<readonly Refusals[]> => (await store.query({ collection: REFUSALS, where: [], limit: 50 })).map(({ data }) => data);

describe('who is not let in', () => {
  const call = (headers: Readonly<Record<string, string>>, body = JSON.stringify(HALT)): HttpCall => postOf(body, headers);
  const operator = { authorization: 'Bearer operator' };
  test.each<[string, HttpCall, number, string]>([
    ['nobody', call({}), 401, 'unauthenticated'],
    ['a password', call({ authorization: 'Basic b3BlcmF0b3I6' }), 401, 'unauthenticated'],
    ['a bearer of nothing', call({ authorization: 'Bearer ' }), 401, 'unauthenticated'],
    ['a token with a line break', call({ authorization: 'Bearer a\nb' }), 401, 'unauthenticated'],
    ['a forged token', call({ authorization: 'Bearer forged' }), 401, 'unauthenticated'],
    ['an expired token', call({ authorization: 'Bearer expired' }), 401, 'token_expired'],
    ['the token of an account that was dismissed', call({ authorization: 'Bearer operator.dismissed' }), 401, 'token_revoked'],
    ['an account without a role', call({ authorization: 'Bearer unnamed' }), 403, 'forbidden'],
    ['an account with another role', call({ authorization: 'Bearer admin' }), 403, 'forbidden'],
    ['a viewer who wants to halt', call({ authorization: 'Bearer viewer' }), 403, 'forbidden'],
    ['anybody while accounts cannot be checked', call({ authorization: 'Bearer unreachable' }), 503, 'try_again'],
    ['a GET', { ...call(operator), method: 'GET' }, 405, 'method_not_allowed'],
    ['a PUT', { ...call(operator), method: 'PUT' }, 405, 'method_not_allowed'],
    ['an OPTIONS that is no preflight', { ...call(operator), method: 'OPTIONS' }, 405, 'method_not_allowed'],
    ['a form', call({ ...operator, 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported_media_type'],
    ['text', call({ ...operator, 'content-type': 'text/plain' }), 415, 'unsupported_media_type'],
    ['JSON in another character set', call({ ...operator, 'content-type': 'application/json; charset=latin1' }), 415, 'unsupported_media_type'],
    ['a body that is too large', call(operator, JSON.stringify({ ...HALT, reason: 'x'.repeat(16_384) })), 413, 'body_too_large'],
    ['no body', call(operator, ''), 400, 'invalid_body'],
    ['what is no JSON', call(operator, '{'), 400, 'invalid_body'],
    ['what is no UTF-8', { ...call(operator), rawBody: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'invalid_body'],
    ['a list', call(operator, '[]'), 400, 'invalid_body'],
    ['an unknown verb', call(operator, JSON.stringify({ ...HALT, verb: 'explode' })), 400, 'invalid_body'],
    ['a verb too much', call(operator, JSON.stringify({ ...HALT, alsoResume: true })), 400, 'invalid_body'],
    ['a halt without a reason', call(operator, JSON.stringify({ ...HALT, reason: '  ' })), 400, 'invalid_body'],
    ['a reason with half a character', call(operator, JSON.stringify({ ...HALT, reason: 'because \uD800 it' })), 400, 'invalid_body'],
    ['a halt without a request id', call(operator, JSON.stringify({ verb: 'halt', reason: 'why' })), 400, 'invalid_body'],
    ['a request id that is a path', call(operator, JSON.stringify({ ...HALT, requestId: 'a/b/c/d/e/f' })), 400, 'invalid_body'],
    ['a halt for no time', call(operator, JSON.stringify({ ...HALT, minutes: 0 })), 400, 'invalid_body'],
    ['a symbol that is a path', call(operator, JSON.stringify({ verb: 'why', symbol: '../BTC' })), 400, 'invalid_body'],
    ['an incident that is a path', call(operator, JSON.stringify({ verb: 'acknowledge', requestId: 'request-1', reason: 'seen', incidentId: 'a/b' })), 400, 'invalid_body'],
  ])('%s', async (_title, asked, status, code) => {
    const { world, desk } = setUp();
    const answer = await desk.controlAsked(world.deps(), asked);
    expect(codeOf(answer)).toEqual([status, code]);
    expect(answer.body).toMatchObject({ error: { message: expect.stringMatching(/./), next: expect.stringMatching(/./) } });
    expect([await trading(world), await audited(world)]).toEqual([null, []]);
    expect(await counted(world)).toMatchObject([{ endpoint: 'control', total: 1, byCode: { [code]: 1 } }]);
  });

  it('learns nothing about the body: who is unknown is told only that', async () => {
    const { world, desk } = setUp();
    expect(codeOf(await desk.controlAsked(world.deps(), call({ authorization: 'Bearer forged' }, 'no JSON')))).toEqual([401, 'unauthenticated']);
  });

  it('can still look with the token of a dismissed account, until it expires', async () => {
    const { world, ask } = setUp();
    world.schedule('sync');
    await world.time.runUntil(START + 1000);
    expect(await ask({ verb: 'status' }, 'viewer.dismissed')).toMatchObject({ status: 200 });
  });
});

describe('refused requests', () => {
  it('are counted by the hour, by code and by who is known, in few writes', async () => {
    const { world, ask } = setUp();
    for (let times = 0; times < 30; times += 1) await ask(HALT, 'viewer.mallory');
    await ask(HALT, 'forged');
    await world.time.runUntil(world.time.now() + 11_000);
    await ask(HALT, 'forged');
    expect(await counted(world)).toMatchObject([{ total: 32, byCode: { forbidden: 30, unauthenticated: 2 }, byCaller: { 'mallory@example.com': 30 } }]);
  });

  it('of very many callers are counted together from the fifty-first on', async () => {
    const { world, ask } = setUp();
    for (let who = 0; who < 70; who += 1) await ask(HALT, `viewer.caller-${who}`);
    await world.time.runUntil(world.time.now() + 11_000);
    await ask(HALT, 'viewer.caller-69');
    const [hour] = await counted(world);
    expect(Object.keys(hour?.byCaller ?? {})).toHaveLength(51);
    expect(hour?.byCaller['others']).toBe(21);
    expect(hour?.total).toBe(71);
  });

  it('are told although the store cannot count them', async () => {
    const { world, ask } = setUp({ commitFault: () => 'failBefore' });
    expect(codeOf(await ask(HALT, 'forged'))).toEqual([401, 'unauthenticated']);
    expect(world.logLines.join('\n')).toContain('refusals could not be counted');
  });
});

describe('trading', () => {
  it('is halted with actor, reason and what was before, and stays so', async () => {
    const { world, ask } = setUp();
    expect(await ask(HALT)).toMatchObject({ status: 200, body: { requestId: 'request-1', verb: 'halt', repeated: false, before: null, after: { state: 'HALTED' } } });
    expect(await trading(world)).toEqual({ state: 'HALTED', actor: 'operator@example.com', reason: 'it looks wrong', changedAt: START, expiresAt: null });
    expect(await audited(world)).toEqual([
      expect.objectContaining({ requestId: 'request-1', verb: 'halt', uid: 'uid-operator', actor: 'operator@example.com', reason: 'it looks wrong', request: JSON.stringify(HALT), before: null, at: START }),
    ]);
    expect(tradingStateAt(await trading(world), START + 10 * 365 * 86_400_000)).toBe('HALTED');
  });

  it('is reduced for a time and falls back to ACTIVE by itself', async () => {
    const { world, ask } = setUp();
    await ask({ verb: 'reduce', requestId: 'request-1', reason: 'over the news', minutes: 30 });
    const control = await trading(world);
    expect([START, START + 1_799_999, START + 1_800_000].map((at) => tradingStateAt(control, at))).toEqual(['REDUCING', 'REDUCING', 'ACTIVE']);
  });

  it('is resumed', async () => {
    const { world, ask } = setUp();
    await ask(HALT);
    expect(await ask({ verb: 'resume', requestId: 'request-2', reason: 'all well' })).toMatchObject({ status: 200, body: { before: { state: 'HALTED' }, after: { state: 'ACTIVE' } } });
    expect((await audited(world)).map(({ verb }) => verb).toSorted()).toEqual(['halt', 'resume']);
  });
});

describe('the same request again', () => {
  it('changes nothing and gets the same answer', async () => {
    const { world, ask } = setUp();
    const first = await ask(HALT);
    await ask({ verb: 'resume', requestId: 'request-2', reason: 'all well' });
    expect(await ask(HALT)).toEqual({ ...first, body: { ...Object(first.body), repeated: true } });
    expect(await trading(world)).toMatchObject({ state: 'ACTIVE' });
    expect(await audited(world)).toHaveLength(2);
  });

  it.each([
    ['with other content', { ...HALT, reason: 'another reason' }, 'operator'],
    ['for another verb', { verb: 'resume', requestId: HALT.requestId, reason: HALT.reason }, 'operator'],
    ['of somebody else', HALT, 'operator.other'],
  ])('%s is refused', async (_title, body, token) => {
    const { world, ask } = setUp();
    await ask(HALT);
    expect(codeOf(await ask(body, token))).toEqual([409, 'request_id_reused']);
    expect(await trading(world)).toMatchObject({ state: 'HALTED', reason: HALT.reason });
  });

  it('after a commit whose answer was lost is the first one', async () => {
    const faults: ('failAfter' | 'none')[] = ['none', 'failAfter'];
    const { world, ask } = setUp({ commitFault: () => faults.shift() ?? 'none' });
    expect(await ask(HALT)).toMatchObject({ status: 200, body: { repeated: true, after: { state: 'HALTED' } } });
    expect(faults).toEqual([]);
    expect(await audited(world)).toHaveLength(1);
  });

  it('that the store runs twice by itself is one change', async () => {
    const { world, ask } = setUp({ rerun: (attempt) => attempt === 1 });
    expect(await ask(HALT)).toMatchObject({ status: 200, body: { after: { state: 'HALTED' } } });
    expect(await audited(world)).toHaveLength(1);
  });
});

const toggles = async ({ store }: World) => (await store.get({ toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID } })).toggles?.disabled;

describe('a symbol', () => {
  const disable = { verb: 'disable-symbol', requestId: 'request-1', symbol: 'BTCUSDT', hours: 2, reason: 'delisting' };

  it('is disabled for hours or until it is enabled, and others with it', async () => {
    const { world, ask } = setUp();
    await ask(disable);
    await ask({ ...disable, requestId: 'request-2', symbol: 'ETHUSDT', hours: null });
    expect(await toggles(world)).toMatchObject({ BTCUSDT: { untilAt: START + 7_200_000, actor: 'operator@example.com' }, ETHUSDT: { untilAt: null } });
    await world.time.runUntil(START + 7_200_000);
    expect(await ask({ verb: 'enable-symbol', requestId: 'request-3', symbol: 'ETHUSDT', reason: 'back' })).toMatchObject({ body: { summary: 'ETHUSDT may take entries', after: null } });
    expect(await toggles(world)).toEqual({});
  });

  it('that the engine has disabled for its loss stays so, and the answer says it', async () => {
    const { world, ask } = setUp();
    const until = START + 3_600_000;
    await world.store.commit((writer) => writer.set(RISK_STATE, RISK_STATE_ID, { ...EMPTY_RISK_STATE, disabledUntilAtBySymbol: { BTCUSDT: until } }));
    const answer = await ask({ verb: 'enable-symbol', requestId: 'request-1', symbol: 'BTCUSDT', reason: 'try' });
    expect(answer).toMatchObject({ status: 200, body: { summary: expect.stringContaining(`until ${new Date(until).toISOString()}`) } });
    const { risk } = await world.store.get({ risk: { collection: RISK_STATE, id: RISK_STATE_ID } });
    expect(risk?.disabledUntilAtBySymbol).toEqual({ BTCUSDT: until });
  });

  it('outside the universe is refused, naming those that are in it', async () => {
    const { ask } = setUp();
    const answer = await ask({ ...disable, symbol: 'DOGEUSDT' });
    expect(codeOf(answer)).toEqual([404, 'not_found']);
    expect(answer.body).toMatchObject({ error: { next: 'use one of BTCUSDT, ETHUSDT, SOLUSDT' } });
  });
});

describe('an incident', () => {
  const acknowledge = { verb: 'acknowledge', requestId: 'request-1', reason: 'looking into it', incidentId: 'ledgerMismatch-a' };

  it('is acknowledged, which status shows until it comes again', async () => {
    const { world, ask } = setUp();
    world.schedule('sync');
    await world.time.runUntil(START + 1000);
    await world.store.commit((writer) => writer.set(INCIDENTS, 'ledgerMismatch-a', anIncident({ openedAt: START })));
    expect(await ask(acknowledge)).toMatchObject({ status: 200 });
    expect((await world.store.get({ seen: { collection: ACKNOWLEDGEMENTS, id: 'ledgerMismatch-a' } })).seen).toMatchObject({ actor: 'operator@example.com', note: 'looking into it' });
    expect((await ask({ verb: 'status' })).body).toMatchObject({ incidents: [{ id: 'ledgerMismatch-a', acknowledgement: { actor: 'operator@example.com' } }] });
    await world.store.commit((writer) => writer.set(INCIDENTS, 'ledgerMismatch-a', anIncident({ openedAt: START + 1 })));
    expect((await ask({ verb: 'status' })).body).toMatchObject({ incidents: [{ id: 'ledgerMismatch-a', acknowledgement: null }] });
  });

  it('is acknowledged together with the alert about it, which would go on calling', async () => {
    const { world, ask } = setUp();
    world.schedule('sync');
    await world.time.runUntil(START + 1000);
    await world.store.commit((writer) => {
      writer.set(INCIDENTS, 'overClose-a', anIncident({ kind: 'overClose', openedAt: START }));
      writer.set(OPEN_INCIDENTS, OPEN_INCIDENTS_ID, openIncidentsOf(['overClose-a']));
    });
    await world.time.runUntil(START + 61_000);
    expect(await ask({ ...acknowledge, incidentId: 'overClose-a' })).toMatchObject({ status: 200 });
    const seen = { acknowledgement: { actor: 'operator@example.com', note: 'looking into it' } };
    expect((await ask({ verb: 'alerts' }, 'viewer')).body).toMatchObject({ incidents: [{ id: 'overClose-a', ...seen }], open: [{ kind: 'overClose', subject: 'overClose-a', ...seen }], closed: null });
    await world.time.runUntil(START + 121_000);
    expect((await ask({ verb: 'alerts', closed: true }, 'viewer')).body).toMatchObject({ incidents: [], open: [], closed: [{ kind: 'overClose', ...seen }] });
  });

  it('that does not exist is not', async () => {
    const { world, ask } = setUp();
    expect(codeOf(await ask(acknowledge))).toEqual([404, 'not_found']);
    expect(await audited(world)).toEqual([]);
  });
});

describe('looking', () => {
  it('is answered for viewers, verb by verb', async () => {
    const { world, ask } = setUp();
    world.schedule('sync', 'screen');
    await world.time.runUntil(START + 90_000);
    expect((await ask({ verb: 'status' }, 'viewer')).body).toMatchObject({ tradingState: 'ACTIVE', nav: { navUsd: expect.any(String) }, disabledSymbols: {} });
    expect((await ask({ verb: 'why', symbol: 'BTCUSDT' }, 'viewer')).body).toMatchObject({ symbol: 'BTCUSDT', decisions: [{ decision: { outcome: 'intent' } }, { decision: { outcome: 'noSignal' } }] });
    expect((await ask({ verb: 'positions' }, 'viewer')).body).toMatchObject({ atVenue: { health: 'ok' } });
    expect((await ask({ verb: 'orders' }, 'viewer')).body).toMatchObject({ intents: expect.any(Array), orders: expect.any(Array) });
    expect(codeOf(await ask({ verb: 'why', symbol: 'DOGEUSDT' }, 'viewer'))).toEqual([404, 'not_found']);
  });

  it('at the venue asks each part once a minute at most, and says which parts paper keeps itself', async () => {
    const { world, desk } = setUp();
    const deps = world.deps();
    let asked = 0;
    const openReach = () => {
      asked += 1;
      return Promise.resolve({ venue: { ...deps.venue, marks: () => Promise.resolve({ kind: 'unavailable', cause: 'venue answered HTTP 451' } as const) }, venueName: 'binance-usdm', askedFrom: 'here', accountIsOurs: true });
    };
    const probe = () => desk.controlAsked(world.deps(), postOf(JSON.stringify({ verb: 'probe' }), { authorization: 'Bearer viewer' }), { openReach });
    const first = await probe();
    expect(first).toMatchObject({ status: 200, body: { summary: '4 of 5 parts of binance-usdm answer; marks geoBlocked', askedFrom: 'here', symbol: 'BTCUSDT' } });
    const reached = z.object({ parts: z.array(z.object({ part: z.string(), reach: z.string() })) }).parse(first.body).parts.map(({ part, reach }) => `${part} ${reach}`);
    expect(reached.slice(0, 6)).toEqual(['instruments answered', 'quotes answered', 'marks geoBlocked', 'books answered', 'candles answered', 'brackets simulated']);
    expect((await probe()).body).toEqual(first.body);
    expect(asked).toBe(1);
    await world.time.runUntil(START + 60_000);
    await probe();
    expect(asked).toBe(2);
  });

  it('before there is anything says so', async () => {
    const { ask } = setUp();
    expect(codeOf(await ask({ verb: 'status' }))).toEqual([404, 'not_found']);
    expect(codeOf(await ask({ verb: 'alerts' }))).toEqual([404, 'not_found']);
  });

  it('too often is refused for a while, without a write, and keeps nobody from halting', async () => {
    const { world, ask } = setUp({ config: testConfig(set('runtime.json', ['control'], { readsPerMinute: 3, actsPerMinute: 1 })) });
    for (let times = 0; times < 3; times += 1) await ask({ verb: 'orders' });
    const answer = await ask({ verb: 'orders' });
    expect(codeOf(answer)).toEqual([429, 'rate_limited']);
    expect(answer.headers['Retry-After']).toBe('20');
    expect(await ask(HALT)).toMatchObject({ status: 200 });
    expect(codeOf(await ask({ ...HALT, requestId: 'request-2' }))).toEqual([429, 'rate_limited']);
    expect(await ask({ verb: 'orders' }, 'viewer.another')).toMatchObject({ status: 200 });
    await world.time.runUntil(world.time.now() + 20_000);
    expect(await ask({ verb: 'orders' })).toMatchObject({ status: 200 });
  });
});

describe('where records are closed', () => {
  it('a change is refused, rather than promised and withheld', async () => {
    const { world, desk } = setUp();
    const answer = await desk.controlAsked(world.deps(), postOf(JSON.stringify(HALT), { authorization: 'Bearer operator' }), { recordGate: { kind: 'closed', reason: 'neither is set' } });
    expect(codeOf(answer)).toEqual([409, 'records_closed']);
    expect(await trading(world)).toBeNull();
  });
});

const preflight = (origin: string): HttpCall => ({ ...postOf('', { origin, 'access-control-request-method': 'POST' }), method: 'OPTIONS' });

describe('a page of another site', () => {
  const config = testConfig(set('runtime.json', ['http'], { maxBodyBytes: 16_384, allowedOrigins: ['https://desk.example.com'] }));

  it('may ask when its origin is on the list', async () => {
    const { world, desk } = setUp({ config });
    const headers = { 'Access-Control-Allow-Origin': 'https://desk.example.com', Vary: 'Origin' };
    expect(await desk.controlAsked(world.deps(), preflight('https://desk.example.com'))).toMatchObject({ status: 204, headers, body: null });
    const call = postOf(JSON.stringify({ verb: 'orders' }), { authorization: 'Bearer viewer', origin: 'https://desk.example.com' });
    expect(await desk.controlAsked(world.deps(), call)).toMatchObject({ status: 200, headers });
  });

  it.each(['https://evil.example.com', 'https://desk.example.com.evil.test', 'null', '*'])('from %s may not', async (origin) => {
    const { world, desk } = setUp({ config });
    const refused = await desk.controlAsked(world.deps(), preflight(origin));
    const asked = await desk.controlAsked(world.deps(), postOf('{}', { authorization: 'Bearer viewer', origin }));
    expect(codeOf(refused)).toEqual([403, 'origin_not_allowed']);
    expect([refused, asked].map(({ headers }) => headers['Access-Control-Allow-Origin'])).toEqual([undefined, undefined]);
  });
});
