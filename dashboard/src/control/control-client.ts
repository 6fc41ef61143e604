/** Asks the control function for a change. It is the page's only way to change anything, and decides and audits by itself. */
import { asFields, asText } from '../records/fields.ts';

export type Verb = 'halt' | 'reduce' | 'resume';

export interface ControlRequest {
  readonly verb: Verb;
  /** Made when the question is put: asking twice with the same one changes nothing twice. */
  readonly requestId: string;
  readonly reason: string;
  /** Until it ends by itself; null until an operator ends it. Resuming has no end. */
  readonly minutes?: number | null;
}

export type ControlAnswer = { readonly kind: 'done'; readonly summary: string } | { readonly kind: 'refused' | 'unclear'; readonly message: string };

const CONTROL_PATH = '/api/control';
const DEADLINE_MS = 20_000;

interface Reply {
  readonly summary: string;
  readonly error: { readonly message: string; readonly next: string };
}

export async function askControl(request: ControlRequest, token: () => Promise<string | null>, send: typeof fetch): Promise<ControlAnswer> {
  try {
    const idToken = await token();
    const headers = { 'content-type': 'application/json', ...(idToken === null ? {} : { authorization: `Bearer ${idToken}` }) };
    const response = await send(CONTROL_PATH, { method: 'POST', headers, body: JSON.stringify(request), signal: AbortSignal.timeout(DEADLINE_MS) });
    return answerOf(response.status, response.ok, asFields<Reply>(parsed(await response.text())));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { kind: 'unclear', message: `No answer (${error.message}). It may have been done: look at the trading state, then ask again; the same question is not done twice.` };
  }
}

function answerOf(status: number, ok: boolean, reply: { readonly [K in keyof Reply]?: unknown } | null): ControlAnswer {
  if (ok) return { kind: 'done', summary: asText(reply?.summary) ?? 'Done.' };
  const error = asFields<Reply['error']>(reply?.error);
  const message = [asText(error?.message) ?? `Control answered ${status}`, asText(error?.next)].filter((part) => part !== null).map(sentence).join(' ');
  return { kind: status >= 500 && status !== 501 ? 'unclear' : 'refused', message };
}

/** Control answers in halves of sentences, for tools to join as they like. */
const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}${words.endsWith('.') ? '' : '.'}`;

/** Null for what is not JSON, such as a proxy's page of an error. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
