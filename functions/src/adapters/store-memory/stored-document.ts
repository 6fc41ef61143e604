/** One document as the memory store keeps it: deep-frozen, so that no caller can change stored state, unless it takes records as they are. */
import type { Collection } from '../../schema/collection.ts';
import { stampFor, type Stamp, type StampFields } from '../store-document/stamp.ts';
import { storableCopy, type CopyRules } from '../store-document/storable-copy.ts';
import { parseStored, refuseInvalid, refuseStampFields } from '../store-document/validate.ts';

export interface StoredDocument {
  readonly data: Readonly<Record<string, unknown>>;
  readonly stamp: StampFields;
  /** What its writer wrote it with: a reader with the very same schema need not parse it again. */
  readonly schema: Collection<unknown>['schema'];
}

const RULES: CopyRules = { time: (ms) => ms, seal: Object.freeze };

/** Turns records into stored documents and back. */
export class DocumentCodec {
  readonly #stamp: Stamp;
  readonly #validate: boolean;

  constructor(stamp: Stamp, validate: boolean) {
    this.#stamp = stamp;
    this.#validate = validate;
  }

  encode(collection: Collection<unknown>, path: string, data: unknown): StoredDocument {
    if (this.#validate) refuseInvalid(collection, path, data);
    const copy = this.#validate ? storableCopy(data, RULES, path) : data;
    if (!isMap(copy)) throw new Error(`document ${path} was not written: a document is a map of fields`);
    if (this.#validate) refuseStampFields(path, copy);
    return { data: copy, stamp: stampFor(this.#stamp, collection), schema: collection.schema };
  }

  /** The stored record itself where its schema is known to accept it; frozen, so sharing it is safe. */
  decode<T>(collection: Collection<T>, path: string, document: StoredDocument): T {
    if (this.#validate && document.schema !== collection.schema) return parseStored(collection, path, document.data);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written through this very schema, or by a caller who switched validation off and vouches for it
    return document.data as T;
  }
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
