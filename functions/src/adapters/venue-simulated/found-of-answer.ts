import type { Found, Reading } from '../../domain/found.ts';
import type { Answer } from '../../domain/matching/rejection.ts';

const NO_SUCH_ORDER = -2013;

/** A look-up of one order or stop in our words: only the exchange's own "does not exist" is absent. */
export function foundOfAnswer<T, R>(call: string, answer: Reading<Answer<T>>, inOurWords: (value: T) => R): Found<R> {
  if (answer.kind === 'unavailable') return answer;
  const { asOf, value } = answer;
  if (value.ok) return { kind: 'found', value: inOurWords(value.value), asOf };
  return value.code === NO_SUCH_ORDER ? { kind: 'absent', asOf } : { kind: 'unavailable', cause: `${call}: ${value.message}` };
}
