/** The functions as they would be uploaded: built from the sources of this moment, loaded, and asked what they declare. */
import { mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { GOLDEN_MANIFEST, discoverManifest } from '../deployable/discover-manifest.ts';
import { deployableEndpoints, uploadedFiles } from '../deployable/firebase-cli.ts';
import { inRepository } from '../deployable/repository.ts';
import { writeDeployable } from '../deployable/write-deployable.ts';
import { failed, outcomeOf, passed } from './outcome.ts';
import type { BuiltCode, Check } from './check.ts';

/** Expected to be uploaded, and nothing else. */
const UPLOADED = ['index.js', 'package-lock.json', 'package.json'];

/** Rejects with the fault of settings, bundler or code. The folder lives as long as `cleanUp`. */
export async function buildCode(variables: NodeJS.Dict<string>, cleanUp: AsyncDisposableStack): Promise<BuiltCode> {
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-deploy-check-'));
  cleanUp.defer(() => rm(folder, { recursive: true }));
  await writeDeployable({ outDir: folder });
  await symlink(inRepository('node_modules'), join(folder, 'node_modules'));
  return { folder, manifest: await discoverManifest(folder, variables), bundle: await readFile(join(folder, 'index.js'), 'utf8') };
}

export const bundleCheck: Check = {
  name: 'bundle',
  run: async ({ code }) => {
    const { folder } = await code();
    const uploaded = await uploadedFiles(folder);
    if (!isDeepStrictEqual(uploaded, UPLOADED)) return failed(`would upload ${uploaded.join(', ')}`, `keep everything but ${UPLOADED.join(', ')} out, by functions[0].ignore of firebase.json`);
    return passed(`builds and loads, ${Math.round((await stat(join(folder, 'index.js'))).size / 1024)} KiB, uploads ${uploaded.join(', ')}`);
  },
};

const endpoint = z.looseObject({ availableMemoryMb: z.number(), timeoutSeconds: z.number(), scheduleTrigger: z.looseObject({ schedule: z.string() }).optional() });
export const manifestOf = z.looseObject({ endpoints: z.record(z.string(), endpoint) });

export const manifestCheck: Check = {
  name: 'functions manifest',
  run: async ({ code }) => {
    const found = manifestOf.parse((await code()).manifest);
    const accepted = manifestOf.parse(JSON.parse(await readFile(GOLDEN_MANIFEST, 'utf8')));
    const names = [...new Set([...Object.keys(found.endpoints), ...Object.keys(accepted.endpoints)])].toSorted();
    const problems = names.flatMap((name) => differences(name, accepted.endpoints[name], found.endpoints[name]));
    if (!isDeepStrictEqual(found['params'], accepted['params'])) problems.push('params and secrets differ');
    const schedules = names.flatMap((name) => found.endpoints[name]?.scheduleTrigger?.schedule ?? []);
    return outcomeOf(problems, `${names.length} functions as accepted, schedules ${schedules.join(' | ')}`, 'if that is wanted: npm run golden:accept, and review the difference');
  },
};

/** Where a deployment runs, as whom and from which address is its own affair; everything else is accepted by review. */
const OWN_AFFAIR = ['region', 'serviceAccountEmail', 'vpc'];

function differences(name: string, accepted: Readonly<Record<string, unknown>> | undefined, found: Readonly<Record<string, unknown>> | undefined): string[] {
  if (accepted === undefined) return [`${name} is new`];
  if (found === undefined) return [`${name} is gone`];
  const keys = [...new Set([...Object.keys(accepted), ...Object.keys(found)])].filter((key) => !OWN_AFFAIR.includes(key));
  return keys.filter((key) => !isDeepStrictEqual(accepted[key], found[key])).map((key) => `${name}.${key} is ${JSON.stringify(found[key])}, accepted ${JSON.stringify(accepted[key])}`);
}

export const firebaseCheck: Check = {
  name: "firebase's own checks",
  run: async ({ code, envFile }) => {
    const { manifest } = await code();
    try {
      const regions = Object.entries(await deployableEndpoints(manifest, envFile.variables ?? {}));
      return passed(regions.map(([region, names]) => `${names.length} functions in ${region}`).join(', '));
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error), 'firebase deploy would stop here too: correct what it names');
    }
  },
};
