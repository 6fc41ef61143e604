import type { Found } from '../../domain/found.ts';
import { describeFailure } from './call-failure.ts';
import type { CallResult } from './connection.ts';

const ORDER_DOES_NOT_EXIST = '-2013';

/** A look-up of one order or stop: only the venue's own "does not exist" is absent. */
export function foundOfCall<T>(answer: CallResult<T>): Found<T> {
  if (answer.ok) return { kind: 'found', value: answer.value, asOf: answer.asOf };
  const { failure } = answer;
  if (failure.kind === 'refused' && failure.code === ORDER_DOES_NOT_EXIST) return { kind: 'absent', asOf: answer.asOf };
  return { kind: 'unavailable', cause: describeFailure(failure) };
}
