import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { writeDeployable } from '../../scripts/deployable/write-deployable.ts';
import { temporaryFolder } from './temporary-folder.ts';

/**
 * The functions, built from the sources of this moment into a folder of their own: never a stale functions/dist, and no
 * two test files in each other's way. Packages come from the repository.
 */
export async function builtFunctions(cleanUp: AsyncDisposableStack, configDir?: string): Promise<string> {
  const folder = await temporaryFolder(cleanUp);
  await writeDeployable({ outDir: folder, ...(configDir === undefined ? {} : { configDir }) });
  await symlink(inRepository('node_modules'), join(folder, 'node_modules'));
  return folder;
}
