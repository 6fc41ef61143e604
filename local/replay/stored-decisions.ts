/** `node local/replay/stored-decisions.ts DIR`: what the run in a data folder decided, as one line of JSON. A process of its own, because a replay has the engine's only store. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../functions/src/compose/open-store.ts';
import { startFirestoreServer } from '../firestore/server.ts';
import { PROJECT } from '../host/stack.ts';
import { decisionsIn } from './decisions-in.ts';

const indexes: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../firestore.indexes.json'), 'utf8'));
const server = await startFirestoreServer({ port: 0, indexes, dataFile: join(process.argv[2] ?? '', 'firestore.sqlite') });
Object.assign(process.env, { FIRESTORE_EMULATOR_HOST: server.host, GCLOUD_PROJECT: PROJECT, METADATA_SERVER_DETECTION: 'none', TRADING_ENV: 'paper' });
process.stdout.write(`${JSON.stringify(await decisionsIn(await openStore('replay')))}\n`);
await server.close();
process.exit();
