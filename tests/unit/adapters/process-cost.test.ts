import { expect, test } from 'vitest';
import { ProcessCost } from '../../../functions/src/adapters/cost-process/process-cost.ts';
import { World } from '../../support/engine/world.ts';

function aProcess() {
  const documents = { documentsRead: 0, documentsWritten: 0, documentsDeleted: 0 };
  const spent = { cpuMs: 0 };
  return { documents, spent, costs: new ProcessCost(() => documents, () => spent.cpuMs) };
}

test('a tick tells what its process has spent since the one before, the tail of that one included', () => {
  const { documents, spent, costs } = aProcess();
  costs.begin();
  documents.documentsRead = 5;
  spent.cpuMs = 30.4;
  expect(costs.sinceLastTick()).toEqual({ documentsRead: 5, documentsWritten: 0, documentsDeleted: 0, venueCalls: 0, cpuMs: 30 });
  documents.documentsWritten = 4;
  costs.begin();
  documents.documentsRead = 7;
  documents.documentsDeleted = 1;
  spent.cpuMs = 50.4;
  expect(costs.sinceLastTick()).toEqual({ documentsRead: 2, documentsWritten: 4, documentsDeleted: 1, venueCalls: 0, cpuMs: 20 });
});

test('a body that runs twice tells the whole cost again, not what is left of it', () => {
  const { documents, costs } = aProcess();
  costs.begin();
  documents.documentsRead = 5;
  costs.sinceLastTick();
  documents.documentsRead = 8;
  expect(costs.sinceLastTick().documentsRead).toBe(8);
});

test('runs that write no tick are in the next one', () => {
  const { documents, costs } = aProcess();
  costs.begin();
  documents.documentsRead = 3;
  costs.begin();
  documents.documentsRead = 5;
  expect(costs.sinceLastTick().documentsRead).toBe(5);
});

test('every call of a venue counts, and answers as before', async () => {
  const { costs } = aProcess();
  const { venue } = new World();
  const metered = costs.metered(venue);
  expect(metered.receiveWindowMs).toBe(venue.receiveWindowMs);
  expect(await metered.quotes(['BTCUSDT'])).toEqual(await venue.quotes(['BTCUSDT']));
  await metered.openOrders();
  expect(costs.sinceLastTick().venueCalls).toBe(2);
});
