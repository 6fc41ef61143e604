/** What the client's gRPC status codes mean to the engine. Everything else is infrastructure and passes through. */
import { AlreadyExistsError, ContentionError } from '../../ports/store.ts';

const ALREADY_EXISTS = 6;
const ABORTED = 10;

/** `created` are the paths of the commit's creates: the server names the one that was taken in its message. */
export function storeErrorFrom(error: unknown, created: readonly string[]): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  if (error.code === ABORTED) return new ContentionError(error);
  if (error.code !== ALREADY_EXISTS || created.length === 0) return error;
  return new AlreadyExistsError(takenPath(error.message, created));
}

function takenPath(message: string, created: readonly string[]): string {
  const named = created.filter((path) => message.includes(path)).toSorted((a, b) => b.length - a.length);
  return named[0] ?? created.join(' or ');
}
