/** `portcullis halt` and all other verbs that change something: one request, told with what it changed. */
import { actRequest } from '../schema/requests/control-request.ts';
import type { ActRequest } from '../schema/requests/control-request.ts';
import { actLines, actResult } from './act-lines.ts';
import type { Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import type { ActAsked } from './command.ts';
import { OperatorError } from './operator-error.ts';
import { UnreadableError } from './readable-store.ts';

/** Throws OperatorError when it is refused, UnreadableError when nobody knows or time alone can help. */
export async function act(ask: Ask, place: string, asked: ActAsked, requestId: string): Promise<Answer> {
  const request = requestOf(asked, requestId);
  const result = await ask(request);
  switch (result.kind) {
    case 'answered': {
      const told = actResult.safeParse(result.body);
      if (!told.success) throw new UnreadableError(`${place} answered something else than this version expects: deploy this version, or use the one that is deployed`);
      return { json: { place, ...told.data }, lines: actLines(told.data, place), exitCode: 0 };
    }
    case 'refused':
      if (result.retryAfterSeconds !== null) throw new UnreadableError(`${result.message}; ${result.next}`);
      throw new OperatorError(`${result.message}; ${result.next}`);
    case 'unclear':
      throw new UnreadableError(`nobody knows whether it was done (${result.cause}): run the same command again with --request-id ${requestId}, under which it is done at most once`);
  }
}

function requestOf(asked: ActAsked, requestId: string): ActRequest {
  const { verb, ...rest } = asked;
  const parsed = actRequest.safeParse({ verb, requestId, ...rest });
  if (parsed.success) return parsed.data;
  throw new OperatorError(parsed.error.issues.map(({ path, message }) => `--${path.join('.')} is refused: ${message}`).join('; '));
}
