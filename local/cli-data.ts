/**
 * The operator's commands on the state of a local run: its records are served by an embedded Firestore on a free port,
 * its clock stands where the run came to, and its settings are those it ran with. Where the environment names another
 * store, or records of another environment than paper are asked for, the commands run as they are.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseCommandLine } from '../functions/src/cli/command-line.ts';
import type { CommandLine } from '../functions/src/cli/command-line.ts';
import { main } from '../functions/src/cli/main.ts';
import { OperatorError } from '../functions/src/cli/operator-error.ts';
import { installHost } from '../functions/src/compose.ts';
import { ConfigError } from '../functions/src/config/config-error.ts';
import { startFirestoreServer } from './firestore/server.ts';
import { openDataFolder } from './host/data-folder.ts';
import type { RunState } from './host/data-folder.ts';
import { localConfig } from './host/local-config.ts';
import type { ConfigText } from './host/local-config.ts';
import { PROJECT } from './host/stack.ts';
import { OptionError } from './options.ts';

const ROOT = join(import.meta.dirname, '..');
const LAST_RUN = '.local/last-run';

interface Folder {
  readonly path: string;
  /** As the operator knows it. */
  readonly name: string;
}

/** The folder to serve, or null when the records are elsewhere. */
function folderOf({ command, data, env }: CommandLine): Folder | null {
  if (command.verb === 'help') return null;
  if (data !== null) return { path: resolve(data), name: data };
  const tradingEnv = env ?? (isSet('TRADING_ENV') ? process.env['TRADING_ENV'] : 'paper');
  if (tradingEnv !== 'paper' || isSet('FIRESTORE_EMULATOR_HOST') || isSet('GOOGLE_APPLICATION_CREDENTIALS')) return null;
  return { path: join(ROOT, LAST_RUN), name: LAST_RUN };
}

/** The state of a run that has one; doctor goes without, on settings and reference NAV alone. */
function stateIn({ path, name }: Folder, verb: CommandLine['command']['verb']): RunState | null {
  const state = existsSync(join(path, 'firestore.sqlite')) ? openDataFolder(path).load() : null;
  if (state === null && verb !== 'doctor') throw new OperatorError(`there is no state of a run in ${name}: run \`npm start\` first, or say with --data where it is`);
  return state;
}

async function serve(folder: Folder, verb: CommandLine['command']['verb']): Promise<() => Promise<void>> {
  const state = stateIn(folder, verb);
  const indexes: unknown = JSON.parse(readFileSync(join(ROOT, 'firestore.indexes.json'), 'utf8'));
  const now = state?.nowAt ?? Date.now();
  const server = await startFirestoreServer({ port: 0, indexes, clock: () => now, dataFile: state === null ? ':memory:' : join(folder.path, 'firestore.sqlite') });
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: server.host, GCLOUD_PROJECT: PROJECT, METADATA_SERVER_DETECTION: 'none' });
  installHost({ clock: { now: () => now, sleep: () => Promise.resolve() }, ...(state === null ? {} : settingsOf(state)) });
  return () => server.close();
}

/** Nothing when the settings are those of the config folder, or have faults, which the command itself tells. */
function settingsOf({ symbols }: RunState): { readonly configText?: ConfigText } {
  try {
    const narrowed = new Set(localConfig(null).symbols).symmetricDifference(new Set(symbols)).size > 0;
    return narrowed ? { configText: localConfig(symbols).text } : {};
  } catch (error) {
    if (error instanceof ConfigError) return {};
    throw error;
  }
}

/** An emulator takes any project, and those of this repository hold this one; the client asks for one all the same. */
function nameProjectOfEmulator(): void {
  if (isSet('FIRESTORE_EMULATOR_HOST') && !isSet('GCLOUD_PROJECT') && !isSet('GOOGLE_CLOUD_PROJECT')) process.env['GCLOUD_PROJECT'] = PROJECT;
}

const isSet = (variable: string): boolean => (process.env[variable] ?? '') !== '';

async function run(args: readonly string[]): Promise<number> {
  const line = parseCommandLine(args);
  const folder = folderOf(line);
  if (folder === null) {
    nameProjectOfEmulator();
    return main(args, process.stdout, process.stderr);
  }
  const close = await serve(folder, line.command.verb);
  try {
    return await main(args, process.stdout, process.stderr, `the local run in ${folder.name}`);
  } finally {
    await close();
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!isUserError(error)) throw error;
  process.stderr.write(`portcullis: ${error.message}\n`);
  process.exitCode = 2;
}

function isUserError(error: unknown): error is Error {
  if (error instanceof OperatorError || error instanceof OptionError) return true;
  return error instanceof Error && error.message.startsWith('Cannot open the Firestore data file');
}
