/** The indexes of firestore.indexes.json, in the form the Firebase CLI deploys. */
import { formatFieldPath, parseFieldPath } from '../values/field-path.ts';
import type { FieldPath } from '../values/field-path.ts';
import { failure, listAt, recordOf, textAt } from './json-fields.ts';
import type { JsonRecord } from './json-fields.ts';

export type IndexScope = 'COLLECTION' | 'COLLECTION_GROUP';
export type IndexMode = 'ASCENDING' | 'DESCENDING' | 'CONTAINS';

export interface IndexField {
  readonly path: FieldPath;
  readonly mode: IndexMode;
}

export interface CompositeIndex {
  readonly collectionId: string;
  readonly scope: IndexScope;
  readonly fields: readonly IndexField[];
}

interface SingleFieldIndex {
  readonly scope: IndexScope;
  readonly mode: IndexMode;
}

/** What every field has unless an override says otherwise. */
const AUTOMATIC: readonly SingleFieldIndex[] = [
  { scope: 'COLLECTION', mode: 'ASCENDING' },
  { scope: 'COLLECTION', mode: 'DESCENDING' },
  { scope: 'COLLECTION', mode: 'CONTAINS' },
];

export class IndexConfig {
  readonly composites: readonly CompositeIndex[];
  /** By collection id and field path. */
  readonly #overrides: ReadonlyMap<string, readonly SingleFieldIndex[]>;

  constructor(composites: readonly CompositeIndex[], overrides: ReadonlyMap<string, readonly SingleFieldIndex[]>) {
    this.composites = composites;
    this.#overrides = overrides;
  }

  /** An override of a map holds for the fields inside, unless they have their own; `*` stands for all fields of a collection. */
  singleFieldIndexes(collectionId: string, path: FieldPath): readonly SingleFieldIndex[] {
    for (let length = path.length; length > 0; length -= 1) {
      const override = this.#overrides.get(overrideKey(collectionId, formatFieldPath(path.slice(0, length))));
      if (override !== undefined) return override;
    }
    return this.#overrides.get(overrideKey(collectionId, '*')) ?? AUTOMATIC;
  }

  hasSingleField(collectionId: string, scope: IndexScope, path: FieldPath, modes: readonly IndexMode[]): boolean {
    return this.singleFieldIndexes(collectionId, path).some((index) => index.scope === scope && modes.includes(index.mode));
  }
}

/** Single-field indexes only, as in a new database. */
export const NO_INDEXES = new IndexConfig([], new Map());

/** @param file parsed JSON @throws Error naming the entry that is wrong, and what is allowed */
export function parseIndexConfig(file: unknown): IndexConfig {
  const root = recordOf(file, 'the top level');
  const composites = listAt(root, 'indexes', 'the top level').map((entry, index) => parseComposite(entry, `indexes[${index}]`));
  const overrides = new Map<string, readonly SingleFieldIndex[]>();
  for (const [index, entry] of listAt(root, 'fieldOverrides', 'the top level').entries()) {
    const where = `fieldOverrides[${index}]`;
    const override = recordOf(entry, where);
    const fieldPath = textAt(override, 'fieldPath', where);
    const path = fieldPath === '*' ? '*' : formatFieldPath(parseFieldPath(fieldPath));
    const indexes = listAt(override, 'indexes', where).map((single, position) => {
      const place = `${where}.indexes[${position}]`;
      const record = recordOf(single, place);
      return { scope: scopeOf(record, place), mode: modeOf(record, place) };
    });
    overrides.set(overrideKey(textAt(override, 'collectionGroup', where), path), indexes);
  }
  return new IndexConfig(composites, overrides);
}

function parseComposite(entry: unknown, where: string): CompositeIndex {
  const record = recordOf(entry, where);
  const fields = listAt(record, 'fields', where).map((field, position): IndexField => {
    const place = `${where}.fields[${position}]`;
    const parsed = recordOf(field, place);
    return { path: parseFieldPath(textAt(parsed, 'fieldPath', place)), mode: modeOf(parsed, place) };
  });
  return { collectionId: textAt(record, 'collectionGroup', where), scope: scopeOf(record, where), fields };
}

function scopeOf(record: JsonRecord, where: string): IndexScope {
  const scope = record['queryScope'] ?? 'COLLECTION';
  if (scope !== 'COLLECTION' && scope !== 'COLLECTION_GROUP') {
    throw failure(`${where}.queryScope`, scope, 'COLLECTION or COLLECTION_GROUP');
  }
  return scope;
}

function modeOf(record: JsonRecord, where: string): IndexMode {
  const mode = record['order'] ?? record['arrayConfig'];
  if (mode !== 'ASCENDING' && mode !== 'DESCENDING' && mode !== 'CONTAINS') {
    throw failure(where, mode, 'an order (ASCENDING or DESCENDING) or the arrayConfig CONTAINS');
  }
  return mode;
}

const overrideKey = (collectionId: string, path: string): string => `${collectionId}/${path}`;
