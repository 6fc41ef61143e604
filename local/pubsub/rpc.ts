import { type handleUnaryCall, type sendUnaryData, type ServerUnaryCall, status } from '@grpc/grpc-js';
import type { Counters } from './counters.ts';
import { PubSubError } from './pubsub-error.ts';

/** The status a client gets for an error. */
export function grpcStatus(error: unknown): { code: status; details: string } {
  if (error instanceof PubSubError) return { code: error.code, details: error.message };
  return { code: status.INTERNAL, details: error instanceof Error ? error.message : String(error) };
}

type Answer<Request, Response> = (
  request: Request,
  call: ServerUnaryCall<Request, Response>,
) => Response | Promise<Response>;

export type Unary = <Request, Response>(answer: Answer<Request, Response>) => handleUnaryCall<Request, Response>;

async function reply<Request, Response>(
  answer: Answer<Request, Response>,
  call: ServerUnaryCall<Request, Response>,
  callback: sendUnaryData<Response>,
): Promise<void> {
  let response: Response;
  try {
    response = await answer(call.request, call);
  } catch (error) {
    callback(grpcStatus(error));
    return;
  }
  callback(null, response);
}

/** Turns functions from request to response into gRPC handlers that count calls and answer thrown errors. */
export function unaryHandlers(counters: Counters): Unary {
  return (answer) => (call, callback) => {
    counters.rpcs += 1;
    void reply(answer, call, callback);
  };
}
