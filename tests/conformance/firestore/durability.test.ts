/** The data file of the embedded server. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { FieldValue, Firestore, GeoPoint, Timestamp } from '@google-cloud/firestore';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { startEmbedded } from './host.ts';

const directory = mkdtempSync(join(tmpdir(), 'firestore-'));
afterAll(() => rmSync(directory, { recursive: true }));

const projectId = 'demo-durable';

function start(script: string, ...args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(script, import.meta.url)), [...args]);
}

it('loses no acknowledged commit when the server is killed, and shows none by half', async () => {
  const dataFile = join(directory, 'killed.sqlite');
  const server = start('durable-server.ts', dataFile);
  const [address] = await once(server, 'message');
  process.env['FIRESTORE_EMULATOR_HOST'] = String(address);
  const writer = start('durable-writer.ts', projectId);
  const acknowledged: string[] = [];
  writer.on('message', (id: unknown) => {
    acknowledged.push(JSON.stringify(id));
    if (acknowledged.length === 400) server.kill('SIGKILL');
  });
  await once(server, 'exit');
  writer.kill('SIGKILL');
  await once(writer, 'exit');

  const restarted = await startFirestoreServer({ port: 0, dataFile });
  process.env['FIRESTORE_EMULATOR_HOST'] = restarted.host;
  const db = new Firestore({ projectId });
  const [left, right] = await Promise.all(['left', 'right'].map((id) => db.collection(id).select().get()));
  const leftIds = left?.docs.map((snapshot) => snapshot.id) ?? [];
  expect(leftIds).toEqual(right?.docs.map((snapshot) => snapshot.id));
  expect(leftIds).toEqual(expect.arrayContaining(acknowledged));
  expect(acknowledged.length).toBeGreaterThanOrEqual(400);
  await db.terminate();
  await restarted.close();
});

it('keeps values, times, updates and deletions over a restart, and goes on with later times', async () => {
  const dataFile = join(directory, 'restarted.sqlite');
  const value = {
    list: [1, 1.5, 'a', null, true, { b: Timestamp.fromMillis(7) }],
    bytes: Buffer.from([1, 2]),
    place: new GeoPoint(1, 2),
    whole: FieldValue.increment(3),
    empty: {},
    none: [],
  };
  const first = await startEmbedded({ dataFile, clock: () => 2_000_000 });
  await first.host.db.doc('kept/a/below/b').set(value);
  await first.host.db.doc('kept/gone').set({ n: 1 });
  await first.host.db.doc('kept/gone').delete();
  const before = await first.host.db.doc('kept/a/below/b').get();
  await first.host.close();

  const server = await startFirestoreServer({ port: 0, dataFile, clock: () => 1_000_000 });
  process.env['FIRESTORE_EMULATOR_HOST'] = server.host;
  const db = new Firestore({ projectId: first.host.projectId });
  const after = await db.doc('kept/a/below/b').get();
  expect(after.data()).toEqual(before.data());
  expect([after.createTime, after.updateTime]).toEqual([before.createTime, before.updateTime]);
  expect((await db.doc('kept/gone').get()).exists).toBe(false);
  const { writeTime } = await db.doc('kept/later').set({ n: 1 });
  expect(writeTime.valueOf() > (before.updateTime?.valueOf() ?? '')).toBe(true);
  await db.terminate();
  await server.close();
});

it('names the data file that it cannot open', async () => {
  const dataFile = join(directory, 'no', 'such', 'folder.sqlite');
  await expect(startFirestoreServer({ port: 0, dataFile })).rejects.toThrow(`Cannot open the Firestore data file ${dataFile}: unable to open`);
});

it('refuses a data file that another server has open', async () => {
  const dataFile = join(directory, 'shared.sqlite');
  const server = await startFirestoreServer({ port: 0, dataFile });
  await expect(startFirestoreServer({ port: 0, dataFile })).rejects.toThrow(/another server uses it/);
  await server.close();
});
