/** The files of the dashboard as a browser gets them: one script, one style sheet, one page, named by their content. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { build } from 'esbuild';
import type { Settings } from '../../dashboard/src/settings.ts';
import { inRepository } from '../deployable/repository.ts';

/** Content by path below the site's root. */
export type SiteFiles = ReadonlyMap<string, Buffer>;

/** Throws when the bundler so much as warns. */
export async function dashboardFiles(settings: Settings): Promise<SiteFiles> {
  const [bundled, page, icon] = await Promise.all([
    bundle(),
    readFile(inRepository('dashboard/index.html'), 'utf8'),
    readFile(inRepository('dashboard/icon.svg')),
  ]);
  const files = new Map<string, Buffer>([['settings.json', Buffer.from(JSON.stringify(settings))], ['icon.svg', icon]]);
  let html = page;
  for (const { name, content } of bundled) {
    const hashed = hashedName(name, content);
    if (!html.includes(`"/${name}"`)) throw new Error(`dashboard/index.html does not refer to /${name}`);
    html = html.replaceAll(`"/${name}"`, `"/${hashed}"`);
    files.set(hashed, content);
  }
  return files.set('index.html', Buffer.from(html));
}

async function bundle(): Promise<readonly { readonly name: string; readonly content: Buffer }[]> {
  const { outputFiles, warnings } = await build({
    entryPoints: [inRepository('dashboard/src/main.ts'), inRepository('dashboard/styles.css')],
    entryNames: '[name]',
    outdir: inRepository('dashboard/dist'),
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: ['chrome123', 'safari17.5', 'firefox121'],
    legalComments: 'none',
    logLevel: 'warning',
  });
  if (warnings.length > 0) throw new Error(`the bundler warned ${warnings.length} times; see above`);
  return outputFiles.map(({ path, contents }) => ({ name: path.slice(path.lastIndexOf('/') + 1), content: Buffer.from(contents) }));
}

/** `main.js` as `assets/main-1a2b3c4d.js`, which may be cached for ever. */
function hashedName(name: string, content: Buffer): string {
  const dot = name.lastIndexOf('.');
  return `assets/${name.slice(0, dot)}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}${name.slice(dot)}`;
}
