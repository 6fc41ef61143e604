/**
 * A Firestore for development and tests: the gRPC protocol google.firestore.v1 on memory and a SQLite file, for the unmodified
 * Node client through FIRESTORE_EMULATOR_HOST; and reads by REST for pages (see rest/).
 *
 * What it keeps of production: atomic commits, serializable transactions under pessimistic locks, reads in the past, query
 * semantics and limits, composite index enforcement, listeners. An acknowledged commit survives kill -9 (see store/sqlite-file.ts).
 * What it leaves out: security rules and authentication (every client may do everything, so bind it to the loopback interface),
 * explain, pipelines, vector search, the Write stream and single-document RPCs, which no Node client calls.
 */
import { Server, ServerCredentials } from '@grpc/grpc-js';
import { Counters } from './counters.ts';
import type { Counts } from './counters.ts';
import type { Engine } from './engine.ts';
import { httpServer } from './http-requests.ts';
import { parseIndexConfig } from './indexes/index-config.ts';
import { serviceDefinition } from './protocol/service-definition.ts';
import { firestoreMethods } from './rpc/service.ts';
import { SharedPort } from './shared-port.ts';
import { DocumentStore } from './store/document-store.ts';
import { LockTable } from './transactions/lock-table.ts';
import { TransactionRegistry } from './transactions/transaction-registry.ts';

export interface FirestoreServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** The interface to listen on; 127.0.0.1 by default. */
  readonly host?: string;
  /** A file that keeps the documents, created when absent; `:memory:` (the default) keeps them while the server runs. */
  readonly dataFile?: string;
  /** Parsed firestore.indexes.json. When given, queries that need an index it does not have are refused. */
  readonly indexes?: unknown;
  /** Milliseconds since 1970, the source of commit times; `Date.now` by default. */
  readonly clock?: () => number;
}

export interface FirestoreServer {
  readonly port: number;
  /** For FIRESTORE_EMULATOR_HOST: `127.0.0.1:port`. */
  readonly host: string;
  counters(): Counts;
  /** Closes all connections and the data file. */
  close(): Promise<void>;
}

/** @throws Error when the port or the data file is in use, or when `indexes` is malformed */
export async function startFirestoreServer(options: FirestoreServerOptions): Promise<FirestoreServer> {
  const indexes = options.indexes === undefined ? undefined : parseIndexConfig(options.indexes);
  const store = new DocumentStore({ dataFile: options.dataFile ?? ':memory:', nowMs: options.clock ?? Date.now });
  const locks = new LockTable();
  const transactions = new TransactionRegistry(store, locks);
  const engine: Engine = { store, locks, transactions, counters: new Counters(), indexes };

  const grpc = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 });
  grpc.addService(serviceDefinition(), firestoreMethods(engine));
  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure());
  const http = httpServer(engine);
  const shared = new SharedPort(injector, http, (peer) => transactions.connectionClosed(peer));
  const host = options.host ?? '127.0.0.1';
  try {
    const port = await shared.listen(options.port, host);
    return {
      port,
      host: `${host}:${port}`,
      counters: () => engine.counters.counts(),
      close: async () => {
        transactions.endAll();
        injector.destroy();
        grpc.forceShutdown();
        await shared.close();
        store.close();
      },
    };
  } catch (error) {
    grpc.forceShutdown();
    store.close();
    throw error;
  }
}
