import { status } from '@grpc/grpc-js';

/** A refusal that the client sees with its gRPC code; anything else that is thrown reaches it as INTERNAL. */
export class PubSubError extends Error {
  override readonly name = 'PubSubError';
  readonly code: status;

  constructor(code: status, message: string) {
    super(message);
    this.code = code;
  }
}

export const invalidArgument = (message: string): PubSubError => new PubSubError(status.INVALID_ARGUMENT, message);

export const notFound = (resource: string): PubSubError =>
  new PubSubError(status.NOT_FOUND, `Resource not found (resource=${resource}).`);

export const alreadyExists = (resource: string): PubSubError =>
  new PubSubError(status.ALREADY_EXISTS, `Resource already exists in the project (resource=${resource}).`);

export const failedPrecondition = (message: string): PubSubError => new PubSubError(status.FAILED_PRECONDITION, message);

export const unavailable = (message: string): PubSubError => new PubSubError(status.UNAVAILABLE, message);

export const unsupported = (what: string): PubSubError =>
  new PubSubError(status.UNIMPLEMENTED, `The embedded Pub/Sub does not support ${what}; test it against Google Pub/Sub.`);
