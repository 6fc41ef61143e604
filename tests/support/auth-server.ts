/** As much of the Auth emulator's HTTP as firebase-admin asks here: accounts are looked up and updated; tokens are not signed. */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { PROJECT } from './local-stack.ts';

export interface FakeUser {
  readonly localId: string;
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly disabled?: boolean;
  /** Claims as JSON. */
  readonly customAttributes?: string;
  /** Seconds since 1970: tokens from before are revoked. */
  readonly validSince?: string;
}

export interface AuthServer {
  /** `host:port`, for FIREBASE_AUTH_EMULATOR_HOST. */
  readonly host: string;
  readonly users: Map<string, FakeUser>;
}

const lookup = z.object({ localId: z.array(z.string()).default([]), email: z.array(z.string()).default([]) });
const update = z.object({ localId: z.string(), customAttributes: z.string().optional(), validSince: z.union([z.string(), z.number()]).transform(String).optional() });

export async function startAuthServer(cleanUp: AsyncDisposableStack, users: readonly FakeUser[]): Promise<AuthServer> {
  const known = new Map(users.map((user) => [user.localId, user]));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = answerTo(known, request.url ?? '', JSON.parse(await text(request)));
    response.writeHead(body === null ? 404 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? { error: { message: 'NOT_FOUND' } }));
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  cleanUp.defer(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const address = z.object({ port: z.number() }).parse(server.address());
  return { host: `127.0.0.1:${address.port}`, users: known };
}

function answerTo(users: Map<string, FakeUser>, url: string, body: unknown): unknown {
  if (url.endsWith(`/projects/${PROJECT}/accounts:lookup`)) {
    const { localId, email } = lookup.parse(body);
    const found = [...users.values()].filter((user) => localId.includes(user.localId) || email.includes(user.email ?? ''));
    return found.length === 0 ? {} : { users: found };
  }
  if (!url.endsWith(`/projects/${PROJECT}/accounts:update`)) return null;
  const { localId, customAttributes, validSince } = update.parse(body);
  const before = users.get(localId);
  if (before === undefined) return null;
  users.set(localId, { ...before, ...(customAttributes === undefined ? {} : { customAttributes }), ...(validSince === undefined ? {} : { validSince }) });
  return { localId };
}

/** An ID token of the emulator's kind for an account, with these claims; `expiresIn` and `issuedAgo` in seconds. */
export function unsignedToken(uid: string, claims: Readonly<Record<string, unknown>>, { expiresIn = 3600, issuedAgo = 10, project = PROJECT } = {}): string {
  const now = Math.floor(Date.now() / 1000);
  const payload = { iss: `https://securetoken.google.com/${project}`, aud: project, sub: uid, user_id: uid, iat: now - issuedAgo, auth_time: now - issuedAgo, exp: now + expiresIn, ...claims };
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(payload)}.`;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
