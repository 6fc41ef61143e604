/** The built functions inside the official Functions emulator, without network: Google's host on our servers. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callSchedule, callWithMessage } from '../support/function-events.ts';
import { startFunctionsEmulator } from '../support/functions-emulator.ts';
import type { FunctionsEmulator } from '../support/functions-emulator.ts';
import { startLocalStack } from '../support/local-stack.ts';
import type { LocalStack } from '../support/local-stack.ts';

const UNKNOWN_INTENT = JSON.stringify({ intentId: 'aaaaaaaaaaaaaaaaaaaa' });
const MINUTE = Date.UTC(2026, 10, 21, 10, 17);

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

describe('in the official Functions emulator', () => {
  let stack: LocalStack;
  let emulator: FunctionsEmulator;
  beforeAll(async () => {
    stack = await startLocalStack(cleanUp);
    emulator = await startFunctionsEmulator(cleanUp, stack);
  }, 90_000);

  it('every function is loaded', () => {
    for (const name of ['confirm', 'control', 'execute', 'ingest', 'screen', 'sync']) expect(emulator.output()).toMatch(new RegExp(`Loaded functions definitions.*\\b${name}\\b`));
  });

  it('sync brings NAV and its own tick into the store', async () => {
    expect(await callSchedule(emulator.url('sync'), 'sync', MINUTE)).toMatchObject({ status: 200 });
    const nav = await stack.documents.doc('hedge/paper/state/nav').get();
    expect(nav.data()).toMatchObject({ health: 'ok', navUsd: '10000', engineVersion: expect.stringMatching(/^\d+\.\d+\.\d+/) });
    expect(await jobsOfTicks()).toContain('sync');
  });

  it('screen leaves a tick that says what it decided', async () => {
    expect(await callSchedule(emulator.url('screen'), 'screen', MINUTE)).toMatchObject({ status: 200 });
    expect(await jobsOfTicks()).toContain('screen');
  });

  it.each(['execute', 'confirm'])('%s acknowledges an intent that is unknown', async (name) => {
    expect(await callWithMessage(emulator.url(name), 'a-topic', UNKNOWN_INTENT)).toMatchObject({ status: 200 });
  });

  it.each(['execute', 'confirm'])('%s acknowledges a message that it cannot read, and says so', async (name) => {
    expect(await callWithMessage(emulator.url(name), 'a-topic', 'no JSON')).toMatchObject({ status: 200 });
    await vi.waitFor(() => expect(emulator.output()).toContain('message cannot be read and was dropped'));
  });

  async function jobsOfTicks(): Promise<readonly unknown[]> {
    const ticks = await stack.documents.collection('hedge/paper/ticks').get();
    return ticks.docs.map((tick): unknown => tick.get('job'));
  }
});
