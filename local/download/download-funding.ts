/** Funding settlements of all symbols, in the one file that a market has for them. Rows of other symbols in it stay. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { writeWholeGzip } from './atomic-file.ts';
import type { Span } from './download-candles.ts';
import { DownloadError } from './download-error.ts';
import type { PublicVenue } from './public-venue.ts';

const FILE = 'funding-rates.csv.gz';
const HEADER = 'symbol,time,funding_rate';
/** Further back than the candles, so that even a short market has the two settlements that tell its interval. */
const BEFORE_MS = 24 * 3_600_000;
const FEWEST = 2;

/** Resolves to the symbols that had too few settlements to be of use; none is settled for them. Throws DownloadError. */
export async function downloadFunding(directory: string, symbols: readonly string[], { from, to }: Span, venue: PublicVenue, onSymbol: () => void): Promise<readonly string[]> {
  const rows: string[] = [];
  const without: string[] = [];
  for (const symbol of symbols) {
    const settled = await venue.funding(symbol, from - BEFORE_MS, to);
    if (settled.length < FEWEST) without.push(symbol);
    else rows.push(...settled.map(({ time, rate }) => `${symbol},${time},${rate}`));
    onSymbol();
  }
  const kept = (await rowsThere(directory)).filter((row) => !symbols.includes(row.split(',')[0] ?? ''));
  const all = [...kept, ...rows];
  if (all.length > 0) await writeWholeGzip(join(directory, FILE), [HEADER, ...all].map((row) => `${row}\n`));
  return without;
}

async function rowsThere(directory: string): Promise<readonly string[]> {
  const path = join(directory, FILE);
  if (!existsSync(path)) return [];
  const [header, ...rows] = gunzipSync(await readFile(path)).toString('utf8').trimEnd().split('\n');
  if (header === HEADER) return rows;
  throw new DownloadError(`${path} is not a file of funding rates (its first line is not ${HEADER}): move it away, or name another folder with --out`, false);
}
