import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { deployedLock, deployedPackage, jsonText } from './deployed-package.ts';
import { embeddedFiles } from './embedded-files.ts';
import { inRepository } from './repository.ts';

export interface DeployableOptions {
  readonly outDir: string;
  /** Where the configuration to embed is; `config` of the checkout unless told otherwise. */
  readonly configDir?: string;
}

/**
 * Writes what stands alone in the cloud: the bundle, its source map (kept from the upload by firebase.json), and a
 * package.json with its lock file. Other files of the folder, such as `.secret.local`, are left as they are.
 * Throws ConfigError before anything is written.
 */
export async function writeDeployable({ outDir, configDir = inRepository('config') }: DeployableOptions): Promise<void> {
  const files = await embeddedFiles(configDir);
  const deployed = await deployedPackage(files.version);
  const lock = await deployedLock(deployed);
  await mkdir(outDir, { recursive: true });
  await bundle(join(outDir, 'index.js'), files.texts);
  await writeFile(join(outDir, 'package.json'), jsonText(deployed));
  await writeFile(join(outDir, 'package-lock.json'), lock);
}
