import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { inRepository } from '../../scripts/deployable/repository.ts';

const packageFile = z.object({
  version: z.string(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});
const read = async (path: string) => packageFile.parse(JSON.parse(await readFile(inRepository(path), 'utf8')));

it('both packages and VERSION name one version', async () => {
  const version = (await readFile(inRepository('VERSION'), 'utf8')).trim();
  expect([(await read('package.json')).version, (await read('functions/package.json')).version]).toEqual([version, version]);
});

it('both packages name exact versions, and the same where both name a package', async () => {
  const [root, functions] = await Promise.all([read('package.json'), read('functions/package.json')]);
  const named = [...Object.entries(root.devDependencies), ...Object.entries(functions.dependencies)];
  expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  const shared = Object.entries(functions.dependencies).filter(([name]) => name in root.devDependencies);
  expect(root.devDependencies).toMatchObject(Object.fromEntries(shared));
});
