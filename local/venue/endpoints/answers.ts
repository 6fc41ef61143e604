import type { Answer } from '../../../functions/src/domain/matching/rejection.ts';
import { refusalOf } from '../wire-refusal.ts';

/** The accepted value; a rejection is thrown as the wire's refusal. */
export function accepted<T>(answer: Answer<T>): T {
  if (!answer.ok) throw refusalOf(answer);
  return answer.value;
}
