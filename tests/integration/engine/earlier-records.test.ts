/** What an earlier version has left in Firestore is read as it is, by whoever reads it, and written anew in the present form. */
import { Firestore, Timestamp } from '@google-cloud/firestore';
import { afterAll, expect, it } from 'vitest';
import { createFirestoreStore } from '../../../functions/src/adapters/store-firestore/firestore-store.ts';
import { meterCosts } from '../../../functions/src/app/learn/meter-costs.ts';
import { status } from '../../../functions/src/cli/status.ts';
import { AUDIT } from '../../../functions/src/schema/records/audit-entry.ts';
import type { AuditEntry } from '../../../functions/src/schema/records/audit-entry.ts';
import { COST_STATE, COST_STATE_ID } from '../../../functions/src/schema/records/cost-state.ts';
import { RATE_BUDGETS } from '../../../functions/src/schema/records/rate-budget.ts';
import { SCREEN_STATE, SCREEN_STATE_ID } from '../../../functions/src/schema/records/screen-state.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { tickHealth } from '../../../dashboard/src/view/tick-view.ts';
import { PLACE, anInspection } from '../../unit/cli/inspection.ts';
import { aTick } from '../../unit/cli/records.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';
import { World } from '../../support/engine/world.ts';

const server = await startFirestoreServer({ port: 0 });
const firestore = new Firestore({ projectId: 'demo-earlier', host: server.host, ssl: false });
const stamp = { engineVersion: '0.0.0', configHash: 'none', flags: 'none', runId: () => 'test', now: () => NOW };
const store = createFirestoreStore({ namespace: 'paper', stamp, firestore });
const raw = (path: string) => firestore.doc(`hedge/paper/${path}`);

afterAll(async () => {
  await firestore.terminate();
  await server.close();
});

it('a tick from before ticks told their cost is read, shown and counted', async () => {
  const tick = aTick({ startedAt: NOW - 600_000, finishedAt: NOW - 600_000 + 130 });
  await store.commit((writer) => writer.create(TICKS, tick.tickId, tick));
  const { cost: _since, ...earlier } = (await raw(`ticks/${tick.tickId}`).get()).data() ?? {};
  await raw(`ticks/${tick.tickId}`).set(earlier);

  expect((await store.get({ tick: { collection: TICKS, id: tick.tickId } })).tick).toEqual(tick);
  expect((await status({ ...anInspection().inspection, store }, PLACE)).lines.join('\n')).toContain(tick.summary);
  expect(tickHealth([{ id: tick.tickId, fields: earlier }])).toMatchObject({ ok: 1 });

  const world = new World();
  await world.invoke((deps) => meterCosts({ ...deps, store }, NOW));
  const { state } = await store.get({ state: { collection: COST_STATE, id: COST_STATE_ID } });
  expect(state?.usage).toMatchObject({ ticks: 1, busyMs: 200, documentsRead: 0 });
});

const AUDITED: AuditEntry = { requestId: 'r-1', verb: 'halt', uid: 'u', actor: 'Ann', reason: 'test', request: '{}', summary: 'halted', before: null, after: null, at: NOW, cost: null };
const SCREENED = { decidedCandleAt: { 'zscore-5m-BTCUSDT': NOW }, refusals: [{ at: NOW, refused: 2, code: 'tier_cap' }] };
const BUDGET = { summary: '', lines: { weight: { used: 1, limit: 2, until: NOW } }, bannedUntil: NOW };

it.each([
  ['control/trading/audit/r-1', AUDIT, 'r-1', AUDITED, ['at']],
  ['state/screen', SCREEN_STATE, SCREEN_STATE_ID, SCREENED, ['refusals', 0, 'at']],
  ['rate_budget/binance-usdm', RATE_BUDGETS, 'binance-usdm', BUDGET, ['lines', 'weight', 'until']],
] as const)('times of %s, once stored as numbers, are read, and written as Timestamps', async (path, collection, id, record, time) => {
  await raw(path).set(record);
  expect((await store.get({ it: { collection, id } })).it).toEqual(record);
  await store.commit((writer) => writer.set<unknown>(collection, id, record));
  const stored: unknown = (await raw(path).get()).data();
  expect(time.reduce<unknown>((value, key) => Reflect.get(Object(value), key), stored)).toEqual(Timestamp.fromMillis(NOW));
  expect((await store.get({ it: { collection, id } })).it).toEqual(record);
});
