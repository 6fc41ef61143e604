import { describe, expect, it } from 'vitest';
import { askControl } from '../../../dashboard/src/control/control-client.ts';
import { merged } from '../../../dashboard/src/reading/feed.ts';
import { LiveAccount } from '../../../dashboard/src/reading/live-account.ts';
import type { Body, Head } from '../../../dashboard/src/reading/snapshot.ts';
import { ReadError } from '../../../dashboard/src/records/firestore-reader.ts';
import { readIdToken } from '../../../dashboard/src/session/id-token.ts';
import { notices } from '../../../dashboard/src/view/notices.ts';
import { aTick } from '../cli/records.ts';
import { NOW } from '../domain/risk/scenario.ts';
import { SETTINGS, stored } from './stored.ts';

const navAt = (valueAt: number, changes: object = {}) => ({ id: 'nav', fields: { health: 'ok', navUsd: '10000', valueAt, configHash: 'cafe', ...changes } });
const BODY: Body = { positions: null, risk: null, routerHealth: null, expectancy: null, cost: null, protections: [], orders: [], incidents: [], alerts: [], vetoes: [], ticks: [stored('t', aTick({ startedAt: NOW }))] };

/** An account whose reads a test decides, and a clock it moves. */
function aLiveAccount() {
  const state = { head: { nav: navAt(NOW), control: null } as Head, readAt: NOW, failure: null as Error | null, bodies: 0, elapsed: 0 };
  const live = new LiveAccount({
    account: {
      head: () => (state.failure === null ? Promise.resolve({ readAt: state.readAt, head: state.head }) : Promise.reject(state.failure)),
      body: () => {
        state.bodies += 1;
        return Promise.resolve(BODY);
      },
    },
    elapsed: () => state.elapsed,
    changed: () => undefined,
  });
  return { state, live, titles: () => notices(live.state, SETTINGS).map(({ title }) => title) };
}

describe('a page that is looked at', () => {
  it('reads two documents while nothing changes, and everything when the head has', async () => {
    const { state, live } = aLiveAccount();
    await live.look(false);
    await live.look(false);
    expect(state.bodies).toBe(1);
    state.head = { nav: navAt(NOW + 60_000), control: null };
    await live.look(false);
    expect(state.bodies).toBe(2);
  });

  it('reads everything when told to, and once a minute in any case', async () => {
    const { state, live } = aLiveAccount();
    await live.look(false);
    await live.look(true);
    state.elapsed = 60_000;
    await live.look(false);
    expect(state.bodies).toBe(3);
  });

  it('keeps what it knows when a read fails, says how old it is, and recovers', async () => {
    const { state, live, titles } = aLiveAccount();
    await live.look(false);
    expect(titles()).toEqual([]);
    state.failure = new TypeError('network');
    state.elapsed = 7000;
    await live.look(false);
    expect(live.state).toMatchObject({ snapshot: { readAt: NOW }, now: NOW + 7000, silentMs: 7000 });
    expect(titles()).toEqual(['No connection']);
    state.failure = null;
    await live.look(false);
    expect(titles()).toEqual([]);
  });

  it('says at once that the rights are missing', async () => {
    const { state, live, titles } = aLiveAccount();
    state.failure = new ReadError('may not', true);
    await live.look(false);
    expect(titles()).toEqual(['No access']);
  });
});

const seen = async (head: Partial<Head>, readAt = NOW) => {
  const { state, live, titles } = aLiveAccount();
  state.head = { ...state.head, ...head };
  state.readAt = readAt;
  await live.look(false);
  return titles();
};

describe('notices', () => {
  it('tell a stale NAV from the very second it is older than config allows', async () => {
    expect(await seen({}, NOW + 180_000)).toEqual([]);
    expect(await seen({}, NOW + 180_001)).toEqual(['Stale: NAV is old']);
  });

  it('tell an engine that stands still', async () => {
    expect(await seen({}, NOW + 200_001)).toEqual(['Stale: the engine stands still']);
  });

  it('tell a NAV that was never read and one that cannot be read', async () => {
    expect(await seen({ nav: null })).toEqual(['NAV unknown']);
    expect(await seen({ nav: navAt(NOW, { health: 'unavailable' }) })).toEqual(['NAV unavailable']);
    expect(await seen({ nav: navAt(NOW, { health: undefined }) })).toEqual(['NAV unknown']);
  });

  it('tell a trading state other than active, and caps of another config', async () => {
    expect(await seen({ control: { id: 'trading', fields: { state: 'REDUCING', expiresAt: null } } })).toEqual(['Trading reducing: exits only']);
    expect(await seen({ nav: navAt(NOW, { configHash: 'beef' }) })).toEqual(['Caps of another config']);
  });
});

const order = (id: string, armedAt: number, status: string) => stored(id, { armedAt, status });

describe('a feed', () => {
  it('puts what changed in the place of what was known, newest first, and keeps no more than wanted', () => {
    const known = [order('b', 2, 'working'), order('a', 1, 'filled')];
    expect(merged({ orderBy: 'armedAt', keep: 2 }, known, [order('b', 2, 'filled'), order('c', 3, 'armed')])).toEqual([order('c', 3, 'armed'), order('b', 2, 'filled')]);
  });
});

const answering = (status: number, body: string): typeof fetch => () => Promise.resolve(new Response(body, { status }));

describe('a question to control', () => {
  const request = { verb: 'halt', requestId: 'r-1', reason: 'storm', minutes: 15 } as const;
  it('carries the token, the verb, its id and its reason', async () => {
    const sent: unknown[] = [];
    const send: typeof fetch = (url, init) => {
      sent.push([url, init?.method, init?.body, new Headers(init?.headers).get('authorization')]);
      return Promise.resolve(new Response('{"summary":"trading is HALTED"}'));
    };
    expect(await askControl(request, () => Promise.resolve('token'), send)).toEqual({ kind: 'done', summary: 'trading is HALTED' });
    expect(sent).toEqual([['/api/control', 'POST', JSON.stringify(request), 'Bearer token']]);
  });

  it('that is refused says why and what to do next', async () => {
    const body = JSON.stringify({ error: { code: 'forbidden', message: 'halt is for operators', next: 'ask an operator' } });
    expect(await askControl(request, () => Promise.resolve(null), answering(403, body))).toEqual({ kind: 'refused', message: 'Halt is for operators. Ask an operator.' });
  });

  it('without a clear answer is not taken for refused', async () => {
    expect((await askControl(request, () => Promise.resolve(null), answering(503, '<html>'))).kind).toBe('unclear');
    expect((await askControl(request, () => Promise.resolve(null), () => Promise.reject(new TypeError('fetch failed')))).kind).toBe('unclear');
  });
});

const token = (claims: object): string => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

describe('an ID token', () => {
  it('tells name and role', () => {
    expect(readIdToken(token({ email: 'zoë@example.com', exp: 100, role: 'operator' }))).toEqual({ who: 'zoë@example.com', role: 'operator', expiresAt: 100_000 });
  });

  it('with another role, or none, has no rights', () => {
    expect(readIdToken(token({ exp: 100, role: 'admin' }))?.role).toBe('none');
    expect(readIdToken(token({ exp: 100 }))?.role).toBe('none');
  });

  it('that is none is null', () => {
    for (const text of ['', 'a.b', 'a.!!!.c', token({})]) expect(readIdToken(text)).toBeNull();
  });
});
