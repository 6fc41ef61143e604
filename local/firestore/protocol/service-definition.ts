/** The gRPC service google.firestore.v1.Firestore with its serializers. */
import type { ServiceDefinition } from '@grpc/grpc-js';
import { firestoreService } from './protos.ts';

/** A request and the bytes it took on the wire. */
export interface Received<T> {
  readonly message: T;
  readonly bytes: number;
}

export function serviceDefinition(): ServiceDefinition {
  return Object.fromEntries(
    firestoreService.methodsArray.map((method) => {
      method.resolve();
      const { resolvedRequestType: requestType, resolvedResponseType: responseType } = method;
      if (requestType === null || responseType === null) throw new Error(`RPC ${method.name} has no message types.`);
      const definition = {
        path: `/google.firestore.v1.Firestore/${method.name}`,
        requestStream: method.requestStream === true,
        responseStream: method.responseStream === true,
        requestSerialize: ({ message }: Received<object>) => toBuffer(requestType.encode(message).finish()),
        requestDeserialize: (bytes: Buffer): Received<unknown> => ({ message: requestType.decode(bytes), bytes: bytes.length }),
        responseSerialize: (message: object) => toBuffer(responseType.encode(message).finish()),
        responseDeserialize: (bytes: Buffer) => responseType.decode(bytes),
      };
      return [method.name, definition];
    }),
  );
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
