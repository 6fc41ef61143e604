/** How many index entries a document makes: production refuses documents with more than 40,000. */
import { lastSegment, parentPath } from '../paths/resource-path.ts';
import { invalidArgument } from '../protocol/status.ts';
import type { Document } from '../store/version.ts';
import type { FieldPath } from '../values/field-path.ts';
import { isArray, isMap } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import type { IndexConfig } from './index-config.ts';

const MAX_INDEX_ENTRIES = 40_000;
/** A byte of a document makes two entries at most: an element of an array that is indexed in both scopes. */
const MAX_ENTRIES_PER_BYTE = 2;

/** @param bytes the document's size, which spares small documents the counting @throws INVALID_ARGUMENT */
export function checkIndexEntries(config: IndexConfig, document: Document, bytes: number): void {
  if (bytes * MAX_ENTRIES_PER_BYTE <= MAX_INDEX_ENTRIES) return;
  const collectionId = lastSegment(parentPath(document.key.path));
  const entries = countEntries(config, collectionId, document);
  if (entries > MAX_INDEX_ENTRIES) {
    throw invalidArgument(
      `Document "${document.key.name}" makes ${entries} index entries; at most ${MAX_INDEX_ENTRIES} are allowed. ` +
        'Exempt large maps and arrays with "fieldOverrides" in firestore.indexes.json.',
    );
  }
}

/** A plain field makes one entry for each of its ordered indexes, an array one for each element and array index, a map those of its fields. */
function countEntries(config: IndexConfig, collectionId: string, document: Document): number {
  const count = (value: Value, path: FieldPath): number => {
    if (isMap(value)) return Object.entries(value).reduce((entries, [name, inner]) => entries + count(inner, [...path, name]), 0);
    const indexes = config.singleFieldIndexes(collectionId, path);
    const arrayIndexes = indexes.filter(({ mode }) => mode === 'CONTAINS').length;
    return isArray(value) ? value.length * arrayIndexes : indexes.length - arrayIndexes;
  };
  return count(document.fields, []);
}
