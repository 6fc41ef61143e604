import { build } from 'esbuild';
import { DEPLOYED_PACKAGES } from './deployed-package.ts';
import { inRepository } from './repository.ts';

/**
 * Bundles the functions into one CommonJS file, which Node loads faster than modules. Modules behind a dynamic import
 * (the venue's client above all) are in the file but run only when asked for. The Google packages stay outside:
 * bundled, they load no faster and their native loaders and proto files break. Throws on warnings too.
 */
export async function bundle(outfile: string, files: Readonly<Record<string, string>>): Promise<void> {
  const { warnings } = await build({
    entryPoints: [inRepository('functions/src/index.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    keepNames: true,
    sourcemap: 'external',
    legalComments: 'none',
    external: [...DEPLOYED_PACKAGES],
    define: { PORTCULLIS_FILES: JSON.stringify(files), 'import.meta.dirname': '__dirname' },
    logLevel: 'warning',
  });
  if (warnings.length > 0) throw new Error(`the bundler warned ${warnings.length} times; see above`);
}
