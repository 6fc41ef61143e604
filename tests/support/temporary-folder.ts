import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder outside the repository, removed with everything in it when `cleanUp` is disposed. */
export async function temporaryFolder(cleanUp: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-test-'));
  cleanUp.defer(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
