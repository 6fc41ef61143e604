// Accepted commands survive a killed process: each is one transaction in a SQLite file in WAL mode before it is answered. The
// state is the last snapshot plus the commands since; market events are not stored, the feed tells them again.
import { DatabaseSync } from 'node:sqlite';
import type { CommandArguments, CommandName } from '../../functions/src/domain/matching/commands.ts';
import type { ExchangeState } from '../../functions/src/domain/matching/exchange-state.ts';

export interface JournaledCommand<Name extends CommandName = CommandName> {
  readonly name: Name;
  readonly argument: CommandArguments[Name];
  readonly now: number;
}

export class Journal {
  readonly #db: DatabaseSync;

  constructor(file: string) {
    this.#db = new DatabaseSync(file);
    this.#db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS command (seq INTEGER PRIMARY KEY, entry TEXT NOT NULL) STRICT;
    `);
  }

  append(command: JournaledCommand): void {
    this.#db.prepare('INSERT INTO command (entry) VALUES (?)').run(JSON.stringify(command));
  }

  /** Replaces the snapshot and forgets the commands that it contains, in one transaction. */
  compact(state: ExchangeState): void {
    this.#db.exec('BEGIN IMMEDIATE');
    this.#db.prepare('INSERT OR REPLACE INTO snapshot (id, state) VALUES (1, ?)').run(JSON.stringify(state));
    this.#db.exec('DELETE FROM command');
    this.#db.exec('COMMIT');
  }

  /** Null when the file is new. */
  snapshot(): ExchangeState | null {
    const row = this.#db.prepare('SELECT state FROM snapshot').get();
    if (row === undefined) return null;
    // Only `compact` writes this column.
    const state: ExchangeState = JSON.parse(String(row['state']));
    return state;
  }

  commands(): JournaledCommand[] {
    return this.#db.prepare('SELECT entry FROM command ORDER BY seq').all().map((row) => {
      // Only `append` writes this column.
      const command: JournaledCommand = JSON.parse(String(row['entry']));
      return command;
    });
  }

  close(): void {
    this.#db.close();
  }
}
