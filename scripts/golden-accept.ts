/** `npm run golden:accept`: makes what is found today the accepted deploy manifest and the accepted decisions. The difference is for a reviewer to read. */
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonText } from './deployable/deployed-package.ts';
import { GOLDEN_MANIFEST, discoverManifest } from './deployable/discover-manifest.ts';
import { inRepository } from './deployable/repository.ts';
import { writeDeployable } from './deployable/write-deployable.ts';
import { GOLDEN_REPLAYS, REPLAY_SCENARIOS, replayScenario } from './golden-replays.ts';

const folder = await mkdtemp(join(tmpdir(), 'portcullis-golden-'));
try {
  await writeDeployable({ outDir: folder });
  await symlink(inRepository('node_modules'), join(folder, 'node_modules'));
  await writeFile(GOLDEN_MANIFEST, jsonText(await discoverManifest(folder)));
  const replays: Record<string, unknown> = {};
  for (const { name, args } of REPLAY_SCENARIOS) replays[name] = await replayScenario(args);
  await writeFile(GOLDEN_REPLAYS, jsonText(replays));
  process.stdout.write('Accepted tests/golden/manifest.json and replays.json; review the difference before committing it.\n');
} finally {
  await rm(folder, { recursive: true });
}
