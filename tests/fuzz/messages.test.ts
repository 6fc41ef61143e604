/** What a topic may deliver: a message that is not ours is told and acknowledged, never run and never sent back to be delivered again. */
import { Message } from 'firebase-functions/pubsub';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createMemoryBus } from '../../functions/src/adapters/bus-memory/memory-bus.ts';
import { createMemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import { installHost } from '../../functions/src/compose/host.ts';
import { runWoken } from '../../functions/src/triggers/run-woken.ts';
import { World } from '../support/engine/world.ts';
import { TEST_STAMP } from '../contract/store/records.ts';
import { brokenText, changed } from './hostile.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const INTENT_ID = 'abcdefghij234567abcd';
const GOOD = { intentId: INTENT_ID };

const logged: string[] = [];
installHost({
  clock: { now: () => NOW, sleep: () => Promise.resolve() },
  newRunId: () => 'fuzz',
  logSink: (severity, message) => void logged.push(`${severity} ${message}`),
  variables: { GCLOUD_PROJECT: 'demo-fuzz', TRADING_ENV: 'paper' },
  inProcess: { store: createMemoryStore({ namespace: 'paper', stamp: TEST_STAMP }), venue: new World().deps().venue, bus: createMemoryBus({ later: () => undefined, retryMs: 1 }) },
});
afterEach(() => void logged.splice(0));

/** The intents that a message woke. */
async function wokenBy(data: unknown, publishTime: unknown = new Date(NOW).toISOString()): Promise<readonly string[]> {
  const woken: string[] = [];
  const message = new Message(JSON.parse(JSON.stringify({ messageId: '1', attributes: {}, orderingKey: '', data, publishTime })));
  await runWoken('order-intents', { specversion: '1.0', id: '1', source: 'fuzz', type: 'fuzz', time: new Date(NOW).toISOString(), data: { subscription: 'fuzz', message } }, (_deps, { intentId }) => {
    woken.push(intentId);
    return Promise.resolve();
  });
  return woken;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('a message', () => {
  it('of ours wakes its intent', async () => {
    expect(await wokenBy(base64(JSON.stringify(GOOD)))).toEqual([INTENT_ID]);
  });

  it('that is anything else is told and done with', async () => {
    const data = fc.oneof(changed(GOOD).map((value) => base64(JSON.stringify(value) ?? '')), brokenText(JSON.stringify(GOOD)).map(base64), fc.string({ unit: 'binary', maxLength: 40 }), fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes).toString('base64')));
    await fc.assert(
      fc.asyncProperty(data, async (sent) => {
        logged.splice(0);
        const woken = await wokenBy(sent);
        expect(woken.filter((id) => !/^[a-z2-7]{20}$/.test(id))).toEqual([]);
        expect(logged).toEqual(woken.length === 0 ? ['ERROR message cannot be read and was dropped'] : []);
      }),
      { numRuns: 300 },
    );
  });

  it.each([[undefined], [null], [7], [{}], [['a']], ['']])('whose data is %j is told and done with', async (data) => {
    expect(await wokenBy(data)).toEqual([]);
    expect(logged).toEqual(['ERROR message cannot be read and was dropped']);
  });

  it.each([['yesterday'], [''], [undefined], [null], [{}]])('published at %j still wakes: the intent itself says whether it is too late', async (publishTime) => {
    expect(await wokenBy(base64(JSON.stringify(GOOD)), publishTime)).toEqual([INTENT_ID]);
  });
});
