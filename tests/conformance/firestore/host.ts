/**
 * Where the conformance tests run. They use the real client only, so that the same files can be run against the official emulator
 * (FIRESTORE_EMULATOR_HOST set) or against the embedded server (not set), which is then started on a free port.
 */
import { randomUUID } from 'node:crypto';
import { Firestore } from '@google-cloud/firestore';
import { startFirestoreServer } from '../../../local/firestore/server.ts';
import type { FirestoreServer, FirestoreServerOptions } from '../../../local/firestore/server.ts';

export interface ConformanceHost {
  /** A client of a project of its own, so that no test file sees the documents of another. */
  readonly db: Firestore;
  readonly projectId: string;
  /** Another client of the same project, with its own connection. */
  newClient(): Firestore;
  close(): Promise<void>;
}

const outside = process.env['FIRESTORE_EMULATOR_HOST'];

export async function openHost(): Promise<ConformanceHost> {
  if (outside !== undefined) return connect(async () => undefined);
  const { host } = await startEmbedded({});
  return host;
}

/** For what only the embedded server has: enforced indexes, counters, a data file. */
export async function startEmbedded(
  options: Omit<FirestoreServerOptions, 'port'>,
): Promise<{ readonly host: ConformanceHost; readonly server: FirestoreServer }> {
  const server = await startFirestoreServer({ port: 0, ...options });
  process.env['FIRESTORE_EMULATOR_HOST'] = server.host;
  return { server, host: connect(() => server.close()) };
}

function connect(stop: () => Promise<void>): ConformanceHost {
  const projectId = `demo-${randomUUID().slice(0, 8)}`;
  const clients: Firestore[] = [];
  const newClient = (): Firestore => {
    const client = new Firestore({ projectId });
    clients.push(client);
    return client;
  };
  const close = async (): Promise<void> => {
    await Promise.all(clients.map((client) => client.terminate()));
    await stop();
  };
  return { db: newClient(), projectId, newClient, close };
}
