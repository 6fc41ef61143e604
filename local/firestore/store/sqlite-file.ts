/**
 * The SQLite file behind the store. Each commit is one SQL transaction, done before the commit is acknowledged. WAL with
 * synchronous=NORMAL: an acknowledged commit survives the death of the process (kill -9), because it has reached the operating
 * system; after a power failure the last commits may be missing, but the file is consistent.
 */
import { DatabaseSync } from 'node:sqlite';
import { messageType } from '../protocol/protos.ts';
import type { WireFields } from '../protocol/messages.ts';
import { fieldsFromWire, fieldsToWire } from '../values/wire-value.ts';
import { Reference } from '../values/value.ts';
import { isDocument } from './version.ts';
import type { Document, Version } from './version.ts';

const SCHEMA_VERSION = 1;
const documentType = messageType('Document');

export class SqliteFile {
  readonly #sql: DatabaseSync;
  readonly #upsert;
  readonly #remove;

  /** @throws when the file is in use by another server, or was written by another version of this one */
  constructor(file: string) {
    this.#sql = openExclusively(file);
    this.#upsert = this.#sql.prepare(
      `INSERT INTO documents (database, path, fields, create_time, update_time) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET fields = excluded.fields, create_time = excluded.create_time, update_time = excluded.update_time`,
    );
    this.#remove = this.#sql.prepare('DELETE FROM documents WHERE database = ? AND path = ?');
  }

  *load(): Generator<Document> {
    const rows = this.#sql.prepare('SELECT database, path, fields, create_time, update_time FROM documents').iterate();
    for (const row of rows) {
      const { database, path, fields, create_time: createTime, update_time: updateTime } = row;
      if (typeof database !== 'string' || typeof path !== 'string' || !(fields instanceof Uint8Array)) continue;
      const wire: { readonly fields?: WireFields } = documentType.toObject(documentType.decode(fields), { oneofs: true });
      yield {
        key: new Reference(database, path),
        fields: fieldsFromWire(wire.fields ?? {}),
        createTime: Number(createTime),
        updateTime: Number(updateTime),
      };
    }
  }

  save(versions: readonly Version[]): void {
    this.#sql.exec('BEGIN');
    try {
      for (const version of versions) this.#saveOne(version);
      this.#sql.exec('COMMIT');
    } catch (error) {
      this.#sql.exec('ROLLBACK');
      throw error;
    }
  }

  #saveOne(version: Version): void {
    const { key } = version;
    if (isDocument(version)) {
      const fields = documentType.encode({ fields: fieldsToWire(version.fields) }).finish();
      this.#upsert.run(key.database, key.path, fields, version.createTime, version.updateTime);
    } else {
      this.#remove.run(key.database, key.path);
    }
  }

  close(): void {
    this.#sql.close();
  }
}

function openExclusively(file: string): DatabaseSync {
  let sql: DatabaseSync | undefined;
  try {
    sql = new DatabaseSync(file);
    sql.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    const version = Number(sql.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version !== 0 && version !== SCHEMA_VERSION) {
      throw new Error(`it has schema version ${version}, this server knows ${SCHEMA_VERSION}; move the file away to start afresh`);
    }
    sql.exec(`
      CREATE TABLE IF NOT EXISTS documents (
        database TEXT NOT NULL, path TEXT NOT NULL, fields BLOB NOT NULL,
        create_time INTEGER NOT NULL, update_time INTEGER NOT NULL,
        PRIMARY KEY (database, path)
      ) WITHOUT ROWID;
      PRAGMA user_version = ${SCHEMA_VERSION};`);
    return sql;
  } catch (error) {
    sql?.close();
    const reason = error instanceof Error ? error.message : String(error);
    const hint = reason.includes('locked') ? 'another server uses it; stop that one or choose another file' : reason;
    throw new Error(`Cannot open the Firestore data file ${file}: ${hint}.`, { cause: error });
  }
}
