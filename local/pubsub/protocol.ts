/**
 * gRPC service definitions built from the descriptor that the official client itself ships, so that the
 * server and the client can never disagree about the format.
 */
import { createRequire } from 'node:module';
import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

const PACKAGE = 'google.pubsub.v1';

function loadRoot(): protobuf.Root {
  const require = createRequire(import.meta.url);
  // The descriptor is a JSON file of another package, whose shape protobufjs checks as it reads it.
  const descriptor: protobuf.INamespace = require('@google-cloud/pubsub-api/build/protos/protos.json');
  const root = protobuf.Root.fromJSON(descriptor);
  root.resolveAll();
  return root;
}

const root = loadRoot();

function messageType(type: protobuf.Type | null, method: string): protobuf.Type {
  if (type === null) throw new Error(`protos.json has no message type for ${method}`);
  return type;
}

const encoder = (type: protobuf.Type) => (value: object) => Buffer.from(type.encode(type.fromObject(value)).finish());

const decoder = (type: protobuf.Type) => (bytes: Buffer) =>
  type.toObject(type.decode(bytes), { longs: Number, enums: String, defaults: true });

function methodDefinition(service: protobuf.Service, method: protobuf.Method): MethodDefinition<object, object> {
  const path = `/${PACKAGE}.${service.name}/${method.name}`;
  const request = messageType(method.resolvedRequestType, path);
  const response = messageType(method.resolvedResponseType, path);
  return {
    path,
    requestStream: method.requestStream ?? false,
    responseStream: method.responseStream ?? false,
    requestSerialize: encoder(request),
    requestDeserialize: decoder(request),
    responseSerialize: encoder(response),
    responseDeserialize: decoder(response),
  };
}

/** Definition of `Publisher` or `Subscriber`; methods without a handler answer UNIMPLEMENTED. */
export function serviceDefinition(name: 'Publisher' | 'Subscriber'): ServiceDefinition {
  const service = root.lookupService(`${PACKAGE}.${name}`);
  return Object.fromEntries(service.methodsArray.map((method) => [method.name, methodDefinition(service, method)]));
}
