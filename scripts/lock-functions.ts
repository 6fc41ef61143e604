/**
 * `npm run lock:functions`: writes functions/deploy/package-lock.json, the lock file of what is deployed. It starts from
 * the checkout's own lock file, so that what is deployed is what was tested, and names no registry.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { DEPLOYED_LOCK, deployedPackage, jsonText } from './deployable/deployed-package.ts';
import type { DeployedPackage } from './deployable/deployed-package.ts';
import { inRepository } from './deployable/repository.ts';

const lockFile = z.strictObject({
  name: z.string(),
  version: z.string(),
  lockfileVersion: z.literal(3),
  requires: z.literal(true),
  packages: z.record(z.string(), z.looseObject({})),
});
type LockFile = z.infer<typeof lockFile>;

const readLock = async (path: string): Promise<LockFile> => lockFile.parse(JSON.parse(await readFile(path, 'utf8')));

/** The lock file of the checkout with another root; npm then drops what the new root does not need. */
function underRoot(checkout: LockFile, root: DeployedPackage): LockFile {
  const { name, version } = root;
  const installed = Object.entries(checkout.packages).filter(([path, entry]) => path.startsWith('node_modules/') && entry['link'] !== true);
  return { ...checkout, name, version, packages: { '': { ...root }, ...Object.fromEntries(installed) } };
}

function withoutRegistry(lock: LockFile): LockFile {
  const packages = Object.entries(lock.packages).map(([path, entry]) => {
    const kept = Object.entries(entry).filter(([key]) => key !== 'resolved');
    return [path, Object.fromEntries(kept)] as const;
  });
  return { ...lock, packages: Object.fromEntries(packages) };
}

const version = (await readFile(inRepository('VERSION'), 'utf8')).trim();
const deployed = await deployedPackage(version);
const folder = await mkdtemp(join(tmpdir(), 'portcullis-lock-'));
try {
  await writeFile(join(folder, 'package.json'), jsonText(deployed));
  await writeFile(join(folder, 'package-lock.json'), jsonText(underRoot(await readLock(inRepository('package-lock.json')), deployed)));
  await promisify(execFile)('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  await writeFile(DEPLOYED_LOCK, jsonText(withoutRegistry(await readLock(join(folder, 'package-lock.json')))));
} finally {
  await rm(folder, { recursive: true });
}
