/** The parts of firebase-tools that decide what is deployed, and whether it can be. They need no login and no network. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { z } from 'zod';
import { inRepository } from './repository.ts';

const require = createRequire(import.meta.url);

const callable = <F>() => z.custom<F>((value) => typeof value === 'function', 'firebase-tools no longer has this function');

type Build = z.infer<typeof build>;
const build = z.looseObject({ params: z.array(z.looseObject({ name: z.string(), type: z.string() })) });
const backend = z.looseObject({ endpoints: z.record(z.string(), z.record(z.string(), z.looseObject({ id: z.string() }))) });

const discovery = z
  .object({ buildFromV1Alpha1: callable<(manifest: unknown, project: string, region: string, runtime: string) => unknown>() })
  .parse(require('firebase-tools/lib/deploy/functions/runtimes/discovery/v1alpha1'));
const building = z
  .object({ resolveBackend: callable<(options: Record<string, unknown>) => Promise<unknown>>() })
  .parse(require('firebase-tools/lib/deploy/functions/build'));
const validation = z
  .object({ endpointsAreValid: callable<(want: unknown, have: unknown) => void>() })
  .parse(require('firebase-tools/lib/deploy/functions/validate'));
const files = z
  .object({ readdirRecursive: callable<(options: { readonly path: string; readonly ignoreStrings: readonly string[] }) => Promise<readonly { readonly name: string }[]>>() })
  .parse(require('firebase-tools/lib/fsAsync'));

interface IndexChecker {
  validateSpec(this: IndexChecker, spec: unknown): void;
}
const indexing = z.object({ FirestoreApi: callable<new () => IndexChecker>() }).parse(require('firebase-tools/lib/firestore/api'));

const PROJECT = 'demo-portcullis';

/** Endpoint ids by region. Throws what `firebase deploy --non-interactive` would print; `userEnvs` are its .env files. */
export async function deployableEndpoints(manifest: unknown, userEnvs: NodeJS.Dict<string>): Promise<Record<string, readonly string[]>> {
  const parsed = build.parse(discovery.buildFromV1Alpha1(manifest, PROJECT, 'us-central1', 'nodejs24'));
  const resolved = z
    .object({ backend })
    .parse(await building.resolveBackend({ build: withoutSecrets(parsed), firebaseConfig: { projectId: PROJECT }, userEnvs, nonInteractive: true, codebase: 'portcullis' }));
  validation.endpointsAreValid(resolved.backend, backend.parse({ endpoints: {} }));
  const regions = Object.entries(resolved.backend.endpoints);
  return Object.fromEntries(regions.map(([region, endpoints]) => [region, Object.keys(endpoints).toSorted()]));
}

/** Secrets are looked up in Secret Manager, which needs a login. */
const withoutSecrets = (parsed: Build): Build => ({ ...parsed, params: parsed.params.filter(({ type }) => type !== 'secret') });

const firebaseJson = z.looseObject({ functions: z.tuple([z.looseObject({ ignore: z.array(z.string()) })]) });

/** What `firebase deploy` would upload of a folder under the ignore list of firebase.json. */
export async function uploadedFiles(folder: string): Promise<readonly string[]> {
  const { functions } = firebaseJson.parse(JSON.parse(await readFile(inRepository('firebase.json'), 'utf8')));
  const uploaded = await files.readdirRecursive({ path: folder, ignoreStrings: functions[0].ignore });
  return uploaded.map(({ name }) => relative(folder, name)).toSorted();
}

/** Throws what `firebase deploy` would print of firestore.indexes.json. */
export function checkIndexFile(parsed: unknown): void {
  new indexing.FirestoreApi().validateSpec(parsed);
}

const environments = z.object({ parseStrict: callable<(text: string) => Record<string, string>>() }).parse(require('firebase-tools/lib/functions/env'));

/** The variables of an env file. Throws what `firebase deploy` would print of a line or a name it refuses. */
export const parseEnvText = (text: string): Readonly<Record<string, string>> => environments.parseStrict(text);

const command = z.object({ options: z.array(z.object({ long: z.string(), short: z.string().optional() })) });
const cli = z.object({ getCommand: callable<(name: string) => unknown>(), cli: command }).parse(require('firebase-tools'));

/** The options that a command of firebase takes, those of every command among them; null when there is no such command. */
export function firebaseOptions(name: string): readonly string[] | null {
  const found = command.safeParse(cli.getCommand(name));
  if (!found.success) return null;
  return [...found.data.options, ...cli.cli.options].flatMap(({ long, short }) => (short === undefined ? [long] : [long, short]));
}
