/** `npm run build:dashboard [-- --out folder]`: writes dashboard/dist for Firebase Hosting. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { configText } from '../functions/src/config/config-files.ts';
import { loadConfig } from '../functions/src/config/load-config.ts';
import { cloudSettings } from './dashboard/dashboard-settings.ts';
import { dashboardFiles } from './dashboard/dashboard-files.ts';
import { inRepository } from './deployable/repository.ts';

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const outDir = values.out === undefined ? inRepository('dashboard/dist') : resolve(values.out);

const files = await dashboardFiles(cloudSettings(loadConfig(configText)));
await rm(outDir, { recursive: true, force: true });
for (const [path, content] of files) {
  const file = join(outDir, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
const zipped = [...files.values()].reduce((sum, content) => sum + gzipSync(content).length, 0);
process.stdout.write(`${relative(process.cwd(), outDir)}: ${files.size} files, ${(zipped / 1024).toFixed(1)} KiB gzipped\n`);
