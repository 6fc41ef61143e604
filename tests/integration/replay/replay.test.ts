import { execFile } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../../scripts/deployable/repository.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { runStart, summaryOf } from '../start/run-start.ts';

const SLOW = 120_000;
const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

const replay = async (from: string) => promisify(execFile)(process.execPath, [inRepository('local/replay/main.ts'), '--from', from]);

describe('npm run replay on the state of a run', () => {
  let data = '';
  let orderListHash = '';
  beforeAll(async () => {
    data = await temporaryFolder(cleanUp);
    await runStart(['--hours', '2', '--data', data]);
    // Goes on where the first run came to rest, so the replay has a minute that was never screened.
    orderListHash = summaryOf(await runStart(['--hours', '4', '--data', data, '--json'])).orderListHash;
  }, SLOW);

  it('comes to the same decisions without a wire', { timeout: SLOW }, async () => {
    const { stdout } = await replay(data);
    expect(stdout).toContain(orderListHash);
    expect(stdout).toContain('The same decisions.');
  });

  it('names what differs and fails where the records say otherwise', { timeout: SLOW }, async () => {
    forgetLastOrder(data);
    await expect(replay(data)).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('order now, not then: ') });
  });

  it('refuses a folder without a run, and says what to name', async () => {
    await expect(replay(await temporaryFolder(cleanUp))).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/holds no run; name the --data folder/) });
  });
});

/** As if a record had been lost: the file is changed behind the engine's back. */
function forgetLastOrder(folder: string): void {
  const file = new DatabaseSync(join(folder, 'firestore.sqlite'));
  try {
    const { changes } = file.prepare("DELETE FROM documents WHERE path = (SELECT path FROM documents WHERE path LIKE '%/orders/%' ORDER BY path DESC LIMIT 1)").run();
    if (changes !== 1) throw new Error('there was no order to forget');
  } finally {
    file.close();
  }
}
