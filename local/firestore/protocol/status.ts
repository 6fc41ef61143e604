/** Errors of the Firestore API: a gRPC status code and one message that says what is wrong and what is allowed. */
import { status } from '@grpc/grpc-js';

export class FirestoreError extends Error {
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.name = 'FirestoreError';
    this.code = code;
  }
}

export const invalidArgument = (message: string): FirestoreError => new FirestoreError(status.INVALID_ARGUMENT, message);
export const notFound = (message: string): FirestoreError => new FirestoreError(status.NOT_FOUND, message);
export const alreadyExists = (message: string): FirestoreError => new FirestoreError(status.ALREADY_EXISTS, message);
export const failedPrecondition = (message: string): FirestoreError => new FirestoreError(status.FAILED_PRECONDITION, message);
export const aborted = (message: string): FirestoreError => new FirestoreError(status.ABORTED, message);
export const cancelled = (message: string): FirestoreError => new FirestoreError(status.CANCELLED, message);
export const unimplemented = (message: string): FirestoreError => new FirestoreError(status.UNIMPLEMENTED, message);

/**
 * What a client is told about an error that is no FirestoreError, that is, a defect of this server. The code is UNKNOWN and not
 * INTERNAL, because the client repeats reads that fail with INTERNAL for a minute and hides the defect.
 */
export function statusOf(error: unknown): { code: status; message: string } {
  if (error instanceof FirestoreError) return { code: error.code, message: error.message };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: status.UNKNOWN, message: `Defect in the embedded Firestore: ${detail}` };
}
