/** What a cold start pays before it can run anything: the built bundle, loaded by a fresh process. */
import { execFile } from 'node:child_process';
import { stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { inRepository } from '../deployable/repository.ts';
import { writeDeployable } from '../deployable/write-deployable.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const LOADS = 7;
/** What the engine's own venue client would add if it were not loaded lazily, unbundled as it comes. */
const PEER = 'ccxt';

/** Built from the sources of this moment into a folder of its own; functions/dist is left as it is. */
export function measureBundle(): Promise<readonly Figure[]> {
  return withTemporaryFolder(async (folder) => {
    await writeDeployable({ outDir: folder });
    await symlink(inRepository('node_modules'), join(folder, 'node_modules'));
    const loads: number[] = [];
    const peerLoads: number[] = [];
    for (let load = 0; load < LOADS; load += 1) {
      loads.push(await loadMs('./index.js', folder));
      peerLoads.push(await loadMs(PEER, folder));
    }
    const { size } = await stat(join(folder, 'index.js'));
    const ms = median(loads);
    return [
      {
        name: 'bundle_load_ms',
        value: ms,
        unit: 'ms',
        bound: null,
        comparison: { ratio: ms / median(peerLoads), to: `loading ${PEER}` },
        note: `median of ${LOADS} fresh processes, in turn with the peer`,
      },
      { name: 'bundle_kb', value: size / 1024, unit: 'KiB', bound: null, comparison: null, note: 'index.js, the venue client included' },
    ];
  });
}

/** Milliseconds that `require` takes in a process of its own. */
async function loadMs(name: string, folder: string): Promise<number> {
  const script = `const at = performance.now(); require(${JSON.stringify(name)}); process.stdout.write(String(performance.now() - at)); process.exit();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', script], { cwd: folder, env: { GCLOUD_PROJECT: 'demo-portcullis', METADATA_SERVER_DETECTION: 'none' } });
  const ms = Number(stdout);
  if (!(ms > 0)) throw new Error(`loading ${name} printed ${JSON.stringify(stdout)} instead of its milliseconds`);
  return ms;
}
