// A request as it came over the wire. Signatures cover the raw text, so nothing is re-encoded before they are checked.
import type { IncomingMessage } from 'node:http';
import { WireRefusal } from './wire-refusal.ts';

export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly apiKey: string | undefined;
}

const MAX_BODY_BYTES = 1_000_000;

export async function readRequest(message: IncomingMessage): Promise<RawRequest> {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const key = message.headers['x-mbx-apikey'];
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: mark < 0 ? '' : url.slice(mark + 1),
    body: await readBody(message),
    apiKey: typeof key === 'string' ? key : undefined,
  };
}

async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('request bodies are read as bytes: do not set an encoding on the message');
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new WireRefusal(413, -1101, `Too many parameters; at most ${MAX_BODY_BYTES} bytes are read.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
