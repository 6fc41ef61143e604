/** What is deployed with nothing configured: paper trading, without a key and without a simulated exchange. */
import { deleteApp, getApps } from 'firebase-admin/app';
import { afterAll, expect, test } from 'vitest';
import { installHost } from '../../../functions/src/compose/host.ts';
import { startRun } from '../../../functions/src/compose/start-run.ts';
import { PAPER_ACCOUNT, PAPER_ACCOUNT_ID } from '../../../functions/src/schema/records/paper-account.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { found } from '../../contract/venue/order-requests.ts';
import { edited, set } from '../../unit/config/config-files.ts';

const server = await startFirestoreServer({ port: 0, dataFile: ':memory:' });
// The client of Google looks into the process's own environment.
process.env['FIRESTORE_EMULATOR_HOST'] = server.host;

afterAll(async () => {
  await Promise.all(getApps().map((app) => deleteApp(app)));
  await server.close();
});

function credentials(): never {
  throw new Error('credentials were asked for');
}

test('each run finds the same paper account, opened as config says, and no credentials are asked for', async () => {
  const files = edited(set('runtime.json', ['paper'], { startBalanceUsd: 2500 }), set('runtime.json', ['venueSettings', 'positionMode'], 'oneWay'));
  installHost({ configText: (name) => files[name] ?? null, logSink: () => undefined, variables: { GCLOUD_PROJECT: 'demo-paper', VENUE_BASE_URL: '', TRADING_ENV: '' } });
  const first = await startRun('sync', credentials);
  const [balance, ...others] = found(await first.venue.account()).balances;
  expect([balance?.walletBalance.toFixed(), balance?.asset, others]).toEqual(['2500', 'USDT', []]);
  expect(found(await first.venue.account()).positionMode).toBe('oneWay');

  const second = await startRun('sync', credentials);
  expect(found(await second.venue.incomeSince(0))).toEqual(found(await first.venue.incomeSince(0)));
  const { record } = await second.store.get({ record: { collection: PAPER_ACCOUNT, id: PAPER_ACCOUNT_ID } });
  expect(record?.summary).toBe('2500 USDT, 0 open orders, 0 stops');
});
