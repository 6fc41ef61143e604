/** One database (`projects/p/databases/d`): its collections by path. */
import { lastSegment, parentPath } from '../paths/resource-path.ts';
import { comparePaths, compareSegments } from '../paths/compare-paths.ts';
import { Reference } from '../values/value.ts';
import { Collection } from './collection.ts';
import type { DocumentHistory } from './document-history.ts';
import type { Document, Version } from './version.ts';

/** Which documents a query looks at, before its filters. */
export interface CollectionScope {
  /** The document, or the root (''), below which the collections are. */
  readonly parentPath: string;
  /** Undefined means every collection, which only `allDescendants` allows. */
  readonly collectionId: string | undefined;
  readonly allDescendants: boolean;
}

export function isInScope(scope: CollectionScope, collectionPath: string): boolean {
  if (!scope.allDescendants) return collectionPath === childPath(scope.parentPath, scope.collectionId ?? '');
  const isBelow = scope.parentPath === '' || collectionPath.startsWith(`${scope.parentPath}/`);
  return isBelow && (scope.collectionId === undefined || lastSegment(collectionPath) === scope.collectionId);
}

export function childPath(parent: string, id: string): string {
  return parent === '' ? id : `${parent}/${id}`;
}

export class Database {
  readonly name: string;
  readonly #collections = new Map<string, Collection>();

  constructor(name: string) {
    this.name = name;
  }

  get(path: string, time?: number): Document | undefined {
    return this.#collections.get(parentPath(path))?.get(lastSegment(path))?.at(time);
  }

  /** Every document in scope; in the order of names within one collection, and of collection paths among several. */
  *scan(scope: CollectionScope, time?: number): Generator<Document> {
    for (const collection of this.#inScope(scope)) {
      for (const history of collection.ordered()) {
        const document = history.at(time);
        if (document !== undefined) yield document;
      }
    }
  }

  #inScope(scope: CollectionScope): readonly Collection[] {
    if (!scope.allDescendants) {
      const only = this.#collections.get(childPath(scope.parentPath, scope.collectionId ?? ''));
      return only === undefined ? [] : [only];
    }
    return [...this.#collections.values()]
      .filter((collection) => isInScope(scope, collection.path))
      .toSorted((a, b) => comparePaths(a.path, b.path));
  }

  /** Ids of the collections directly below a document or the root, also those that only hold deeper collections. */
  collectionIds(parent: string): string[] {
    return this.#segmentsBelow(parent === '' ? '' : `${parent}/`);
  }

  /** Ids in a collection that have no document but have collections below them. */
  missingIds(collectionPath: string): string[] {
    return this.#segmentsBelow(`${collectionPath}/`).filter((id) => this.get(`${collectionPath}/${id}`) === undefined);
  }

  #segmentsBelow(prefix: string): string[] {
    const ids = new Set<string>();
    for (const collection of this.#collections.values()) {
      if (collection.hasDocuments && collection.path.startsWith(prefix)) {
        ids.add(collection.path.slice(prefix.length).split('/', 1)[0] ?? '');
      }
    }
    return [...ids].toSorted(compareSegments);
  }

  push(version: Version): { history: DocumentHistory; replaced: boolean } {
    const path = parentPath(version.key.path);
    let collection = this.#collections.get(path);
    if (collection === undefined) {
      collection = new Collection(path);
      this.#collections.set(path, collection);
    }
    return collection.push(lastSegment(version.key.path), version);
  }

  forget(path: string): void {
    const collection = this.#collections.get(parentPath(path));
    collection?.remove(lastSegment(path));
    if (collection?.isForgotten === true) this.#collections.delete(collection.path);
  }

  /** The key of a document in this database, sharing the database's name. */
  key(path: string): Reference {
    return new Reference(this.name, path);
  }
}
