import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { DEPLOYED_LOCK, deployedLock, deployedPackage } from '../deployable/deployed-package.ts';
import { inRepository } from '../deployable/repository.ts';
import { failed, outcomeOf } from './outcome.ts';
import type { Check } from './check.ts';

const packageLock = z.object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) });

/** `name@version` of every installed package. */
export function lockedPackages(text: string): readonly string[] {
  const { packages } = packageLock.parse(JSON.parse(text));
  const installed = Object.entries(packages).filter(([path]) => path.includes('node_modules/'));
  return installed.map(([path, { version }]) => `${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${String(version)}`);
}

export const lockFileCheck: Check = {
  name: 'lock file of the upload',
  run: async () => {
    const todo = 'npm run lock:functions, and commit functions/deploy/package-lock.json';
    try {
      await deployedLock(await deployedPackage((await readFile(inRepository('VERSION'), 'utf8')).trim()));
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error), todo);
    }
    const text = await readFile(DEPLOYED_LOCK, 'utf8');
    const tested = new Set(lockedPackages(await readFile(inRepository('package-lock.json'), 'utf8')));
    const locked = lockedPackages(text);
    const problems = locked.filter((one) => !tested.has(one)).map((one) => `${one} is not what was tested`);
    if (text.includes('"resolved"')) problems.push('it names a registry');
    return outcomeOf(problems, `${locked.length} packages, each at the version that was tested`, todo);
  },
};
