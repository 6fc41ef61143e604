import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { T0, instrument, mark, print, quote } from '../../unit/domain/matching/exchange-builder.ts';
import { codeOf, signedCall } from './raw-client.ts';
import { scriptedFeed } from './scripted-feed.ts';
import { startFixture } from './venue-fixture.ts';

const ORDER = 'symbol=BTCUSDT&side=BUY&positionSide=LONG&type=LIMIT&timeInForce=GTC&quantity=0.5&price=49999.9';

let folder = '';
let child: ChildProcess | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'venue-'));
});

afterEach(async () => {
  child?.kill('SIGKILL');
  child = null;
  await rm(folder, { recursive: true });
});

async function spawnVenue(dataFile: string): Promise<{ url: string; kill: () => Promise<void> }> {
  const script = fileURLToPath(new URL('venue-process.ts', import.meta.url));
  const spawned = spawn(process.execPath, [script, dataFile], { stdio: ['ignore', 'pipe', 'inherit'] });
  child = spawned;
  const [url]: string[] = await once(createInterface({ input: spawned.stdout }), 'line');
  if (url === undefined) throw new Error('the venue process printed no URL');
  return {
    url,
    kill: async () => {
      const exited = once(spawned, 'exit');
      spawned.kill('SIGKILL');
      await exited;
    },
  };
}

test('what a killed venue had accepted is there after a restart, and only that', async () => {
  const dataFile = join(folder, 'venue.db');
  const first = await spawnVenue(dataFile);
  expect((await signedCall(first.url, { method: 'POST', path: '/fapi/v1/order', query: `${ORDER}&newClientOrderId=kept` }, T0)).status).toBe(200);
  const refused = await signedCall(first.url, { method: 'POST', path: '/fapi/v1/order', query: `${ORDER}&newClientOrderId=kept` }, T0);
  expect(codeOf(refused)).toBe(-4116);
  await first.kill();
  const second = await spawnVenue(dataFile);
  const found = await signedCall(second.url, { path: '/fapi/v1/openOrders' }, T0);
  expect(JSON.parse(found.text)).toMatchObject([{ clientOrderId: 'kept', status: 'NEW', origQty: '0.5' }]);
});

test('a restart tells the market since the last command again and comes to the same state', async () => {
  const dataFile = join(folder, 'venue.db');
  const market = scriptedFeed({
    instruments: [instrument()],
    startTime: T0,
    events: [quote(), mark(), print({ time: T0 + 1, qty: '1.2' }), mark({ time: T0 + 5, markPrice: '50100' })],
  });
  const options = { market, dataFile, clock: () => T0 };
  const first = await startFixture(options);
  await signedCall(first.venue.url, { method: 'POST', path: '/fapi/v1/order', query: ORDER }, T0);
  first.venue.advanceTo(T0 + 3);
  await signedCall(first.venue.url, { method: 'POST', path: '/fapi/v1/leverage', query: 'symbol=BTCUSDT&leverage=15' }, T0 + 3);
  first.venue.advanceTo(T0 + 9);
  const before = first.venue.core.snapshot();
  const second = await startFixture(options);
  second.venue.advanceTo(T0 + 9);
  expect(second.venue.core.snapshot()).toEqual(before);
  expect(before.openOrders['BTCUSDT']?.[0]?.executedQty).toBe('0.2');
});
