/** `npm run mutations:gate`: puts each kept fault into a copy of the sources and proves that its property test fails there. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GATE_MUTATIONS } from './gate-mutations/mutations.ts';
import type { GateMutation } from './gate-mutations/mutations.ts';
import { inRepository } from './deployable/repository.ts';

const COPIED = ['functions', 'local', 'scripts', 'tests', 'config', 'docs', 'package.json', 'tsconfig.json', 'vitest.config.ts', 'VERSION', 'firestore.indexes.json'];
const TIMEOUT_MS = 180_000;

const directory = await mkdtemp(join(tmpdir(), 'gate-mutations-'));
try {
  await Promise.all(COPIED.map((name) => cp(inRepository(name), join(directory, name), { recursive: true, filter: (path) => !/[/](node_modules|dist)($|[/])/.test(path) })));
  await symlink(inRepository('node_modules'), join(directory, 'node_modules'));
  let missed = 0;
  for (const mutation of GATE_MUTATIONS) {
    const isCaught = await caught(mutation);
    if (!isCaught) missed += 1;
    process.stdout.write(`${isCaught ? 'caught' : 'MISSED'}  ${mutation.name}  (${mutation.caughtBy})\n`);
  }
  process.stdout.write(`${GATE_MUTATIONS.length - missed} of ${GATE_MUTATIONS.length} caught\n`);
  process.exitCode = missed === 0 ? 0 : 1;
} finally {
  await rm(directory, { recursive: true });
}

/** Whether the test that passes on the sources fails with the fault in them. */
async function caught({ file, text, becomes, caughtBy }: GateMutation): Promise<boolean> {
  const path = join(directory, file);
  const source = await readFile(path, 'utf8');
  if (source.split(text).length !== 2) throw new Error(`${file} does not hold ${JSON.stringify(text)} exactly once; bring scripts/gate-mutations/mutations.ts up to date`);
  await writeFile(path, source.replace(text, () => becomes));
  try {
    return !(await passes(caughtBy));
  } finally {
    await writeFile(path, source);
  }
}

async function passes(test: string): Promise<boolean> {
  try {
    await promisify(execFile)(process.execPath, [join(directory, 'node_modules/vitest/vitest.mjs'), 'run', test, '--root', directory], { cwd: directory, timeout: TIMEOUT_MS });
    return true;
  } catch (error) {
    // Only failed assertions count: a run that could not begin would prove nothing.
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string' && /Tests .*failed/.test(error.stdout)) return false;
    throw error;
  }
}
