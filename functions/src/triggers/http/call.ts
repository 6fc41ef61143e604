/** A request as the edge needs it, whatever server received it. */
import type { Request } from 'firebase-functions/https';

export interface HttpCall {
  readonly method: string;
  /** By lower-case name; null when absent. */
  readonly header: (name: string) => string | null;
  readonly rawBody: Buffer;
}

export function callOf(request: Request): HttpCall {
  // Without a body there is none, whatever the type says.
  const raw: unknown = request.rawBody;
  return {
    method: request.method,
    header: (name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? value : null;
    },
    rawBody: Buffer.isBuffer(raw) ? raw : Buffer.alloc(0),
  };
}
