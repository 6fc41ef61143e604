/**
 * Makes the process look where the command line says: a local run's records are served by an embedded Firestore on a free
 * port, its clock stands where the run came to, and its settings are those it ran with. An emulator or a project is named
 * to the clients as their own variables would.
 */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import type { RecordLine } from '../../functions/src/cli/main.ts';
import { OperatorError } from '../../functions/src/cli/operator-error.ts';
import type { Target } from '../../functions/src/cli/target.ts';
import { installHost } from '../../functions/src/compose/host.ts';
import { ConfigError } from '../../functions/src/config/config-error.ts';
import { startFirestoreServer } from '../firestore/server.ts';
import { openDataFolder } from '../host/data-folder.ts';
import type { RunState } from '../host/data-folder.ts';
import { localConfig } from '../host/local-config.ts';
import type { ConfigText } from '../host/local-config.ts';
import { PROJECT } from '../host/stack.ts';

const ROOT = join(import.meta.dirname, '../..');
const LAST_RUN = '.local/last-run';
/** Where firebase.json has it. */
const EMULATOR_HOST = '127.0.0.1:8080';
const CONNECT_MS = 3000;

export interface OpenTarget extends AsyncDisposable {
  /** Names a local run; null for what the environment names. */
  readonly place: string | null;
}

export type Placed = RecordLine & { readonly target: Target };

/** Throws OperatorError for a place that cannot be looked at. */
export async function openTarget(line: Placed): Promise<OpenTarget> {
  const folder = folderOf(line);
  if (folder !== null) return serve(folder, line);
  if (line.target.kind === 'emulator') setIfUnset('FIRESTORE_EMULATOR_HOST', EMULATOR_HOST);
  if (line.target.kind === 'project') nameProject(line.target.id);
  if (isSet('FIRESTORE_EMULATOR_HOST') && line.command.verb !== 'help' && line.command.verb !== 'claims') await seeThatItListens(process.env['FIRESTORE_EMULATOR_HOST'] ?? '');
  // An emulator takes any project, and those of this repository hold this one; the client asks for one all the same.
  if (isSet('FIRESTORE_EMULATOR_HOST') && !isSet('GCLOUD_PROJECT') && !isSet('GOOGLE_CLOUD_PROJECT')) process.env['GCLOUD_PROJECT'] = PROJECT;
  return { place: null, [Symbol.asyncDispose]: () => Promise.resolve() };
}

interface Folder {
  readonly path: string;
  /** As the operator knows it. */
  readonly name: string;
}

/** The folder to serve, or null when the records are elsewhere. */
function folderOf({ command, target, env }: Placed): Folder | null {
  if (command.verb === 'help') return null;
  switch (target.kind) {
    case 'local':
      return target.folder === null ? { path: join(ROOT, LAST_RUN), name: LAST_RUN } : { path: resolve(target.folder), name: target.folder };
    case 'emulator':
    case 'project':
      return null;
    case 'environment': {
      const tradingEnv = env ?? (isSet('TRADING_ENV') ? process.env['TRADING_ENV'] : 'paper');
      const isAsked = (command.verb === 'act' || command.verb === 'probe venue') && isSet('PORTCULLIS_CONTROL_URL');
      const isElsewhere = isAsked || tradingEnv !== 'paper' || isSet('FIRESTORE_EMULATOR_HOST') || isSet('GOOGLE_APPLICATION_CREDENTIALS');
      return isElsewhere ? null : { path: join(ROOT, LAST_RUN), name: LAST_RUN };
    }
  }
}

async function serve(folder: Folder, { command }: Placed): Promise<OpenTarget> {
  refuseWhatNeedsMore(command, folder);
  const state = stateIn(folder, command.verb);
  const indexes: unknown = JSON.parse(readFileSync(join(ROOT, 'firestore.indexes.json'), 'utf8'));
  const now = state?.nowAt ?? Date.now();
  const server = await startFirestoreServer({ port: 0, indexes, clock: () => now, dataFile: state === null ? ':memory:' : join(folder.path, 'firestore.sqlite') });
  Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: server.host, GCLOUD_PROJECT: PROJECT, METADATA_SERVER_DETECTION: 'none' });
  installHost({ clock: { now: () => now, sleep: () => Promise.resolve() }, ...(state === null ? {} : settingsOf(state)) });
  return { place: `the local run in ${folder.name}`, [Symbol.asyncDispose]: () => server.close() };
}

/** A run that has ended has taken its exchange with it, and has no accounts. */
function refuseWhatNeedsMore(command: Placed['command'], { name }: Folder): void {
  if (command.verb === 'claims') throw new OperatorError('a local run has no accounts: say --project ID, or --emulator');
  if (command.verb === 'probe venue') throw new OperatorError(`the run in ${name} has ended and its exchange with it: say --project ID or --emulator, or which entry to judge, as in probe BTCUSDT long`);
  if (command.verb !== 'act' || command.asked.verb !== 'flatten') return;
  throw new OperatorError(`the run in ${name} has ended and its exchange with it: go on with \`npm start -- --data ${name} --dashboard\` and flatten there, or by PORTCULLIS_CONTROL_URL with its address and /api/control`);
}

/** The state of a run that has one; doctor goes without, on settings and reference NAV alone. */
function stateIn({ path, name }: Folder, verb: Placed['command']['verb']): RunState | null {
  const state = existsSync(join(path, 'firestore.sqlite')) ? openDataFolder(path).load() : null;
  if (state === null && verb !== 'doctor') throw new OperatorError(`there is no state of a run in ${name}: run \`npm start\` first, or say with --data where it is`);
  return state;
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

/** What was deployed with the project says which environment and region it has, unless the caller does. */
function nameProject(id: string): void {
  for (const variable of ['FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST']) {
    if (isSet(variable)) throw new OperatorError(`${variable} is set, so --project ${id} would not be asked: unset it, or say --emulator`);
  }
  const file = join(ROOT, `functions/.env.${id}`);
  const deployed = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  for (const [name, value] of Object.entries(deployed)) if (value !== undefined) setIfUnset(name, value);
  Object.assign(process.env, { GCLOUD_PROJECT: id, GOOGLE_CLOUD_PROJECT: id });
}

/** The Firestore client would try for most of a minute. Throws OperatorError. */
async function seeThatItListens(host: string): Promise<void> {
  const url = URL.parse(`http://${host}`);
  if (url === null) throw new OperatorError(`FIRESTORE_EMULATOR_HOST ${JSON.stringify(host)}: allowed is host:port, such as ${EMULATOR_HOST}`);
  const socket = connect({ host: url.hostname, port: Number(url.port === '' ? '80' : url.port), timeout: CONNECT_MS });
  try {
    const [problem] = await Promise.race([once(socket, 'connect'), once(socket, 'timeout').then(() => ['no answer'])]);
    if (problem === 'no answer') throw new Error('no answer');
  } catch (error) {
    const cause = error instanceof Error ? error.message || error.name : String(error);
    throw new OperatorError(`no Firestore emulator listens at ${host} (${cause}): start one with npm run emulators, or say in FIRESTORE_EMULATOR_HOST where it is`);
  } finally {
    socket.destroy();
  }
}

const isSet = (variable: string): boolean => (process.env[variable] ?? '') !== '';

function setIfUnset(variable: string, value: string): void {
  if (!isSet(variable)) process.env[variable] = value;
}
