/** Turns handlers into gRPC methods: cancellation becomes a signal, errors become statuses, every call is counted. */
import { Metadata } from '@grpc/grpc-js';
import type {
  handleBidiStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
  ServiceError,
  UntypedServiceImplementation,
} from '@grpc/grpc-js';
import type { Call, Engine } from '../engine.ts';
import type { StreamHandler, UnaryHandler } from '../rpc/handler.ts';
import type { Received } from './service-definition.ts';
import { invalidArgument, statusOf, unimplemented } from './status.ts';

/** The documented size limit of a request. */
const MAX_REQUEST_BYTES = 10 * 1024 * 1024;

/** Any method of the service; requests come with their size on the wire. */
export type Method = UntypedServiceImplementation[string];

interface Cancellable {
  on(event: 'cancelled', listener: () => void): unknown;
  getPeer(): string;
}

/** One reason for all, because gRPC reports the end of every call like this, and a reason made anew costs as much as a small call. */
const CALL_ENDED = new Error('The call has ended.');

function callOf(grpcCall: Cancellable): Call {
  const controller = new AbortController();
  grpcCall.on('cancelled', () => controller.abort(CALL_ENDED));
  return { signal: controller.signal, peer: grpcCall.getPeer() };
}

function serviceError(error: unknown): ServiceError {
  const { code, message } = statusOf(error);
  return Object.assign(new Error(message), { code, details: message, metadata: new Metadata() });
}

function checkSize({ bytes }: Received<unknown>): void {
  if (bytes > MAX_REQUEST_BYTES) {
    throw invalidArgument(`The request has ${bytes} bytes; at most ${MAX_REQUEST_BYTES} are allowed. Split it.`);
  }
}

/** Never rejects: what goes wrong goes to the client. */
async function settle<T>(answer: Promise<T>, done: (value: T) => void, failed: (error: ServiceError) => void): Promise<void> {
  let value: T;
  try {
    value = await answer;
  } catch (error) {
    failed(serviceError(error));
    return;
  }
  done(value);
}

export function unary<Request, Response>(engine: Engine, name: string, handler: UnaryHandler<Request, Response>): Method {
  const answer = async (received: Received<Request>, call: Call): Promise<Response> => {
    checkSize(received);
    return await handler(engine, received.message, call);
  };
  const method: handleUnaryCall<Received<Request>, Response> = (grpcCall, callback) => {
    engine.counters.call(name);
    void settle(
      answer(grpcCall.request, callOf(grpcCall)),
      (response) => callback(null, response),
      (error) => callback(error),
    );
  };
  return method;
}

export function serverStream<Request, Response>(engine: Engine, name: string, handler: StreamHandler<Request, Response>): Method {
  const answer = async (received: Received<Request>, call: Call): Promise<Iterable<Response>> => {
    checkSize(received);
    return await handler(engine, received.message, call);
  };
  const method: handleServerStreamingCall<Received<Request>, Response> = (grpcCall) => {
    engine.counters.call(name);
    const sendAll = (responses: Iterable<Response>): void => {
      for (const response of responses) grpcCall.write(response);
      grpcCall.end();
    };
    // Headers first: the client takes a stream that ends without them for a lost connection, and repeats it for seven seconds.
    const fail = (error: ServiceError): void => {
      grpcCall.sendMetadata(new Metadata());
      grpcCall.emit('error', error);
    };
    void settle(answer(grpcCall.request, callOf(grpcCall)), sendAll, fail);
  };
  return method;
}

/** One side of an open two-way stream. */
export interface Conversation<Request> {
  receive(request: Request): void;
  /** The client has hung up. */
  end(): void;
}

export function conversation<Request>(engine: Engine, name: string, open: (send: (response: object) => void) => Conversation<Request>): Method {
  const method: handleBidiStreamingCall<Received<Request>, object> = (grpcCall) => {
    engine.counters.call(name);
    const partner = open((response) => grpcCall.write(response));
    grpcCall.on('data', ({ message }: Received<Request>) => {
      try {
        partner.receive(message);
      } catch (error) {
        partner.end();
        grpcCall.emit('error', serviceError(error));
      }
    });
    grpcCall.on('end', () => {
      partner.end();
      grpcCall.end();
    });
    grpcCall.on('cancelled', () => partner.end());
  };
  return method;
}

/** A method that this server does not have, said clearly, for calls of one request and for streams. */
export function unsupported(name: string, isStream: boolean): Method {
  const error = serviceError(unimplemented(`The embedded Firestore does not implement the RPC ${name}.`));
  const single: handleUnaryCall<unknown, unknown> = (_call, callback) => callback(error);
  const stream: handleServerStreamingCall<unknown, unknown> = (grpcCall) => {
    grpcCall.sendMetadata(new Metadata());
    grpcCall.emit('error', error);
  };
  return isStream ? stream : single;
}
