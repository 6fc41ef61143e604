/** The command itself, on this checkout. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { inRepository } from '../../scripts/deployable/repository.ts';

const report = z.object({ project: z.string().nullable(), checks: z.array(z.object({ check: z.string(), ok: z.boolean(), found: z.string(), todo: z.string().optional() })) });

async function run(...args: readonly string[]): Promise<{ readonly code: number; readonly stdout: string }> {
  const ended = promisify(execFile)(process.execPath, [inRepository('scripts/deploy-check.ts'), ...args]);
  return ended.then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { readonly code: number; readonly stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  );
}

it('finds nothing to put right in what is committed', { timeout: 60_000 }, async () => {
  const { code, stdout } = await run('--json');
  const { checks } = report.parse(JSON.parse(stdout));
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.length).toBeGreaterThan(10);
  expect(code).toBe(0);
});

it('ends with 1 and says what to do for a project without an environment file', { timeout: 60_000 }, async () => {
  const { code, stdout } = await run('--project', 'no-such-project');
  expect(code).toBe(1);
  expect(stdout).toContain('FAILS  environment file');
  expect(stdout).toContain('environment file: cp functions/.env.example functions/.env.no-such-project');
});
