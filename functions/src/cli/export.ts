/** `portcullis export`: records as CSV. A file appears whole or not at all. */
import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { inTimeOrder } from '../app/inspect/in-time-order.ts';
import type { Inspection } from '../compose/start-inspection.ts';
import { ATTRIBUTION } from '../schema/records/attribution.ts';
import { FILLS } from '../schema/records/fill.ts';
import { TRADES } from '../schema/records/trade.ts';
import type { Answer } from './answer.ts';
import type { ExportCommand } from './command.ts';
import { ATTRIBUTION_COLUMNS } from './csv/attribution-columns.ts';
import { csvRow } from './csv/csv-row.ts';
import type { CsvColumn } from './csv/csv-row.ts';
import { FILL_COLUMNS } from './csv/fill-columns.ts';
import { TRADE_COLUMNS } from './csv/trade-columns.ts';
import { OperatorError } from './operator-error.ts';

type Write = (text: string) => void;

/** Throws OperatorError when the file is there already or cannot be written. */
export async function exportRecords(inspection: Inspection, command: ExportCommand, out: { write(text: string): unknown }, json: boolean): Promise<Answer> {
  if (command.out === null) {
    if (json) throw new OperatorError('export writes CSV to the standard output: leave out --json, or name a file with --out');
    await writeRows(inspection, command, (text) => void out.write(text));
    return { json: null, lines: [], exitCode: 0 };
  }
  const rows = await toFile(command.out, (write) => writeRows(inspection, command, write));
  return { json: { what: command.what, rows, out: command.out }, lines: [`${rows} rows of ${command.what} written to ${command.out}`], exitCode: 0 };
}

/** Resolves to the number of rows, the header left out. */
function writeRows({ store, clock }: Inspection, { what, from, to }: ExportCommand, write: Write): Promise<number> {
  const since = from ?? EPOCH;
  const until = to ?? clock.now() + 1;
  switch (what) {
    case 'fills':
      return rowsOf(write, FILL_COLUMNS, inTimeOrder(
        (at, limit) => store.query({ collection: FILLS, where: [{ field: 'filledAt', op: '>=', value: at }, { field: 'filledAt', op: '<', value: until }], orderBy: [{ field: 'filledAt', direction: 'asc' }], limit }),
        ({ filledAt }) => filledAt,
        since,
      ));
    case 'trades':
      return rowsOf(write, TRADE_COLUMNS, inTimeOrder(
        (at, limit) => store.query({ collection: TRADES, where: [{ field: 'closedAt', op: '>=', value: at }, { field: 'closedAt', op: '<', value: until }], orderBy: [{ field: 'closedAt', direction: 'asc' }], limit }),
        ({ closedAt }) => closedAt,
        since,
      ));
    case 'attribution':
      return rowsOf(write, ATTRIBUTION_COLUMNS, inTimeOrder(
        (at, limit) => store.query({ collection: ATTRIBUTION, where: [{ field: 'terminalAt', op: '>=', value: at }, { field: 'terminalAt', op: '<', value: until }], orderBy: [{ field: 'terminalAt', direction: 'asc' }], limit }),
        ({ terminalAt }) => terminalAt,
        since,
      ));
  }
}

const EPOCH = 0;

async function rowsOf<T>(write: Write, columns: readonly CsvColumn<T>[], records: AsyncIterable<T>): Promise<number> {
  write(csvRow(columns.map(({ name }) => name)));
  let rows = 0;
  for await (const record of records) {
    write(csvRow(columns.map((column) => column.of(record))));
    rows += 1;
  }
  return rows;
}

async function toFile(path: string, fill: (write: Write) => Promise<number>): Promise<number> {
  if (existsSync(path)) throw new OperatorError(`--out ${JSON.stringify(path)} is there already; name another file, or remove it`);
  const part = `${path}.part`;
  const file = opened(part, path);
  try {
    const rows = await fill((text) => void writeSync(file, text));
    closeSync(file);
    renameSync(part, path);
    return rows;
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

function opened(part: string, path: string): number {
  try {
    return openSync(part, 'w');
  } catch (error) {
    throw new OperatorError(`--out ${JSON.stringify(path)} cannot be written (${error instanceof Error ? error.message : String(error)}); name a file in a folder that is there`);
  }
}
