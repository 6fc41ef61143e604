/** The package.json and package-lock.json of what is deployed: only what the bundle leaves outside, at exact versions. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { inRepository } from './repository.ts';

/** Not in the bundle. firebase-admin finds @google-cloud/firestore by itself, so nothing of ours imports it. */
export const DEPLOYED_PACKAGES = ['@google-cloud/firestore', '@google-cloud/pubsub', 'firebase-admin', 'firebase-functions'] as const;

/** Committed, and written anew by `npm run lock:functions`. */
export const DEPLOYED_LOCK = inRepository('functions/deploy/package-lock.json');

const functionsPackage = z.object({
  license: z.string(),
  engines: z.object({ node: z.string() }),
  dependencies: z.record(z.string(), z.string()),
});
const exactVersion = z.string().regex(/^\d+\.\d+\.\d+$/);

const lockFile = z.looseObject({
  name: z.string(),
  version: z.string(),
  lockfileVersion: z.literal(3),
  requires: z.literal(true),
  packages: z.looseObject({ '': z.looseObject({ dependencies: z.record(z.string(), z.string()) }) }),
});

export interface DeployedPackage {
  readonly name: string;
  readonly version: string;
  readonly private: true;
  readonly license: string;
  readonly main: string;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
}

export async function deployedPackage(version: string): Promise<DeployedPackage> {
  const source = functionsPackage.parse(JSON.parse(await readFile(inRepository('functions/package.json'), 'utf8')));
  const pinned = DEPLOYED_PACKAGES.map((name) => {
    const wanted = exactVersion.safeParse(source.dependencies[name]);
    if (!wanted.success) throw new Error(`functions/package.json must name an exact version of ${name}, such as 1.2.3.`);
    return [name, wanted.data] as const;
  });
  const { license, engines } = source;
  return { name: 'portcullis-functions', version, private: true, license, main: 'index.js', engines, dependencies: Object.fromEntries(pinned) };
}

/** The text of the committed lock file under the name and version of `deployed`. Throws when it locks other versions. */
export async function deployedLock(deployed: DeployedPackage): Promise<string> {
  const lock = lockFile.parse(JSON.parse(await readFile(DEPLOYED_LOCK, 'utf8')));
  const { name, version, dependencies } = deployed;
  if (JSON.stringify(lock.packages[''].dependencies) !== JSON.stringify(dependencies)) {
    throw new Error('functions/deploy/package-lock.json does not lock the versions of functions/package.json; run npm run lock:functions.');
  }
  const root = { ...lock.packages[''], name, version };
  return jsonText({ ...lock, name, version, packages: { ...lock.packages, '': root } });
}

export const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
