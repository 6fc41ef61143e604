/** Calls a deployed HTTPS function as the platform would, with as much of Express as the functions of this project use. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { HttpsFunction } from 'firebase-functions/https';
import type { Identities } from '../../functions/src/ports/identities.ts';

/** Servers of this machine listen on its loopback interface: who reaches them is its operator, by any token. */
export const LOCAL_OPERATOR: Identities = {
  verify: () => Promise.resolve({ kind: 'known', uid: 'local', name: 'operator of this machine', role: 'operator' }),
};
const ANY_TOKEN = 'Bearer local';

export async function runHttps(called: HttpsFunction, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const rawBody = await buffer(request);
  const asked = Object.assign(request, { rawBody, headers: { ...request.headers, authorization: ANY_TOKEN } });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the functions use no more of Express than this
  await called(asked as unknown as Parameters<HttpsFunction>[0], expressResponse(response) as unknown as Parameters<HttpsFunction>[1]);
}

function expressResponse(response: ServerResponse): object {
  const express = {
    status: (code: number) => {
      response.statusCode = code;
      return express;
    },
    set: (headers: Readonly<Record<string, string>>) => {
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      return express;
    },
    type: (type: string) => {
      response.setHeader('content-type', type);
      return express;
    },
    send: (body: string) => response.end(body),
    end: () => response.end(),
    // The wrapper of firebase-functions listens for the end.
    on: (event: string, listener: () => void) => {
      response.on(event, listener);
      return express;
    },
  };
  return express;
}
