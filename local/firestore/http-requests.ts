/**
 * The HTTP/1 requests that the official emulator answers too: `GET /`, `DELETE` of all documents of a database, and the
 * reads of the REST interface.
 */
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import type { Engine } from './engine.ts';
import { answerRest, isRestPath } from './rest/rest-reads.ts';
import type { DocumentStore } from './store/document-store.ts';

const CLEAR = /^\/emulator\/v1\/(projects\/[^/]+\/databases\/[^/]+)\/documents$/;

export function httpServer(engine: Engine): Server {
  return createServer((request, response) => {
    const path = (request.url ?? '/').replace('%28default%29', '(default)');
    const database = CLEAR.exec(path)?.[1];
    if (request.method === 'DELETE' && database !== undefined) {
      clear(engine.store, database);
      answer(response, 200, '{}', 'application/json');
    } else if (request.method === 'GET' && path === '/') {
      answer(response, 200, 'Ok', 'text/plain');
    } else if (isRestPath(path)) {
      void answerRest(engine, request, response);
    } else {
      answer(response, 404, `The embedded Firestore has no ${request.method} ${path}; it speaks gRPC.`, 'text/plain');
    }
  });
}

function answer(response: ServerResponse, status: number, body: string, type: string): void {
  response.writeHead(status, { 'content-type': type }).end(body);
}

function clear(store: DocumentStore, name: string): void {
  const database = store.database(name);
  const commitTime = store.clock.next();
  const everything = { parentPath: '', collectionId: undefined, allDescendants: true };
  const tombstones = [...database.scan(everything)].map(({ key }) => ({ key, fields: undefined, updateTime: commitTime }));
  store.commit(database, tombstones, commitTime);
}
