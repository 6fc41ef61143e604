/** What only the embedded server has: counters, an injected clock, locks that dead clients give back, and one port for all. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { getApps, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { Timestamp } from '@google-cloud/firestore';
import { status } from '@grpc/grpc-js';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import { startEmbedded } from './host.ts';

const { host, server } = await startEmbedded({});
const { db } = host;
afterAll(() => host.close());

type Counted = ReturnType<typeof server.counters>;

/** What the work in between added to the counters. */
async function countsOf(work: () => Promise<unknown>): Promise<Pick<Counted, 'reads' | 'writes' | 'deletes'>> {
  const before = server.counters();
  await work();
  const after = server.counters();
  return { reads: after.reads - before.reads, writes: after.writes - before.writes, deletes: after.deletes - before.deletes };
}

describe('counters', () => {
  it('count documents written and deleted', async () => {
    const batch = db.batch().set(db.doc('counted/1'), { n: 1 }).set(db.doc('counted/2'), { n: 2 }).delete(db.doc('counted/3'));
    expect(await countsOf(() => batch.commit())).toEqual({ reads: 0, writes: 2, deletes: 1 });
  });

  it('count nothing for a commit that fails', async () => {
    const batch = db.batch().set(db.doc('counted/new'), { n: 1 }).create(db.doc('counted/1'), { n: 1 });
    const failing = (): Promise<unknown> => expect(batch.commit()).rejects.toMatchObject({ code: status.ALREADY_EXISTS });
    expect(await countsOf(failing)).toEqual({ reads: 0, writes: 0, deletes: 0 });
  });

  it('count a read for each document asked for, found or missing', async () => {
    const read = await countsOf(() => db.getAll(db.doc('counted/1'), db.doc('counted/absent')));
    expect(read.reads).toBe(2);
  });

  it('count a read for each document found, and one for a query that finds none', async () => {
    expect((await countsOf(() => db.collection('counted').get())).reads).toBe(2);
    expect((await countsOf(() => db.collection('counted-none').get())).reads).toBe(1);
  });

  it('count documents skipped by an offset', async () => {
    expect((await countsOf(() => db.collection('counted').offset(1).get())).reads).toBe(2);
  });

  it('count one read for an aggregation of few documents', async () => {
    expect((await countsOf(() => db.collection('counted').count().get())).reads).toBe(1);
  });

  it('count calls by name', async () => {
    const before = server.counters().rpcs['Commit'] ?? 0;
    await db.doc('counted/1').set({ n: 3 });
    expect(server.counters().rpcs['Commit']).toBe(before + 1);
  });
});

describe('a client that dies in a transaction', () => {
  it('blocks its documents for a moment only, not for the five seconds that an idle client may', async () => {
    await db.doc('abandoned/a').set({ n: 1 });
    const child = fork(fileURLToPath(new URL('abandoned-transaction.ts', import.meta.url)), [host.projectId, 'abandoned/a']);
    await once(child, 'message');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const killedAt = performance.now();
    await db.doc('abandoned/a').set({ n: 2 });
    expect(performance.now() - killedAt).toBeLessThan(4_000);
    expect((await db.doc('abandoned/a').get()).get('n')).toBe(2);
  });
});

describe('the port', () => {
  it('answers GET / with Ok', async () => {
    expect(await (await fetch(`http://${server.host}/`)).text()).toBe('Ok');
  });

  it('clears a database on DELETE, and no other', async () => {
    await db.doc('cleared/a/below/b').set({ n: 1 });
    const elsewhere = await fetch(`http://${server.host}/emulator/v1/projects/demo-else/databases/(default)/documents`, { method: 'DELETE' });
    expect(elsewhere.status).toBe(200);
    expect((await db.doc('cleared/a/below/b').get()).exists).toBe(true);
    await fetch(`http://${server.host}/emulator/v1/projects/${host.projectId}/databases/(default)/documents`, { method: 'DELETE' });
    expect(await db.listCollections()).toEqual([]);
  });

  it('answers other HTTP requests with 404', async () => {
    expect((await fetch(`http://${server.host}/elsewhere`)).status).toBe(404);
  });

  it('in use is an error that says what to do', async () => {
    await expect(startFirestoreServer({ port: server.port })).rejects.toThrow(/another process uses it; stop that one or choose another port/);
  });
});

describe('the server', () => {
  it('serves firebase-admin', async () => {
    const app = getApps()[0] ?? initializeApp({ projectId: host.projectId });
    await getFirestore(app).doc('admin/a').set({ n: 1 });
    expect((await db.doc('admin/a').get()).data()).toEqual({ n: 1 });
    await getFirestore(app).terminate();
  });

  it('keeps projects apart', async () => {
    await db.doc('apart/a').set({ n: 1 });
    const { host: second } = await startEmbedded({});
    expect((await second.db.doc('apart/a').get()).exists).toBe(false);
    await second.close();
  });

  it('takes its times from the clock it was given, and never gives the same time twice', async () => {
    const { host: timed } = await startEmbedded({ clock: () => 1_000_000 });
    const first = await timed.db.doc('a/1').set({ n: 1 });
    const second = await timed.db.doc('a/2').set({ n: 1 });
    expect(first.writeTime.toMillis()).toBe(1_000_000);
    expect(second.writeTime.valueOf() > first.writeTime.valueOf()).toBe(true);
    await timed.close();
  });

  it('refuses a read time of which it no longer has the versions', async () => {
    const read = db.runTransaction((tx) => tx.get(db.doc('counted/1')), { readOnly: true, readTime: Timestamp.fromMillis(Date.now() + 60_000) });
    await expect(read).rejects.toMatchObject({ code: status.FAILED_PRECONDITION });
  });

  it('says what it does not implement', async () => {
    await expect(db.collection('counted').explain()).rejects.toMatchObject({ code: status.UNIMPLEMENTED });
  });

  it('refuses a malformed index file, naming the place', async () => {
    const indexes = { indexes: [{ collectionGroup: 'a', fields: [{ fieldPath: 'x', order: 'UP' }] }] };
    await expect(startFirestoreServer({ port: 0, indexes })).rejects.toThrow(/indexes\[0\]\.fields\[0\] is "UP"/);
  });
});
