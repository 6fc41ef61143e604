import type { Firestore } from 'firebase-admin/firestore';

const UNAVAILABLE = 14;
const ABORTED = 10;

type Request = (method: string, ...rest: unknown[]) => Promise<unknown>;

/**
 * The client's next Commit fails as if the connection broke, before the server saw it or after it committed. The
 * method that carries every call of the client is its own, so what follows is the client's true reaction.
 */
export function loseNextCommitReply(client: Firestore, when: 'failBefore' | 'failAfter'): void {
  replaceNextCommit(client, async (commit) => {
    if (when === 'failAfter') await commit();
    throw Object.assign(new Error('connection lost'), { code: UNAVAILABLE });
  });
}

/** The server gives up the client's next Commit because of concurrent ones. */
export function abortNextCommit(client: Firestore): void {
  replaceNextCommit(client, async () => Promise.reject(Object.assign(new Error('contention'), { code: ABORTED })));
}

function replaceNextCommit(client: Firestore, replacement: (commit: () => Promise<unknown>) => Promise<unknown>): void {
  const request: unknown = Reflect.get(client, 'request');
  if (!isRequest(request)) throw new Error('this version of the client sends its calls by another method than request()');
  const breaking: Request = async (method, ...rest) => {
    if (method !== 'commit') return request.call(client, method, ...rest);
    Reflect.deleteProperty(client, 'request');
    return replacement(async () => request.call(client, method, ...rest));
  };
  Reflect.set(client, 'request', breaking);
}

const isRequest = (value: unknown): value is Request => typeof value === 'function';
