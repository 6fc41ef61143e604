import { isStampField } from '../store-document/stamp.ts';
import type { StoredDocument } from './stored-document.ts';

export type FieldReader = (document: StoredDocument) => unknown;

/** Reads the value at a dotted path, of the record or of the store's stamp; undefined where there is none. */
export function fieldReader(path: string): FieldReader {
  const keys = path.split('.');
  const isStamped = isStampField(path);
  if (keys.length === 1 && !isStamped) return ({ data }) => (Object.hasOwn(data, path) ? data[path] : undefined);
  return (document) => {
    let value: unknown = isStamped ? document.stamp : document.data;
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key)) return undefined;
      value = Reflect.get(value, key);
    }
    return value;
  };
}
