/** What a cold start pays before it can run anything: the built bundle, loaded by a fresh process. */
import { execFile } from 'node:child_process';
import { stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { inRepository } from '../deployable/repository.ts';
import { writeDeployable } from '../deployable/write-deployable.ts';
import type { Figure } from './figure.ts';
import { median } from './statistics.ts';
import { withTemporaryFolder } from './temporary-folder.ts';

const LOADS = 7;
/** What the engine's own venue client would add if it were not loaded lazily, unbundled as it comes. */
const PEER = 'ccxt';
const SMALL = { by: 'value', better: 'less' } as const;

/** Built from the sources of this moment into a folder of its own; functions/dist is left as it is. */
export function measureBundle(): Promise<readonly Figure[]> {
  return withTemporaryFolder(async (folder) => {
    await writeDeployable({ outDir: folder });
    await symlink(inRepository('node_modules'), join(folder, 'node_modules'));
    const loads: Load[] = [];
    const peerLoads: Load[] = [];
    for (let load = 0; load < LOADS; load += 1) {
      loads.push(await loadOf('./index.js', folder));
      peerLoads.push(await loadOf(PEER, folder));
    }
    const { size } = await stat(join(folder, 'index.js'));
    const ms = median(loads.map((load) => load.ms));
    const mb = median(loads.map((load) => load.mb));
    return [
      {
        name: 'bundle_load_ms',
        value: ms,
        unit: 'ms',
        bound: null,
        comparison: { ratio: ms / median(peerLoads.map((load) => load.ms)), to: `loading ${PEER}` },
        judged: { by: 'ratio', better: 'less' },
        note: `median of ${LOADS} fresh processes, in turn with the peer`,
      },
      {
        name: 'bundle_mb_loaded',
        value: mb,
        unit: 'MB',
        bound: null,
        comparison: { ratio: mb / median(peerLoads.map((load) => load.mb)), to: `loading ${PEER}` },
        judged: SMALL,
        note: 'resident memory of a fresh process that has loaded it',
      },
      { name: 'bundle_kb', value: size / 1024, unit: 'KiB', bound: null, comparison: null, judged: SMALL, note: 'index.js, the venue client included' },
    ];
  });
}

const load = z.strictObject({ ms: z.number().positive(), mb: z.number().positive() });
type Load = z.infer<typeof load>;

/** What `require` takes in a process of its own: milliseconds, and megabytes resident afterwards. */
async function loadOf(name: string, folder: string): Promise<Load> {
  const script = `const at = performance.now(); require(${JSON.stringify(name)}); const ms = performance.now() - at; process.stdout.write(JSON.stringify({ ms, mb: process.memoryUsage.rss() / 1e6 })); process.exit();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--eval', script], { cwd: folder, env: { GCLOUD_PROJECT: 'demo-portcullis', METADATA_SERVER_DETECTION: 'none' } });
  return load.parse(JSON.parse(stdout));
}
