/** The official Functions emulator on the built functions, in a folder of its own: nothing is written into the repository. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { builtFunctions } from './built-functions.ts';
import { freePort, startServer } from './child-process.ts';
import { PROJECT } from './local-stack.ts';
import type { LocalStack } from './local-stack.ts';
import { temporaryFolder } from './temporary-folder.ts';

const REGION = 'asia-northeast1';
const firebaseJson = z.looseObject({ functions: z.array(z.looseObject({ source: z.string(), configDir: z.string() })).length(1), emulators: z.looseObject({}) });

export interface FunctionsEmulator {
  /** Where a function is called by its event. */
  url(name: string): string;
  /** Where an HTTPS function answers. */
  httpsUrl(name: string): string;
  output(): string;
  /** The folder of the built functions. */
  readonly built: string;
}

export interface EmulatorOptions {
  /** Where the configuration of the build is; that of the repository unless told otherwise. */
  readonly configDir?: string;
  /** Secrets beside the venue's. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Variables beside those of the stack. */
  readonly env?: Readonly<Record<string, string>>;
}

export async function startFunctionsEmulator(cleanUp: AsyncDisposableStack, stack: LocalStack, options: EmulatorOptions = {}): Promise<FunctionsEmulator> {
  const project = await temporaryFolder(cleanUp);
  const config = firebaseJson.parse(JSON.parse(await readFile(inRepository('firebase.json'), 'utf8')));
  const [{ source, configDir }] = z.tuple([firebaseJson.shape.functions.element]).parse(config.functions);
  await cp(await builtFunctions(cleanUp, options.configDir), join(project, source), { recursive: true, verbatimSymlinks: true });
  const secrets = { VENUE_CREDENTIALS: stack.venueCredentials, ...options.secrets };
  await writeFile(join(project, source, '.secret.local'), Object.entries(secrets).map(([name, value]) => `${name}=${value}\n`).join(''));
  await writeFile(join(project, configDir, '.env.local'), await readFile(inRepository('functions/.env.example'), 'utf8'));
  const port = await freePort();
  await writeFile(join(project, 'firebase.json'), JSON.stringify({ ...config, emulators: { ...config.emulators, ...(await freePorts(port)) } }));
  const server = await startServer(cleanUp, {
    script: inRepository('node_modules/firebase-tools/lib/bin/firebase.js'),
    args: ['emulators:start', '--only', 'functions', '--project', PROJECT],
    cwd: project,
    env: { ...stack.env, ...options.env, CI: 'true' },
    ready: /All emulators ready/,
    timeoutMs: 60_000,
  });
  return {
    url: (name) => `http://127.0.0.1:${port}/functions/projects/${PROJECT}/triggers/${REGION}-${name}-0`,
    httpsUrl: (name) => `http://127.0.0.1:${port}/${PROJECT}/${REGION}/${name}`,
    output: () => server.output(),
    built: join(project, source),
  };
}

/** Every emulator that comes with the one for functions wants a port too. */
async function freePorts(functionsPort: number) {
  const entries = ['hub', 'logging', 'eventarc', 'tasks'].map(async (name) => [name, { host: '127.0.0.1', port: await freePort() }] as const);
  return { ...Object.fromEntries(await Promise.all(entries)), functions: { host: '127.0.0.1', port: functionsPort } };
}
