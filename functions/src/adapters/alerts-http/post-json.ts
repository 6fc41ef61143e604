/** One POST with a deadline over connect, headers and body. Redirects are not followed: an address that moves is told. */
import type { AlertOutcome } from '../../ports/alert-sink.ts';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly deadlineMs: number;
}

/** Causes name a status or a network error, never the address: it may be a secret itself. */
export async function postJson({ url, headers, body, deadlineMs }: Post): Promise<AlertOutcome> {
  const signal = AbortSignal.timeout(deadlineMs);
  try {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body, redirect: 'manual', signal });
    await response.arrayBuffer();
    return response.ok ? { kind: 'sent' } : { kind: 'failed', cause: `answered HTTP ${response.status}` };
  } catch (error) {
    return { kind: 'failed', cause: signal.aborted ? `no answer within ${deadlineMs} ms` : causeOf(error) };
  }
}

function causeOf(error: unknown): string {
  const root = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (root instanceof Error && 'code' in root && typeof root.code === 'string') return `not reached: ${root.code}`;
  return 'not reached';
}
