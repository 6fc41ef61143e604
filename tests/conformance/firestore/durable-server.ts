/** The embedded server as a process of its own, for tests that kill it. Tells its parent where it listens. */
import { startFirestoreServer } from '../../../local/firestore/server.ts';

const server = await startFirestoreServer({ port: 0, dataFile: process.argv[2] ?? ':memory:' });
process.send?.(server.host);
