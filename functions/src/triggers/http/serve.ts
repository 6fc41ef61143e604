/** One request from arrival to answer. Whatever fails inside is told as 503 without its words, which are in the log. */
import type { HttpsFunction } from 'firebase-functions/https';
import type { Log } from '../../log/log.ts';
import { refused } from '../../app/requests/refusal.ts';
import { refusalAnswer, sendAnswer } from './answer.ts';
import type { HttpAnswer } from './answer.ts';
import { callOf } from './call.ts';
import type { HttpCall } from './call.ts';

const FAILED = refused('try_again', 'the request could not be worked off', 'send the same request again in a moment; if it stays so, look at the log', 5);

export function serve(endpoint: 'control' | 'ingest', log: () => Log, handle: (call: HttpCall) => Promise<HttpAnswer>) {
  return async (...[request, response]: Parameters<HttpsFunction>): Promise<void> => {
    sendAnswer(response, await answerOf(endpoint, log, () => handle(callOf(request))));
  };
}

async function answerOf(endpoint: string, log: () => Log, handle: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await handle();
  } catch (error) {
    log().requestFailed(endpoint, error instanceof Error ? error.message : String(error));
    return refusalAnswer(FAILED);
  }
}
