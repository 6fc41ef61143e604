import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MarketDataError, quoted } from './market-data-error.ts';

const unzip = promisify(gunzip);

/**
 * Reads a gzipped CSV without quoting and calls `row` with the fields and the line number (the header is line 1).
 * Throws MarketDataError for a broken archive, another header than `columns`, or a line with too few or too many fields.
 */
export async function readCsvFile(
  path: string,
  columns: readonly string[],
  row: (fields: readonly string[], line: number) => void,
): Promise<void> {
  const file = basename(path);
  const text = await unzipped(path, file);
  const header = columns.join(',');
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  if (lines[0] !== header) {
    throw refusedLine(file, 1, `header ${quoted(lines[0] ?? '')} is not allowed, only ${JSON.stringify(header)}`);
  }
  for (let i = 1; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    const fields = line.split(',');
    if (fields.length !== columns.length) {
      const found = `${quoted(line)} has ${fields.length} fields`;
      throw refusedLine(file, i + 1, `${found}, only ${columns.length} are allowed (${header})`);
    }
    row(fields, i + 1);
  }
}

function refusedLine(file: string, line: number, reason: string): MarketDataError {
  return new MarketDataError(`${file} line ${line}: ${reason}. Correct or replace the file.`);
}

async function unzipped(path: string, file: string): Promise<string> {
  const bytes = await readFile(path);
  try {
    return (await unzip(bytes)).toString('utf8');
  } catch (cause) {
    throw new MarketDataError(`${file} is not a complete gzip file. Replace it with an undamaged copy.`, { cause });
  }
}
