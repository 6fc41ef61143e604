/** .ci/run on small checkouts whose commands need nothing but the shell. */
import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

/** What a test run leaves behind, without a test run. */
const reportOf = (passed: number, failed: number, testResults: readonly object[] = []): string =>
  `echo '${JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: 1, numTodoTests: 1, testResults })}' > test-results.json`;

async function run(commands: readonly string[]): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const checkout = await temporaryFolder(cleanUp);
  await mkdir(join(checkout, '.ci'));
  await copyFile(inRepository('.ci/run'), join(checkout, '.ci/run'));
  await chmod(join(checkout, '.ci/run'), 0o755);
  await writeFile(join(checkout, 'README.md'), ['# A project', '```', 'echo not this', '```', '## Install and test', 'Text.', '```sh', ...commands, '```', '## Use', '```', 'echo nor this', '```'].join('\n'));
  const result = await promisify(execFile)(join(checkout, '.ci/run')).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { readonly code: number; readonly stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  );
  return { code: result.code, lines: result.stdout.trimEnd().split('\n') };
}

describe('.ci/run', () => {
  it('runs the commands of "Install and test" in order and counts the tests on its last line', async () => {
    const { code, lines } = await run(['echo install', '# a comment', reportOf(12, 0)]);
    expect(code).toBe(0);
    expect(lines.filter((line) => !line.startsWith('+'))).toEqual(['install', '12 passed, 0 failed, 2 skipped']);
  });

  it('ends at the first command that fails, with its exit code', async () => {
    const { code, lines } = await run(['exit 3', 'echo never']);
    expect(code).toBe(3);
    expect(lines).not.toContain('never');
  });

  it('counts the tests of a run that failed, and fails', async () => {
    const { code, lines } = await run([`${reportOf(4, 2)}; exit 1`]);
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe('4 passed, 2 failed, 2 skipped');
  });

  it('counts a file of tests that cannot be loaded as one failure', async () => {
    const { lines } = await run([`${reportOf(4, 0, [{ status: 'failed', assertionResults: [] }])}; exit 1`]);
    expect(lines.at(-1)).toBe('4 passed, 1 failed, 2 skipped');
  });

  it('fails when no test has run', async () => {
    expect(await run(['echo nothing'])).toMatchObject({ code: 1 });
  });
});
