/** What is uploaded stands alone: installed from its own lock file outside the repository and run as production runs it. */
import { execFile } from 'node:child_process';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockedPackages } from '../../scripts/deploy-check/lock-file.ts';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { builtFunctions } from '../support/built-functions.ts';
import { freePort, startServer } from '../support/child-process.ts';
import { uploadedFiles } from '../../scripts/deployable/firebase-cli.ts';
import { callSchedule, callWithMessage } from '../support/function-events.ts';
import { startLocalStack } from '../support/local-stack.ts';
import type { LocalStack } from '../support/local-stack.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FRAMEWORK = inRepository('node_modules/@google-cloud/functions-framework/build/src/main.js');
const UNKNOWN_INTENT = JSON.stringify({ intentId: 'aaaaaaaaaaaaaaaaaaaa' });
const MINUTE = Date.UTC(2026, 10, 21, 10, 17);

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

describe('the uploaded folder', () => {
  let installed: string;
  let stack: LocalStack;
  beforeAll(async () => {
    [installed, stack] = await Promise.all([installedAlone(), startLocalStack(cleanUp)]);
  }, 120_000);

  /** The function in a process of its own, as one instance of Cloud Run. */
  async function serve(target: string, signature: 'http' | 'cloudevent'): Promise<string> {
    const port = await freePort();
    await startServer(cleanUp, {
      script: FRAMEWORK,
      args: [`--source=${installed}`, `--target=${target}`, `--signature-type=${signature}`, `--port=${port}`],
      cwd: installed,
      env: { ...stack.env, VENUE_CREDENTIALS: stack.venueCredentials },
      ready: /Serving function/,
      timeoutMs: 20_000,
    });
    return `http://127.0.0.1:${port}/`;
  }

  it('screens when the scheduler calls', async () => {
    expect(await callSchedule(await serve('screen', 'http'), 'screen', MINUTE)).toMatchObject({ status: 200 });
    expect(await jobsOfTicks()).toContain('screen');
  });

  it('syncs the account when the scheduler calls, and once only for one scheduled time', async () => {
    const url = await serve('sync', 'http');
    expect(await callSchedule(url, 'sync', MINUTE)).toMatchObject({ status: 200 });
    expect(await callSchedule(url, 'sync', MINUTE)).toMatchObject({ status: 200 });
    expect((await jobsOfTicks()).filter((job) => job === 'sync')).toEqual(['sync']);
    const nav = await stack.documents.doc('hedge/paper/state/nav').get();
    expect(nav.data()).toMatchObject({ health: 'ok', navUsd: '10000' });
  });

  it.each(['execute', 'confirm'])('acknowledges a wake-up for %s that means nothing', async (target) => {
    const url = await serve(target, 'cloudevent');
    expect(await callWithMessage(url, 'a-topic', UNKNOWN_INTENT)).toMatchObject({ status: 204 });
    expect(await callWithMessage(url, 'a-topic', 'no JSON')).toMatchObject({ status: 204 });
  });

  async function jobsOfTicks(): Promise<readonly unknown[]> {
    const ticks = await stack.documents.collection('hedge/paper/ticks').get();
    return ticks.docs.map((tick): unknown => tick.get('job'));
  }
});

describe('the lock file of the uploaded folder', () => {
  it('names no registry and locks exactly the versions that the tests ran with', async () => {
    const text = await readFile(inRepository('functions/deploy/package-lock.json'), 'utf8');
    const tested = new Set(lockedPackages(await readFile(inRepository('package-lock.json'), 'utf8')));
    expect(lockedPackages(text).filter((locked) => !tested.has(locked))).toEqual([]);
    expect(text).not.toContain('"resolved"');
  });
});

/** What is uploaded, and nothing else; packages come from npm's cache where it has them. */
async function installedAlone(): Promise<string> {
  const built = await builtFunctions(cleanUp);
  const folder = await temporaryFolder(cleanUp);
  for (const name of await uploadedFiles(built)) await copyFile(join(built, name), join(folder, name));
  await promisify(execFile)('npm', ['ci', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
  return folder;
}
