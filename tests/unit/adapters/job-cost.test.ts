import { expect, test } from 'vitest';
import { JobCost } from '../../../functions/src/adapters/cost-process/job-cost.ts';
import { ProcessorTime } from '../../../functions/src/adapters/cost-process/processor-time.ts';
import { World } from '../../support/engine/world.ts';

const NOTHING = { documentsRead: 0, documentsWritten: 0, documentsDeleted: 0, venueCalls: 0, cpuMs: 0, runs: 0, busyMs: 0 };

function aProcess() {
  const documents = { documentsRead: 0, documentsWritten: 0, documentsDeleted: 0 };
  const spent = { cpuMs: 0, now: 1_000_000 };
  const processor = new ProcessorTime(() => spent.cpuMs);
  return { documents, spent, job: new JobCost(() => documents, processor, () => spent.now), other: new JobCost(() => ({ documentsRead: 0, documentsWritten: 0, documentsDeleted: 0 }), processor, () => spent.now) };
}

test('a record tells what its job has spent since the record before, the tail of that run included', () => {
  const { documents, spent, job } = aProcess();
  const first = job.begin();
  documents.documentsRead = 5;
  spent.cpuMs = 30.4;
  spent.now += 40;
  expect(first.take()).toEqual({ ...NOTHING, documentsRead: 5, cpuMs: 30, runs: 1, busyMs: 40 });
  documents.documentsWritten = 4;
  spent.now += 90;
  first.end();
  const second = job.begin();
  documents.documentsRead = 7;
  documents.documentsDeleted = 1;
  spent.cpuMs = 50.4;
  expect(second.take()).toEqual({ ...NOTHING, documentsRead: 2, documentsWritten: 4, documentsDeleted: 1, cpuMs: 20, runs: 1, busyMs: 160 });
});

test('what was taken and not written is told by the next record, whatever was spent and taken meanwhile', () => {
  const { documents, job } = aProcess();
  const run = job.begin();
  documents.documentsRead = 5;
  const lost = run.take();
  documents.documentsRead = 8;
  expect(run.take()).toEqual({ ...NOTHING, documentsRead: 3 });
  run.giveBack(lost);
  expect(run.take()).toEqual({ ...NOTHING, documentsRead: 5, runs: 1 });
});

test('runs that write no record are in the next one', () => {
  const { documents, job } = aProcess();
  job.begin().end();
  documents.documentsRead = 5;
  expect(job.begin().take()).toMatchObject({ documentsRead: 5, runs: 2, busyMs: 100 });
});

test('overlapping runs are busy once, and every stretch counts by started tenths of a second', () => {
  const { spent, job } = aProcess();
  const [first, second] = [job.begin(), job.begin()];
  spent.now += 130;
  first.end();
  first.end();
  spent.now += 130;
  second.end();
  spent.now += 10_000;
  job.begin().end();
  expect(job.begin().take()).toMatchObject({ runs: 4, busyMs: 300 + 100 });
});

test('jobs that share a process do not both tell its processor time', () => {
  const { spent, job, other } = aProcess();
  const [one, two] = [job.begin(), other.begin()];
  spent.cpuMs = 20;
  expect(one.take().cpuMs).toBe(20);
  expect(two.take().cpuMs).toBe(0);
  spent.cpuMs = 25;
  expect(two.take()).toMatchObject({ cpuMs: 5 });
});

test('every call of a venue counts, and answers as before', async () => {
  const { job } = aProcess();
  const { venue } = new World();
  const metered = job.metered(venue);
  expect(metered.receiveWindowMs).toBe(venue.receiveWindowMs);
  expect(await metered.quotes(['BTCUSDT'])).toEqual(await venue.quotes(['BTCUSDT']));
  await metered.openOrders();
  expect(job.begin().take().venueCalls).toBe(2);
});
