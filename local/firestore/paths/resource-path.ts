/** Resource names: `projects/{p}/databases/{d}/documents/{collection}/{id}/...`, and the documented limits on their parts. */
import { invalidArgument } from '../protocol/status.ts';
import { Reference } from '../values/value.ts';

const MAX_ID_BYTES = 1500;
const MAX_NAME_BYTES = 6 * 1024;
const MAX_COLLECTION_DEPTH = 100;
const DATABASE = /^projects\/[^/]+\/databases\/[^/]+$/;
const NAME = /^(projects\/[^/]+\/databases\/[^/]+)\/documents(?:\/(.+))?$/;
const RESERVED = /^__.*__$/s;

/** @returns the name itself. @throws INVALID_ARGUMENT when it is not `projects/{p}/databases/{d}`. */
export function parseDatabase(name: string): string {
  if (!DATABASE.test(name)) throw invalidArgument(`Database "${name}" must read projects/{project}/databases/{database}.`);
  return name;
}

/** Any name below a database, with an empty path for the root; ids are not checked, because cursors use reserved ones. */
export function parseReference(name: string): Reference {
  const match = NAME.exec(name);
  const database = match?.[1];
  if (database === undefined) {
    throw invalidArgument(`Resource name "${name}" must start with projects/{project}/databases/{database}/documents.`);
  }
  return new Reference(database, match?.[2] ?? '');
}

/** The root or a document, as the parent of collections. */
export function parseParent(name: string): Reference {
  const parent = parseReference(name);
  return parent.path === '' ? parent : parseDocument(name);
}

/** A document that may be read or written. @throws INVALID_ARGUMENT naming the part that breaks a rule. */
export function parseDocument(name: string): Reference {
  const reference = parseReference(name);
  const segments = reference.path.split('/');
  if (segments.length % 2 !== 0) {
    throw invalidArgument(`"${name}" is not a document: it needs an even number of parts (collection/id/...) after "documents".`);
  }
  if (segments.length / 2 > MAX_COLLECTION_DEPTH) {
    throw invalidArgument(`"${name}" nests ${segments.length / 2} collections; at most ${MAX_COLLECTION_DEPTH} are allowed.`);
  }
  for (const segment of segments) checkId(segment);
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) {
    throw invalidArgument(`Document name has ${Buffer.byteLength(name)} bytes; at most ${MAX_NAME_BYTES} are allowed.`);
  }
  return reference;
}

/** A collection or document id. */
export function checkId(id: string): void {
  if (id === '') throw invalidArgument('A collection or document id is empty; every part of a path needs at least one character.');
  if (id === '.' || id === '..') throw invalidArgument(`"${id}" cannot be a collection or document id.`);
  if (RESERVED.test(id)) throw invalidArgument(`"${id}" is reserved: ids must not match __.*__.`);
  if (Buffer.byteLength(id) > MAX_ID_BYTES) {
    throw invalidArgument(`An id has ${Buffer.byteLength(id)} bytes; at most ${MAX_ID_BYTES} are allowed.`);
  }
}

/** `a/b/c` to `a/b`, and `a` to the empty root path. */
export function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
