import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inRepository } from './repository.ts';

/** The accepted manifest: a change of it is a change of what would be deployed. */
export const GOLDEN_MANIFEST = inRepository('tests/golden/manifest.json');

/**
 * What `firebase deploy` would deploy from a built folder, written by firebase-functions itself. `variables` are those of
 * functions/.env.<project>, which the tool sets when it asks the code; nothing else is set but the project. Rejects with the tool's words when the code cannot be loaded.
 */
export async function discoverManifest(builtDir: string, variables: NodeJS.Dict<string> = {}): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-manifest-'));
  const output = join(folder, 'manifest.json');
  try {
    // The tool reads its folder argument only when there are two; it takes the working directory otherwise.
    await promisify(execFile)(process.execPath, [inRepository('node_modules/firebase-functions/lib/bin/firebase-functions.js')], {
      cwd: builtDir,
      env: { ...variables, GCLOUD_PROJECT: 'demo-portcullis', FUNCTIONS_CONTROL_API: 'true', FUNCTIONS_MANIFEST_OUTPUT_PATH: output },
    });
    return JSON.parse(await readFile(output, 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
