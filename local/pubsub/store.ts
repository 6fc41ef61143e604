/**
 * Topics, subscriptions, messages and what is still owed to whom, in SQLite. With a file, whatever a client was
 * told is stored survives the death of the process (the write-ahead log is with the operating system before the
 * answer is sent; only a power cut could lose the last moments).
 */
import { DatabaseSync } from 'node:sqlite';
import type { Message, NewMessage } from './message.ts';
import type { SubscriptionResource, TopicResource } from './wire.ts';

const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE topics (name TEXT PRIMARY KEY, resource TEXT NOT NULL) STRICT;
  CREATE TABLE subscriptions (name TEXT PRIMARY KEY, resource TEXT NOT NULL) STRICT;
  CREATE TABLE messages (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    publish_time_ms INTEGER NOT NULL,
    data BLOB NOT NULL,
    attributes TEXT NOT NULL,
    ordering_key TEXT NOT NULL
  ) STRICT;
  CREATE TABLE deliveries (
    sequence INTEGER NOT NULL,
    subscription TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (sequence, subscription)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX deliveries_by_subscription ON deliveries (subscription, sequence);
  CREATE TRIGGER message_settled AFTER DELETE ON deliveries
    WHEN NOT EXISTS (SELECT 1 FROM deliveries WHERE sequence = OLD.sequence)
    BEGIN DELETE FROM messages WHERE sequence = OLD.sequence; END;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** A message that a subscription has not acknowledged. */
export interface StoredDelivery {
  readonly sequence: number;
  readonly message: Message;
  readonly attempts: number;
  readonly notBeforeMs: number;
}

function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    const version = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (version === 0) database.exec(`BEGIN; ${SCHEMA} COMMIT;`);
    else if (version !== SCHEMA_VERSION) {
      throw new Error(`it has schema version ${version}, this server knows ${SCHEMA_VERSION}; delete it or name another file`);
    }
  } catch (cause) {
    database.close();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot use the Pub/Sub data file "${file}": ${reason}. One server at a time may use it.`, { cause });
  }
  return database;
}

export class Store {
  readonly #database: DatabaseSync;
  readonly #statements;
  #inTransaction = false;

  /** @param file a path, or ":memory:". @throws Error when the file is in use, foreign or of another version. */
  constructor(file: string) {
    this.#database = openDatabase(file);
    const prepare = (sql: string) => this.#database.prepare(sql);
    this.#statements = {
      putTopic: prepare('INSERT OR REPLACE INTO topics VALUES (?, ?)'),
      deleteTopic: prepare('DELETE FROM topics WHERE name = ?'),
      topics: prepare('SELECT resource FROM topics ORDER BY name'),
      putSubscription: prepare('INSERT OR REPLACE INTO subscriptions VALUES (?, ?)'),
      deleteSubscription: prepare('DELETE FROM subscriptions WHERE name = ?'),
      deleteDeliveries: prepare('DELETE FROM deliveries WHERE subscription = ?'),
      subscriptions: prepare('SELECT resource FROM subscriptions ORDER BY name'),
      insertMessage: prepare('INSERT INTO messages (publish_time_ms, data, attributes, ordering_key) VALUES (?, ?, ?, ?)'),
      deleteMessage: prepare('DELETE FROM messages WHERE sequence = ?'),
      insertDelivery: prepare('INSERT INTO deliveries (sequence, subscription) VALUES (?, ?)'),
      setAttempts: prepare('UPDATE deliveries SET attempts = ? WHERE sequence = ? AND subscription = ?'),
      setNotBefore: prepare('UPDATE deliveries SET not_before_ms = ? WHERE sequence = ? AND subscription = ?'),
      deleteDelivery: prepare('DELETE FROM deliveries WHERE sequence = ? AND subscription = ?'),
      deliveries: prepare(
        'SELECT m.*, d.attempts, d.not_before_ms FROM deliveries d JOIN messages m USING (sequence) WHERE d.subscription = ? ORDER BY sequence',
      ),
    };
  }

  /** Runs `work` so that either all or none of its writes are kept; joins a transaction that is under way. */
  transaction<T>(work: () => T): T {
    if (this.#inTransaction) return work();
    this.#database.exec('BEGIN IMMEDIATE');
    this.#inTransaction = true;
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    } finally {
      this.#inTransaction = false;
    }
  }

  putTopic(topic: TopicResource): void {
    this.#statements.putTopic.run(topic.name, JSON.stringify(topic));
  }

  deleteTopic(name: string): void {
    this.#statements.deleteTopic.run(name);
  }

  topics(): TopicResource[] {
    return this.#statements.topics.all().map((row): TopicResource => JSON.parse(String(row['resource'])));
  }

  putSubscription(subscription: SubscriptionResource): void {
    this.#statements.putSubscription.run(subscription.name, JSON.stringify(subscription));
  }

  /** Its undelivered messages go with it. */
  deleteSubscription(name: string): void {
    this.#statements.deleteSubscription.run(name);
    this.#statements.deleteDeliveries.run(name);
  }

  subscriptions(): SubscriptionResource[] {
    return this.#statements.subscriptions.all().map((row): SubscriptionResource => JSON.parse(String(row['resource'])));
  }

  /** Keeps the message as long as one of the subscriptions has not settled it. @returns its sequence number. */
  insertMessage(message: NewMessage, publishTimeMs: number, subscriptions: readonly string[]): number {
    const { data, attributes, orderingKey } = message;
    const row = this.#statements.insertMessage.run(publishTimeMs, data, JSON.stringify(attributes), orderingKey);
    const sequence = Number(row.lastInsertRowid);
    for (const subscription of subscriptions) this.#statements.insertDelivery.run(sequence, subscription);
    if (subscriptions.length === 0) this.#statements.deleteMessage.run(sequence);
    return sequence;
  }

  setAttempts(subscription: string, sequence: number, attempts: number): void {
    this.#statements.setAttempts.run(attempts, sequence, subscription);
  }

  setNotBefore(subscription: string, sequence: number, notBeforeMs: number): void {
    this.#statements.setNotBefore.run(notBeforeMs, sequence, subscription);
  }

  settle(subscription: string, sequence: number): void {
    this.#statements.deleteDelivery.run(sequence, subscription);
  }

  /** Everything the subscription has not settled, in publish order. */
  deliveries(subscription: string): StoredDelivery[] {
    return this.#statements.deliveries.all(subscription).map((row) => ({
      sequence: Number(row['sequence']),
      attempts: Number(row['attempts']),
      notBeforeMs: Number(row['not_before_ms']),
      message: storedMessage(row),
    }));
  }

  close(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

function storedMessage(row: Record<string, unknown>): Message {
  const data = row['data'];
  if (!(data instanceof Uint8Array)) throw new Error(`Message ${String(row['sequence'])} has no data in the Pub/Sub data file.`);
  const attributes: Record<string, string> = JSON.parse(String(row['attributes']));
  return {
    messageId: String(row['sequence']),
    data: Buffer.from(data),
    attributes,
    orderingKey: String(row['ordering_key']),
    publishTimeMs: Number(row['publish_time_ms']),
  };
}
