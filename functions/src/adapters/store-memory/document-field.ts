import { isStampField } from '../store-document/stamp.ts';
import type { StoredDocument } from './stored-document.ts';

/** The value at a dotted path, of the record or of the store's stamp; undefined where there is none. */
export function fieldOf(document: StoredDocument, path: string): unknown {
  let value: unknown = isStampField(path) ? document.stamp : document.data;
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}
