/**
 * The reads of Firestore's REST interface that a page in a browser needs: `documents:batchGet` and `documents:runQuery`.
 * Nothing can be written through it. Its reads are not counted: an onlooker is no cost of the engine.
 */
import { status } from '@grpc/grpc-js';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Counters } from '../counters.ts';
import type { Call, Engine } from '../engine.ts';
import { messageType } from '../protocol/protos.ts';
import { FirestoreError, invalidArgument, statusOf } from '../protocol/status.ts';
import { batchGetDocuments } from '../rpc/batch-get-documents.ts';
import type { StreamHandler } from '../rpc/handler.ts';
import { runQuery } from '../rpc/run-query.ts';
import { documentToJson, requestFromJson, timestampToJson } from './json-value.ts';

const METHOD = /^\/v1\/(?<database>projects\/[^/]+\/databases\/[^/]+)\/documents(?<below>\/[^:?]+)?:(?<method>\w+)(?:\?.*)?$/;
const MAX_BODY_BYTES = 1024 * 1024;
const HTTP_STATUS: Readonly<Partial<Record<status, number>>> = {
  [status.INVALID_ARGUMENT]: 400,
  [status.FAILED_PRECONDITION]: 400,
  [status.PERMISSION_DENIED]: 403,
  [status.NOT_FOUND]: 404,
};

export const isRestPath = (path: string): boolean => path.startsWith('/v1/');

/** Answers one request; never rejects. */
export async function answerRest(engine: Engine, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const aborted = new AbortController();
  response.once('close', () => aborted.abort());
  try {
    const call: Call = { signal: aborted.signal, peer: `${request.socket.remoteAddress}:${request.socket.remotePort}` };
    send(response, 200, await readBy({ ...engine, counters: new Counters() }, request, call));
  } catch (error) {
    const { code, message } = statusOf(error);
    const httpStatus = HTTP_STATUS[code] ?? 500;
    send(response, httpStatus, { error: { code: httpStatus, status: status[code], message } });
  }
}

async function readBy(engine: Engine, request: IncomingMessage, call: Call): Promise<unknown> {
  const { database, below = '', method } = METHOD.exec(decodeURIComponent(request.url ?? ''))?.groups ?? {};
  if (request.method === 'POST' && database !== undefined) {
    if (method === 'batchGet' && below === '') return answers(engine, batchGetDocuments, 'BatchGetDocumentsRequest', { ...(await bodyOf(request)), database }, call);
    if (method === 'runQuery') return answers(engine, runQuery, 'RunQueryRequest', { ...(await bodyOf(request)), parent: `${database}/documents${below}` }, call);
  }
  throw new FirestoreError(status.PERMISSION_DENIED, `${request.method ?? ''} ${request.url ?? ''} is refused: the REST interface of the embedded Firestore has documents:batchGet and documents:runQuery, and no writes.`);
}

/** The handlers know their own messages; a JSON request becomes one by the same definitions as bytes do. */
async function answers<Request, Response extends object>(
  engine: Engine,
  handler: StreamHandler<Request, Response>,
  type: string,
  json: object,
  call: Call,
): Promise<readonly unknown[]> {
  const message: object = messageFrom(type, json);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- protobufjs checked it against the type of that name
  const responses = await handler(engine, message as Request, call);
  return [...responses].map(toJson);
}

function messageFrom(type: string, json: object): object {
  if ('newTransaction' in json || 'transaction' in json) throw invalidArgument('Transactions are not for the REST interface of the embedded Firestore; read without one.');
  try {
    return messageType(type).fromObject(Object(requestFromJson(json)));
  } catch (error) {
    throw invalidArgument(`The request is not a ${type}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Documents and times of an answer; everything else is plain JSON. */
function toJson(response: object): unknown {
  return Object.fromEntries(
    Object.entries(response).map(([key, value]) => {
      if (key === 'found' || key === 'document') return [key, documentToJson(value)];
      return [key, key === 'readTime' ? timestampToJson(value) : value];
    }),
  );
}

async function bodyOf(request: IncomingMessage): Promise<object> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) throw invalidArgument('The body is not made of bytes.');
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw invalidArgument(`The body is larger than ${MAX_BODY_BYTES} bytes; ask for less at once.`);
    chunks.push(chunk);
  }
  return parsed(Buffer.concat(chunks).toString('utf8'));
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw invalidArgument('The body is not a JSON object.');
}

function send(response: ServerResponse, code: number, body: unknown): void {
  response.writeHead(code, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}
