import { afterAll, describe, expect, it } from 'vitest';
import type { DocumentSnapshot, QuerySnapshot } from '@google-cloud/firestore';
import { openHost } from './host.ts';
import { Inbox } from './inbox.ts';

const host = await openHost();
const { db } = host;
const other = host.newClient();
afterAll(() => host.close());

const changesOf = (snapshot: QuerySnapshot): string[] => snapshot.docChanges().map((change) => `${change.type} ${change.doc.id}`);

describe('a document listener', () => {
  it('first shows the document as it is, then each change', async () => {
    const ref = db.doc('listened/one');
    await ref.set({ n: 1 });
    const inbox = new Inbox<DocumentSnapshot>();
    const stop = ref.onSnapshot(inbox.accept, inbox.fail);
    expect((await inbox.next()).get('n')).toBe(1);
    await other.doc(ref.path).update({ n: 2 });
    expect((await inbox.next()).get('n')).toBe(2);
    stop();
  });

  it('shows a missing document, its creation and its deletion', async () => {
    const ref = db.doc('listened/two');
    const inbox = new Inbox<DocumentSnapshot>();
    const stop = ref.onSnapshot(inbox.accept, inbox.fail);
    expect((await inbox.next()).exists).toBe(false);
    await ref.create({ n: 1 });
    expect((await inbox.next()).exists).toBe(true);
    await ref.delete();
    expect((await inbox.next()).exists).toBe(false);
    stop();
  });

  it('hears nothing of other documents', async () => {
    const ref = db.doc('listened/three');
    await ref.set({ n: 1 });
    const inbox = new Inbox<DocumentSnapshot>();
    const stop = ref.onSnapshot(inbox.accept, inbox.fail);
    await inbox.next();
    await db.doc('listened/four').set({ n: 9 });
    await ref.update({ n: 2 });
    expect((await inbox.next()).get('n')).toBe(2);
    stop();
  });
});

describe('a query listener', () => {
  it('first shows all that the query finds, then what is added, modified and removed', async () => {
    const jobs = db.collection('jobs');
    await jobs.doc('a').set({ open: true, n: 1 });
    const inbox = new Inbox<QuerySnapshot>();
    const stop = jobs.where('open', '==', true).onSnapshot(inbox.accept, inbox.fail);
    expect(changesOf(await inbox.next())).toEqual(['added a']);
    await other.doc('jobs/b').set({ open: true, n: 2 });
    expect(changesOf(await inbox.next())).toEqual(['added b']);
    await jobs.doc('a').update({ n: 5 });
    expect(changesOf(await inbox.next())).toEqual(['modified a']);
    await jobs.doc('a').update({ open: false });
    expect(changesOf(await inbox.next())).toEqual(['removed a']);
    await jobs.doc('b').delete();
    const last = await inbox.next();
    expect(changesOf(last)).toEqual(['removed b']);
    expect(last.empty).toBe(true);
    stop();
  });

  it('shows an empty result', async () => {
    const inbox = new Inbox<QuerySnapshot>();
    const stop = db.collection('nobody').onSnapshot(inbox.accept, inbox.fail);
    expect((await inbox.next()).size).toBe(0);
    stop();
  });

  it('shows the writes of one batch together', async () => {
    const inbox = new Inbox<QuerySnapshot>();
    const stop = db.collection('together').onSnapshot(inbox.accept, inbox.fail);
    await inbox.next();
    await db.batch().set(db.doc('together/1'), { n: 1 }).set(db.doc('together/2'), { n: 2 }).commit();
    expect((await inbox.next()).size).toBe(2);
    stop();
  });

  it('keeps order and limit: a new first document pushes the last one out', async () => {
    const scores = db.collection('scores');
    await Promise.all([scores.doc('a').set({ n: 2 }), scores.doc('b').set({ n: 3 })]);
    const inbox = new Inbox<QuerySnapshot>();
    const stop = scores.orderBy('n').limit(2).onSnapshot(inbox.accept, inbox.fail);
    await inbox.next();
    await scores.doc('c').set({ n: 1 });
    const snapshot = await inbox.next();
    expect(snapshot.docs.map((doc) => doc.id)).toEqual(['c', 'a']);
    expect(changesOf(snapshot).toSorted()).toEqual(['added c', 'removed b']);
    stop();
  });

  it('listens to a collection group', async () => {
    const inbox = new Inbox<QuerySnapshot>();
    const stop = db.collectionGroup('leaves').onSnapshot(inbox.accept, inbox.fail);
    await inbox.next();
    await db.doc('trees/oak/leaves/1').set({ n: 1 });
    expect(changesOf(await inbox.next())).toEqual(['added 1']);
    stop();
  });

  it('hears nothing of a write that changes nothing', async () => {
    const quiet = db.collection('quiet');
    await quiet.doc('a').set({ n: 1 });
    const inbox = new Inbox<QuerySnapshot>();
    const stop = quiet.onSnapshot(inbox.accept, inbox.fail);
    await inbox.next();
    await quiet.doc('a').set({ n: 1 });
    await quiet.doc('b').set({ n: 2 });
    expect(changesOf(await inbox.next())).toEqual(['added b']);
    stop();
  });

  it('hears nothing more after it was stopped', async () => {
    const stopped = db.collection('stopped');
    const [first, second] = [new Inbox<QuerySnapshot>(), new Inbox<QuerySnapshot>()];
    const stopFirst = stopped.onSnapshot(first.accept, first.fail);
    const stopSecond = stopped.onSnapshot(second.accept, second.fail);
    await Promise.all([first.next(), second.next()]);
    stopFirst();
    await stopped.doc('a').set({ n: 1 });
    await second.next();
    expect(first.waiting).toBe(0);
    stopSecond();
  });

  it('is told an error when its query is not allowed', async () => {
    const inbox = new Inbox<QuerySnapshot>();
    const numbers = Array.from({ length: 31 }, (_, n) => n);
    db.collection('refused').where('a', 'in', numbers).onSnapshot(inbox.accept, inbox.fail);
    await expect(inbox.next()).rejects.toThrow('30');
  });
});
