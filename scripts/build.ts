/** `npm run build [-- --out folder --config folder]`: checks the configuration and writes functions/dist for deployment. */
import { stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../functions/src/config/config-error.ts';
import { inRepository } from './deployable/repository.ts';
import { writeDeployable } from './deployable/write-deployable.ts';

const { values } = parseArgs({ options: { out: { type: 'string' }, config: { type: 'string' } } });
const outDir = values.out === undefined ? inRepository('functions/dist') : resolve(values.out);

try {
  await writeDeployable({ outDir, ...(values.config === undefined ? {} : { configDir: resolve(values.config) }) });
  const { size } = await stat(join(outDir, 'index.js'));
  process.stdout.write(`${relative(process.cwd(), outDir)}/index.js: ${Math.round(size / 1024)} KiB\n`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`Nothing was built. ${error.message}\n`);
  process.exitCode = 1;
}
