/** Ingest from the request to the records, in memory: whose signals are taken, what they lead to, and what is left behind. */
import { describe, expect, it, test } from 'vitest';
import type { EngineDeps } from '../../../../functions/src/app/engine-deps.ts';
import { INTENTS } from '../../../../functions/src/schema/records/intent.ts';
import { OUTSIDE_SIGNALS } from '../../../../functions/src/schema/records/outside-signal.ts';
import { REFUSALS } from '../../../../functions/src/schema/records/refusals.ts';
import { TICKS } from '../../../../functions/src/schema/records/tick.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../../functions/src/schema/records/trading-control.ts';
import { VETOES } from '../../../../functions/src/schema/records/veto.ts';
import type { HttpAnswer } from '../../../../functions/src/triggers/http/answer.ts';
import type { HttpCall } from '../../../../functions/src/triggers/http/call.ts';
import { set } from '../../config/config-files.ts';
import type { Edit } from '../../config/config-files.ts';
import { Desk, KEY_ID, KEY_SECRET, OUTSIDE_CONFIG, outsideEdits, postOf, signedPost } from '../../../support/engine/desk.ts';
import { testConfig } from '../../../support/engine/engine-run.ts';
import { ENTRY_AT, World } from '../../../support/engine/world.ts';
import type { WorldOptions } from '../../../support/engine/world.ts';

const STRATEGY = 'zscore-5m';

interface Body {
  readonly id?: string;
  readonly action?: string;
  readonly positionSide?: string;
  readonly at?: unknown;
  readonly [key: string]: unknown;
}

async function setUp(options: WorldOptions = {}) {
  const world = new World({ config: OUTSIDE_CONFIG, ...options });
  const desk = new Desk();
  const stopSync = world.schedule('sync');
  await world.time.runUntil(ENTRY_AT);
  const body = (changes: Body = {}): object => ({ id: 'signal-1', strategy: STRATEGY, symbol: 'BTCUSDT', action: 'enter', positionSide: 'long', at: world.time.now(), ...changes });
  const send = (changes: Body = {}, deps: EngineDeps = world.deps()): Promise<HttpAnswer> => desk.ingest(deps, body(changes));
  return { world, desk, body, send, stopSync };
}

const configWith = (...edits: readonly Edit[]) => testConfig(...outsideEdits, ...edits);
const codeOf = ({ status, body }: HttpAnswer): unknown => [status, Reflect.get(Object(Reflect.get(Object(body), 'error')), 'code')];
const told = ({ status, body }: HttpAnswer): unknown => [status, Reflect.get(Object(body), 'outcome'), Reflect.get(Object(body), 'reason')];
const intentsOf = async ({ store }: World) => (await store.query({ collection: INTENTS, where: [], limit: 50 })).map(({ data }) => data);
const signalsOf = async ({ store }: World) => (await store.query({ collection: OUTSIDE_SIGNALS, where: [], limit: 50 })).map(({ data }) => data);

/** Lets what is under way end, within the life of a signal's price. */
const settle = (world: World): Promise<void> => world.time.runUntil(world.time.now() + 60_000);

/** Something happens after the signal has been decided and before its decision is kept. */
function decidingWhile(world: World, happens: () => Promise<void>): EngineDeps {
  const deps = world.deps();
  const step: EngineDeps['step'] = async (name, effect) => {
    if (name === 'ingest.commit') await happens();
    return deps.step(name, effect);
  };
  return { ...deps, step };
}

const unsigned = (changes: Body = {}): HttpCall => postOf(JSON.stringify({ id: 'signal-1', strategy: STRATEGY, ...changes }));
const signed = (changes: Body): HttpCall => signedPost(JSON.stringify({ id: 'signal-1', strategy: STRATEGY, symbol: 'BTCUSDT', action: 'enter', positionSide: 'long', at: ENTRY_AT, ...changes }), ENTRY_AT);

describe('a signal that is not taken', () => {
  test.each<[string, HttpCall, number, string]>([
    ['without a signature', unsigned(), 401, 'unauthenticated'],
    ['with the secret in the body, where that is not allowed', unsigned({ secret: KEY_SECRET }), 401, 'unauthenticated'],
    ['signed too long ago', signedPost('{}', ENTRY_AT - 301_000), 401, 'unauthenticated'],
    ['by GET', { ...signed({}), method: 'GET' }, 405, 'method_not_allowed'],
    ['as text', { ...signed({}), header: (name) => (name === 'content-type' ? 'text/plain' : signed({}).header(name)) }, 415, 'unsupported_media_type'],
    ['that is too large', signedPost(JSON.stringify({ id: 'x'.repeat(20_000) }), ENTRY_AT), 413, 'body_too_large'],
    ['that is no JSON', signedPost('signal', ENTRY_AT), 400, 'invalid_body'],
    ['that is nothing', signedPost('', ENTRY_AT), 400, 'invalid_body'],
    ['with a key too much', signed({ leverage: 50 }), 400, 'invalid_body'],
    ['with an id that is a path', signed({ id: '../control/trading' }), 400, 'invalid_body'],
    ['without a time zone', signed({ at: '2026-01-15T12:20:00' }), 400, 'invalid_body'],
    ['with a time that is no time', signed({ at: 'now' }), 400, 'invalid_body'],
    ['with no strength', signed({ strength: 0 }), 400, 'invalid_body'],
    ['stronger than the strategy allows', signed({ strength: 1.5 }), 400, 'invalid_body'],
    ['for an unknown strategy', signed({ strategy: 'zscore-1h' }), 403, 'forbidden'],
    ['for a symbol that the strategy does not trade', signed({ symbol: 'ETHUSDT' }), 404, 'not_found'],
    ['older than the window', signed({ at: ENTRY_AT - 300_001 }), 400, 'signal_out_of_time'],
    ['from the future', signed({ at: ENTRY_AT + 2001 }), 400, 'signal_out_of_time'],
  ])('%s is refused, counted, and leaves nothing else', async (_title, call, status, code) => {
    const { world, desk } = await setUp();
    expect(codeOf(await desk.ingestAsked(world.deps(), call))).toEqual([status, code]);
    expect([await intentsOf(world), await signalsOf(world)]).toEqual([[], []]);
    const counted = await world.store.query({ collection: REFUSALS, where: [], limit: 5 });
    expect(counted.map(({ data }) => data)).toMatchObject([{ endpoint: 'ingest', total: 1, byCode: { [code]: 1 } }]);
  });

  it('of a key that the strategy does not name is refused', async () => {
    const { world, desk, body } = await setUp();
    const call = signedPost(JSON.stringify(body()), world.time.now(), 'model-b', 'b'.repeat(32));
    expect(codeOf(await desk.ingestAsked(world.deps(), call, { [KEY_ID]: KEY_SECRET, 'model-b': 'b'.repeat(32) }))).toEqual([403, 'forbidden']);
  });

  it('where there are no keys, where records are closed, or for a strategy that is off, is refused', async () => {
    const { world, desk, body } = await setUp();
    const call = signedPost(JSON.stringify(body()), world.time.now());
    expect(codeOf(await desk.ingestAsked(world.deps(), call, {}))).toEqual([503, 'not_configured']);
    expect(codeOf(await desk.ingestAsked(world.deps(), call, undefined, { recordGate: { kind: 'closed', reason: 'neither is set' } }))).toEqual([409, 'records_closed']);
    const off = await setUp({ config: configWith(set('strategies.json', ['strategies', 0, 'enabled'], false)) });
    expect(codeOf(await off.send())).toEqual([404, 'not_found']);
  });

  it('beyond the budget of its key is refused for a while', async () => {
    const { world, send } = await setUp({ config: configWith(set('runtime.json', ['ingest'], { signalsPerMinute: 2, replayWindowSeconds: 300, bodySecretKeys: [] })) });
    const answers = [await send({ action: 'exit' }), await send({ action: 'exit' }), await send({ action: 'exit' })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    await world.time.runUntil(world.time.now() + 30_000);
    expect(await send({ action: 'exit', at: ENTRY_AT })).toMatchObject({ status: 200 });
  });
});

describe('an entry', () => {
  it('becomes an intent with its decision, sized and judged like our own', async () => {
    const { world, send } = await setUp();
    const answer = await send();
    const [intent] = await intentsOf(world);
    expect(answer).toMatchObject({ status: 200, body: { id: 'signal-1', strategy: STRATEGY, outcome: 'intent', intentId: intent?.intentId, repeated: false } });
    expect(intent).toMatchObject({ symbol: 'BTCUSDT', side: 'buy', purpose: 'open', signal: { strategy: STRATEGY, indicator: 'outside', value: 1, candleCloseAt: ENTRY_AT }, sizing: { outcome: 'pass' } });
    expect(await signalsOf(world)).toMatchObject([{ id: 'signal-1', keyId: KEY_ID, outcome: 'intent', intentId: intent?.intentId, signalAt: ENTRY_AT }]);
    const ticks = (await world.store.query({ collection: TICKS, where: [], limit: 50 })).map(({ data }) => data);
    expect(ticks.filter(({ job }) => job === 'ingest')).toMatchObject([{ decisions: [{ strategy: STRATEGY, outcome: 'intent', sizing: { outcome: 'pass' } }] }]);
    await settle(world);
    expect((await intentsOf(world)).map(({ status, executedQty }) => [status, executedQty])).toEqual([['settled', '0.008']]);
  });

  it('with half the strength is half as large', async () => {
    const [whole, half] = await Promise.all([1, 0.5].map(async (strength) => {
      const { world, send } = await setUp({ config: configWith(set('strategies.json', ['strategies', 0, 'sizing', 'volTargetBps'], 10)) });
      await send({ strength });
      return Number((await intentsOf(world))[0]?.sizing?.suggestedUsd);
    }));
    // To the cent that sizes are rounded down to.
    expect(Math.abs((half ?? 0) - (whole ?? 0) / 2)).toBeLessThanOrEqual(0.01);
    expect(whole).toBeGreaterThan(100);
  });

  it('may give its time as text', async () => {
    const { send } = await setUp();
    expect(await send({ at: new Date(ENTRY_AT - 1000).toISOString().replace('.000Z', '+00:00') })).toMatchObject({ status: 200, body: { outcome: 'intent' } });
  });

  it('is vetoed while trading is halted, with the reasons, and counted as a refusal of the gate', async () => {
    const { world, send } = await setUp();
    const control = { state: 'HALTED', actor: 'test', reason: 'test', changedAt: ENTRY_AT, expiresAt: null } as const;
    await world.store.commit((writer) => writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, control));
    expect(await send()).toMatchObject({ status: 200, body: { outcome: 'vetoed', reason: 'trading_halted', intentId: null, vetoes: [{ code: 'trading_halted' }] } });
    expect(await intentsOf(world)).toEqual([]);
    expect((await world.store.query({ collection: VETOES, where: [], limit: 5 })).map(({ data }) => data)).toMatchObject([{ symbol: 'BTCUSDT', strategy: STRATEGY, count: 1 }]);
  });

  it('that is old, though not too old to be heard, is the gate’s to refuse', async () => {
    const { send } = await setUp();
    expect(told(await send({ at: ENTRY_AT - 200_000 }))).toEqual([200, 'vetoed', 'stale_signal']);
  });

  it('is not taken on a side that the strategy may not trade', async () => {
    const { send } = await setUp({ config: configWith(set('strategies.json', ['strategies', 0, 'allowShort'], false)) });
    expect(told(await send({ positionSide: 'short' }))).toEqual([200, 'noSignal', 'the strategy may not enter short']);
  });

  it('does not add to a position, nor to an entry that has not ended', async () => {
    const { world, send } = await setUp();
    await send();
    expect(told(await send({ id: 'signal-2' }))).toEqual([200, 'abstained', 'entry_under_way']);
    await settle(world);
    expect(told(await send({ id: 'signal-3' }))).toEqual([200, 'noSignal', 'the strategy is long already']);
    expect(await intentsOf(world)).toHaveLength(1);
  });

  it('that arrives together with another one is the only one', async () => {
    const { world, send } = await setUp();
    const answers = await Promise.all(['a', 'b', 'c'].map((id) => send({ id })));
    expect(answers.map((answer) => told(answer)).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([[200, 'abstained', 'entry_under_way'], [200, 'abstained', 'entry_under_way'], [200, 'intent', null]]);
    expect(await intentsOf(world)).toHaveLength(1);
  });

  it('waits for a market that can be read: it is refused for now and taken when it comes again', async () => {
    let silent = true;
    const { world, send } = await setUp({ venueFault: (call) => (silent && call === 'quotes' ? 'lost' : 'none') });
    const refused = await send();
    expect(codeOf(refused)).toEqual([503, 'try_again']);
    expect(refused.headers['Retry-After']).toBe('5');
    expect(await signalsOf(world)).toEqual([]);
    silent = false;
    expect(told(await send())).toEqual([200, 'intent', null]);
  });

  it('without candles is refused for now', async () => {
    const { send } = await setUp({ venueFault: (call) => (call === 'candles' ? 'lost' : 'none') });
    expect(codeOf(await send())).toEqual([503, 'try_again']);
  });
});

describe('the id of a signal', () => {
  it('acts once: sent again, by a replay too, it gets the same answer', async () => {
    const { world, desk, body, send } = await setUp();
    const call = signedPost(JSON.stringify(body()), world.time.now());
    const first = await desk.ingestAsked(world.deps(), call);
    await settle(world);
    expect(await desk.ingestAsked(world.deps(), call)).toEqual({ ...first, body: { ...Object(first.body), repeated: true } });
    expect(await send({ at: ENTRY_AT })).toMatchObject({ status: 200, body: { repeated: true } });
    expect(await intentsOf(world)).toHaveLength(1);
  });

  it('acts once when it is sent several times at once', async () => {
    const { world, send } = await setUp();
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ body }) => Reflect.get(Object(body), 'repeated')).toSorted((a, b) => Number(a) - Number(b))).toEqual([false, true, true]);
    expect(new Set(answers.map(({ body }) => Reflect.get(Object(body), 'intentId'))).size).toBe(1);
    expect(await intentsOf(world)).toHaveLength(1);
  });

  it.each([{ positionSide: 'short' }, { action: 'exit' }, { strength: 0.5 }, { at: ENTRY_AT - 1 }])('cannot be used for another signal: %j', async (changes) => {
    const { world, send } = await setUp();
    await send();
    expect(codeOf(await send(changes))).toEqual([409, 'request_id_reused']);
    expect(await intentsOf(world)).toHaveLength(1);
  });
});

describe('an exit', () => {
  it('closes what the strategy holds', async () => {
    const { world, send } = await setUp();
    await send();
    await settle(world);
    expect(told(await send({ id: 'out', action: 'exit' }))).toEqual([200, 'intent', null]);
    await settle(world);
    expect((await intentsOf(world)).map(({ purpose, status, executedQty }) => `${purpose} ${status} ${executedQty}`).toSorted()).toEqual(['close settled 0.008', 'open settled 0.008']);
  });

  it('needs no candles', async () => {
    let silent = false;
    const { world, send } = await setUp({ venueFault: (call) => (silent && call === 'candles' ? 'lost' : 'none') });
    await send();
    await settle(world);
    silent = true;
    expect(told(await send({ id: 'out', action: 'exit' }))).toEqual([200, 'intent', null]);
  });

  it('of what the strategy does not hold does nothing', async () => {
    const { world, send } = await setUp();
    expect(told(await send({ action: 'exit' }))).toEqual([200, 'noSignal', 'the strategy holds no long']);
    await send({ id: 'in' });
    await settle(world);
    expect(told(await send({ id: 'out', action: 'exit', positionSide: 'short' }))).toEqual([200, 'noSignal', 'the strategy holds no short']);
  });

  it('while its entry is under way stops the entry, and closes what it has when it comes again', async () => {
    const { world, send } = await setUp();
    await send();
    await world.time.runUntil(ENTRY_AT + 5000);
    const exit = { id: 'out', action: 'exit', at: ENTRY_AT + 5000 };
    expect(codeOf(await send(exit))).toEqual([503, 'try_again']);
    await settle(world);
    expect(told(await send(exit))).toEqual([200, 'intent', null]);
    await settle(world);
    const ends = (await intentsOf(world)).map(({ purpose, executedQty }) => `${purpose} ${executedQty}`).toSorted();
    expect(ends).toEqual(['close 0.004', 'open 0.004']);
  });

  it.each([
    ['before it had filled', 1000],
    ['when half of it had filled', 5000],
  ])('decided %s is not taken once the entry has settled, and closes all of it when it comes again', async (_title, afterMs) => {
    const { world, send } = await setUp();
    await send();
    await world.time.runUntil(ENTRY_AT + afterMs);
    const exit = { id: 'out', action: 'exit', at: ENTRY_AT + afterMs };
    const refused = await send(exit, decidingWhile(world, () => settle(world)));
    expect([codeOf(refused), refused.headers['Retry-After']]).toEqual([[503, 'try_again'], '1']);
    expect((await signalsOf(world)).map(({ id }) => id)).toEqual(['signal-1']);
    expect(told(await send(exit))).toEqual([200, 'intent', null]);
    await settle(world);
    const ends = (await intentsOf(world)).map(({ purpose, executedQty }) => `${purpose} ${executedQty}`).toSorted();
    expect(ends).toEqual(['close 0.008', 'open 0.008']);
  });

  it('of a position that was closed while it was being decided finds that out when it comes again', async () => {
    const { world, send } = await setUp();
    await send();
    await settle(world);
    const closed = async (): Promise<void> => {
      await send({ id: 'first', action: 'exit' });
      await settle(world);
    };
    const exit = { id: 'second', action: 'exit', at: world.time.now() + 1 };
    expect(codeOf(await send(exit, decidingWhile(world, closed)))).toEqual([503, 'try_again']);
    expect(told(await send(exit))).toEqual([200, 'noSignal', 'the strategy holds no long']);
  });
});

describe('signals out of order', () => {
  it('the older one does nothing', async () => {
    const { world, send } = await setUp();
    await send({ id: 'newer', at: ENTRY_AT });
    await settle(world);
    expect(told(await send({ id: 'older', action: 'exit', at: ENTRY_AT - 1 }))).toEqual([200, 'noSignal', 'a newer signal was taken before']);
    expect(await intentsOf(world)).toHaveLength(1);
  });
});

describe('a secret in the body', () => {
  const config = configWith(set('runtime.json', ['ingest'], { signalsPerMinute: 60, replayWindowSeconds: 300, bodySecretKeys: [KEY_ID] }));

  it('opens where config allows it, and is not kept', async () => {
    const { world, desk, body } = await setUp({ config });
    const answer = await desk.ingestAsked(world.deps(), postOf(JSON.stringify({ ...body(), secret: KEY_SECRET })));
    expect(told(answer)).toEqual([200, 'intent', null]);
    expect(JSON.stringify([...world.store.dump()])).not.toContain(KEY_SECRET);
    expect(world.logLines.join('\n')).not.toContain(KEY_SECRET);
  });

  it('that is wrong does not, and its key signs nothing any more', async () => {
    const { world, desk, body, send } = await setUp({ config });
    expect(codeOf(await desk.ingestAsked(world.deps(), postOf(JSON.stringify({ ...body(), secret: `${KEY_SECRET}b` }))))).toEqual([401, 'unauthenticated']);
    expect(codeOf(await send())).toEqual([401, 'unauthenticated']);
  });
});

test('the candles of an external strategy only end what it holds', async () => {
  const { world, send } = await setUp({ config: configWith(set('strategies.json', ['strategies', 0, 'exit'], { maxHoldMinutes: 3, stopLossPct: 2, takeProfitPct: null })) });
  world.schedule('screen');
  await send();
  await world.time.runUntil(ENTRY_AT + 10 * 60_000);
  expect((await intentsOf(world)).map(({ purpose, status }) => `${purpose} ${status}`).toSorted()).toEqual(['close settled', 'open settled']);
});
