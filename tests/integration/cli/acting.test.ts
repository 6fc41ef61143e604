/** Commands that change something, on a local run, an emulator, and against `control` over HTTP. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Firestore } from '@google-cloud/firestore';
import { AUDIT } from '../../../functions/src/schema/records/audit-entry.ts';
import { INCIDENTS } from '../../../functions/src/schema/records/incident.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../../functions/src/schema/records/positions-state.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../../functions/src/schema/records/symbol-toggles.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { Desk } from '../../support/engine/desk.ts';
import { World } from '../../support/engine/world.ts';
import { PROJECT } from '../../support/local-stack.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { anIncident } from '../../unit/cli/records.ts';
import { NOW, aNav, aPositionsState } from '../../unit/domain/risk/scenario.ts';
import { launched } from './launched.ts';
import { storeRun, testStore } from './stored-run.ts';

let cleanUp = new AsyncDisposableStack();
beforeEach(() => {
  cleanUp = new AsyncDisposableStack();
});
afterEach(() => cleanUp.disposeAsync());

/** What a folder's Firestore holds, as the next run would find it. */
async function recordsIn(folder: string) {
  await using open = new AsyncDisposableStack();
  const server = await startFirestoreServer({ port: 0, dataFile: `${folder}/firestore.sqlite` });
  open.defer(() => server.close());
  const firestore = new Firestore({ projectId: PROJECT, host: server.host, ssl: false });
  open.defer(() => firestore.terminate());
  const store = testStore(firestore);
  const { control, toggles } = await store.get({ control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID }, toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID } });
  const audit = await store.query({ collection: AUDIT, where: [], limit: 10 });
  return { control, toggles, audit: audit.map(({ data }) => data) };
}

async function aRun(): Promise<string> {
  const folder = await temporaryFolder(cleanUp);
  await storeRun(folder, NOW, ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'], (writer) => {
    writer.set(NAV_STATE, NAV_STATE_ID, aNav());
    writer.set(POSITIONS_STATE, POSITIONS_STATE_ID, aPositionsState());
    writer.set(INCIDENTS, 'ledgerMismatch-a', anIncident());
  });
  return folder;
}

describe('on the state of a local run', () => {
  it('halt is on record for the next run, shows before and after, and is done once however often it is sent', async () => {
    const folder = await aRun();
    const args = ['halt', '--reason', 'it looks wrong', '--data', folder, '--request-id', 'request-1'];
    const first = await launched(args);
    expect(first.problems).toBe('');
    expect(first.out.split('\n')).toEqual([
      `the local run in ${folder}: trading was ACTIVE and is HALTED: nothing is sent, exits included; stops at the venue stay`,
      '',
      'before: nothing',
      '',
      'after',
      '  state      HALTED',
      '  actor      operator of this machine',
      '  reason     it looks wrong',
      '  changedAt  2026-01-15T12:00:00Z',
      '  expiresAt  -',
      '',
      'request request-1, 2026-01-15T12:00:00Z',
      '',
    ]);
    expect((await launched(args)).out).toContain('This request had been done already, at 2026-01-15T12:00:00Z; nothing was done twice.');
    const { control, audit } = await recordsIn(folder);
    expect(control).toMatchObject({ state: 'HALTED', reason: 'it looks wrong', changedAt: NOW });
    expect(audit).toMatchObject([{ requestId: 'request-1', verb: 'halt', actor: 'operator of this machine', reason: 'it looks wrong' }]);
  });

  it('every other verb goes the same way, each under an id of its own', async () => {
    const folder = await aRun();
    for (const args of [['reduce', '--minutes', '30'], ['resume'], ['disable', 'ethusdt', '--hours', '2'], ['disable', 'BTCUSDT'], ['enable', 'ETHUSDT'], ['ack-alert', 'ledgerMismatch-a']]) {
      expect(await launched([...args, '--reason', 'why not', '--data', folder])).toMatchObject({ code: 0, problems: '' });
    }
    const { control, toggles, audit } = await recordsIn(folder);
    expect(control).toMatchObject({ state: 'ACTIVE' });
    expect(Object.keys(toggles?.disabled ?? {})).toEqual(['BTCUSDT']);
    expect(new Set(audit.map(({ requestId }) => requestId)).size).toBe(6);
    expect(audit.map(({ verb }) => verb).toSorted()).toEqual(['acknowledge', 'disable-symbol', 'disable-symbol', 'enable-symbol', 'reduce', 'resume']);
  }, 60_000);

  it.each([
    ['a symbol outside the universe', ['disable', 'DOGEUSDT', '--reason', 'why not'], 'DOGEUSDT is not a symbol of universe.json; use one of BTCUSDT, ETHUSDT, SOLUSDT'],
    ['an incident that is not there', ['ack-alert', 'none', '--reason', 'why not'], 'there is no incident or alert none; alerts lists them with their ids'],
    ['a reason that says nothing', ['halt', '--reason', ' x '], '--reason is refused: why, in a few words, of at least 3 characters'],
    ['flatten, as the exchange has gone with the run', ['flatten', '--all', '--reason', 'why not'], expect.stringContaining('has ended and its exchange with it')],
  ])('refuses %s and changes nothing', async (_title, args, message) => {
    const folder = await aRun();
    const { code, out, problems } = await launched([...args, '--data', folder]);
    expect([code, out]).toEqual([2, '']);
    expect(problems.replace(/^portcullis: /, '').trimEnd()).toEqual(message);
    expect(await recordsIn(folder)).toEqual({ control: null, toggles: null, audit: [] });
  });

  it('positions and orders are shown, and nothing where there is nothing', async () => {
    const folder = await aRun();
    const positions = await launched(['positions', '--data', folder]);
    expect(positions).toMatchObject({ code: 0, problems: '' });
    expect(positions.out).toContain('in our ledger: nothing');
    expect((await launched(['orders', '--data', folder])).out).toContain('open orders: none');
  });
});

describe('on an emulator', () => {
  it('requests are worked off by the command itself', async () => {
    const server = await startFirestoreServer({ port: 0 });
    cleanUp.defer(() => server.close());
    const done = await launched(['halt', '--reason', 'it looks wrong', '--emulator', '--json'], { FIRESTORE_EMULATOR_HOST: server.host });
    expect(done).toMatchObject({ code: 0, problems: '' });
    expect(JSON.parse(done.out)).toMatchObject({ place: `hedge/paper of the emulator at ${server.host}`, verb: 'halt', before: null, after: { state: 'HALTED' }, repeated: false });
  });
});

/** The real endpoint on a whole engine in memory; `lose` swallows answers after the work is done. */
async function served(lose: { times: number }) {
  const world = new World();
  const desk = new Desk();
  const server = createServer((request, response) => {
    void (async () => {
      const rawBody = await buffer(request);
      const header = (name: string): string | null => z.string().nullable().parse(request.headers[name] ?? null);
      const { status, headers, body } = await desk.controlAsked(world.deps(), { method: request.method ?? '', header, rawBody });
      lose.times -= 1;
      if (lose.times >= 0) return response.destroy();
      return response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
    })();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanUp.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = z.object({ port: z.number() }).parse(server.address());
  const run = (token: string, ...args: readonly string[]) => launched([...args, '--project', 'demo-portcullis'], { PORTCULLIS_CONTROL_URL: `http://127.0.0.1:${port}/api/control`, ...(token === '' ? {} : { PORTCULLIS_ID_TOKEN: token }) });
  const trading = async () => (await world.store.get({ control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID } })).control;
  return { run, trading };
}

describe('against control over HTTP', () => {
  it('an operator halts', async () => {
    const { run, trading } = await served({ times: 0 });
    const { code, out, problems } = await run('operator', 'halt', '--reason', 'it looks wrong', '--minutes', '5');
    expect([code, problems]).toEqual([0, '']);
    expect(out).toMatch(/^hedge\/paper of project demo-portcullis: trading was ACTIVE and is HALTED until /);
    expect(await trading()).toMatchObject({ state: 'HALTED', actor: 'operator@example.com' });
  });

  it('an answer that is lost leaves doubt, and the id that settles it', async () => {
    const { run, trading } = await served({ times: 1 });
    const lost = await run('operator', 'halt', '--reason', 'it looks wrong');
    expect(lost.code).toBe(1);
    const id = /--request-id (?<id>[0-9a-f-]{36}),/.exec(lost.problems)?.groups?.['id'] ?? '';
    expect(await trading()).toMatchObject({ state: 'HALTED' });
    const again = await run('operator', 'halt', '--reason', 'it looks wrong', '--request-id', id);
    expect(again).toMatchObject({ code: 0, problems: '' });
    expect(again.out).toContain('nothing was done twice');
  });

  it.each([
    ['a viewer', 'viewer', 2, 'halt is for operators; this account is a viewer; ask an operator, or have the claim role set to operator'],
    ['a token that has expired', 'expired', 2, 'the ID token has expired; fetch a fresh one and send the same request again'],
    ['an operator while accounts cannot be checked', 'unreachable', 1, 'accounts cannot be checked now; send the same request again in a moment'],
    ['nobody', '', 2, 'control asks who you are; set PORTCULLIS_API_KEY, PORTCULLIS_EMAIL and PORTCULLIS_PASSWORD, or PORTCULLIS_ID_TOKEN'],
  ])('%s is refused in one line, and nothing changes', async (_title, token, code, message) => {
    const { run, trading } = await served({ times: 0 });
    expect(await run(token, 'halt', '--reason', 'it looks wrong')).toEqual({ code, out: '', problems: `portcullis: ${message}\n` });
    expect(await trading()).toBeNull();
  });

  it.each([
    ['an address that is not encrypted', { PORTCULLIS_CONTROL_URL: 'http://example.com/control', PORTCULLIS_ID_TOKEN: 'operator' }, 'PORTCULLIS_CONTROL_URL: "http://example.com/control" is refused'],
    ['half a sign-in', { PORTCULLIS_EMAIL: 'ada@example.com' }, 'PORTCULLIS_PASSWORD: missing'],
  ])('%s is refused before anything is sent', async (_title, env, message) => {
    const { code, problems } = await launched(['halt', '--reason', 'it looks wrong', '--project', 'demo-portcullis'], env);
    expect(code).toBe(2);
    expect(problems).toContain(message);
    expect(problems).not.toContain('operator\n');
  });
});
