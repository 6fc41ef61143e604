/** The message types of google.firestore.v1, from the definitions that the Firestore client itself ships. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import protobuf from 'protobufjs/light.js';

const definitions = createRequire(import.meta.url).resolve('@google-cloud/firestore-api/build/protos/protos.json');

/** A file of a pinned package, in protobufjs' own format. */
const namespace: protobuf.INamespace = JSON.parse(readFileSync(definitions, 'utf8'));
const root = protobuf.Root.fromJSON(namespace);

const PACKAGE = 'google.firestore.v1';

export const firestoreService = root.lookupService(`${PACKAGE}.Firestore`);

/** A message type by its name inside the package, such as `Document` or `StructuredQuery.Order`. */
export function messageType(name: string): protobuf.Type {
  return root.lookupType(`${PACKAGE}.${name}`);
}

/** Enum values arrive as numbers; this gives their names. */
export function enumNames(name: string): (value: number) => string {
  const names = root.lookupEnum(`${PACKAGE}.${name}`).valuesById;
  return (value) => names[value] ?? `unknown(${value})`;
}
