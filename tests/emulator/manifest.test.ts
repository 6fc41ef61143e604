import { execFile } from 'node:child_process';
import { cp, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GOLDEN_MANIFEST, discoverManifest } from '../../scripts/deployable/discover-manifest.ts';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { builtFunctions } from '../support/built-functions.ts';
import { deployableEndpoints, uploadedFiles } from '../../scripts/deployable/firebase-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

const readJson = async (path: string): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
const exampleEnv = async () => parseEnv(await readFile(inRepository('functions/.env.example'), 'utf8'));

describe('the built functions', () => {
  let built: string;
  let manifest: unknown;
  beforeAll(async () => {
    built = await builtFunctions(cleanUp);
    manifest = await discoverManifest(built);
  });

  it('declare the accepted deploy manifest; accept a wanted change with `npm run golden:accept`', async () => {
    expect(manifest).toEqual(await readJson(GOLDEN_MANIFEST));
  });

  it('pass the checks that firebase deploy makes before it uploads, with functions/.env.example as its answers', async () => {
    expect(await deployableEndpoints(manifest, await exampleEnv())).toEqual({ 'asia-northeast1': ['confirm', 'control', 'execute', 'ingest', 'learn', 'screen', 'sync'] });
  });

  it('run as the account, in the region and by the subnetwork that the environment names, and pass those checks', async () => {
    const named = { REGION: 'europe-west1', SERVICE_ACCOUNT: 'portcullis@demo-portcullis.iam.gserviceaccount.com', EGRESS_SUBNET: 'portcullis-egress' };
    const declared = await discoverManifest(built, named);
    expect(z.looseObject({ endpoints: z.record(z.string(), z.unknown()) }).parse(declared).endpoints['execute']).toMatchObject({
      region: ['europe-west1'],
      serviceAccountEmail: 'portcullis@demo-portcullis.iam.gserviceaccount.com',
      vpc: { egressSettings: 'ALL_TRAFFIC', networkInterfaces: [{ subnetwork: 'portcullis-egress' }] },
    });
    expect(Object.keys(await deployableEndpoints(declared, { ...(await exampleEnv()), ...named }))).toEqual(['europe-west1']);
  });

  it('are refused by those checks when a function could not run', async () => {
    const { endpoints } = z.looseObject({ endpoints: z.looseObject({ sync: z.looseObject({}) }) }).parse(manifest);
    const broken = { ...z.looseObject({}).parse(manifest), endpoints: { ...endpoints, sync: { ...endpoints.sync, timeoutSeconds: 100_000 } } };
    await expect(deployableEndpoints(broken, await exampleEnv())).rejects.toThrow(/timeout/);
  });

  it('are uploaded without source map, installed packages, logs, settings and secrets', async () => {
    for (const name of ['.env', '.env.demo-portcullis', '.env.local', '.secret.local', 'firebase-debug.log']) await writeFile(join(built, name), 'left by a developer');
    expect(await readdir(built)).toEqual(expect.arrayContaining(['index.js.map', 'node_modules', '.secret.local']));
    expect(await uploadedFiles(built)).toEqual(['index.js', 'package-lock.json', 'package.json']);
  });

  it('name exact versions, which are those of functions/package.json', async () => {
    const { dependencies } = z.object({ dependencies: z.record(z.string(), z.string()) }).parse(await readJson(join(built, 'package.json')));
    const source = z.object({ dependencies: z.record(z.string(), z.string()) }).parse(await readJson(inRepository('functions/package.json')));
    expect(Object.keys(dependencies)).toEqual(['@google-cloud/firestore', '@google-cloud/pubsub', 'firebase-admin', 'firebase-functions']);
    expect(source.dependencies).toMatchObject(dependencies);
  });
});

describe('a configuration with a fault', () => {
  it('stops the build before anything is written, with the fault and exit code 1', async () => {
    const config = await temporaryFolder(cleanUp);
    const out = join(await temporaryFolder(cleanUp), 'dist');
    await cp(inRepository('config'), config, { recursive: true });
    await writeFile(join(config, 'runtime.json'), '{ "leaseSeconds": -1 }');
    const build = promisify(execFile)(process.execPath, [inRepository('scripts/build.ts'), '--config', config, '--out', out]);
    await expect(build).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/runtime\.json.* leaseSeconds: -1 is refused; allowed: /) });
    await expect(readdir(out)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
