import type { Query } from '../../ports/store.ts';
import type { Documents } from './documents.ts';
import type { StoredDocument } from './stored-document.ts';

/** Documents among which are all that `query` selects: as few as the indexes can tell without looking at each. */
export function candidatesFor(query: Query<unknown>, documents: Documents, collectionAt: string): ReadonlyMap<string, StoredDocument> {
  const equal = query.where.find(({ op }) => op === '==');
  if (equal !== undefined) return documents.having(collectionAt, equal.field, equal.value);
  const compared = query.where.find(({ op, value }) => op !== 'in' && typeof value === 'number');
  if (compared === undefined) return documents.inCollection(collectionAt);
  let [from, to] = [-Infinity, Infinity];
  for (const { field, op, value } of query.where) {
    if (field !== compared.field || typeof value !== 'number') continue;
    if (op === '>' || op === '>=') from = Math.max(from, value);
    if (op === '<' || op === '<=') to = Math.min(to, value);
  }
  return documents.between(collectionAt, compared.field, from, to);
}
