/**
 * The minutes of one symbol as one file. Each page is kept as it comes, in a file of its own, so that an interrupted
 * download goes on where it was; when all are there they become the file that a replay reads.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole, writeWholeGzip } from './atomic-file.ts';
import { DownloadError } from './download-error.ts';
import { MOST_CANDLES } from './public-venue.ts';
import type { MinuteRow, PublicVenue } from './public-venue.ts';

const MINUTE_MS = 60_000;
const HEADER = 'time,open,high,low,close,volume\n';

export interface Span {
  /** Whole minutes; without the last. */
  readonly from: number;
  readonly to: number;
}

export interface CandleFile {
  readonly name: string;
  readonly pages: number;
  /** Calls `onPage` for every page, also for those that were there. Throws DownloadError. */
  readonly download: (venue: PublicVenue, onPage: () => void) => Promise<void>;
}

/** Throws DownloadError when another span of the symbol is there, as a market has one file for each. */
export async function candleFile(directory: string, symbol: string, span: Span): Promise<CandleFile> {
  const name = `${symbol}-1m-${stamp(span.from)}-${stamp(span.to)}.csv.gz`;
  const others = (await readdir(directory)).filter((file) => file.startsWith(`${symbol}-1m-`) && file.endsWith('.csv.gz') && file !== name);
  if (others.length > 0) throw new DownloadError(`${directory} has ${others.join(' and ')} already, and a market has one file for each symbol: remove it, or name another folder with --out`, false);
  const pages = pagesOf(span);
  return {
    name,
    pages: pages.length,
    download: async (venue, onPage) => {
      if (existsSync(join(directory, name))) return pages.forEach(onPage);
      const folder = join(directory, `.${name}.pages`);
      await mkdir(folder, { recursive: true });
      for (const page of pages) {
        const file = pageFile(folder, page);
        if (!existsSync(file)) await writeWhole(file, rowsOf(await venue.minutes(symbol, page.from, page.to), symbol, page));
        onPage();
      }
      await writeWholeGzip(join(directory, name), joined(pages.map((page) => pageFile(folder, page))));
      await rm(folder, { recursive: true });
    },
  };
}

function pagesOf({ from, to }: Span): readonly Span[] {
  const length = MOST_CANDLES * MINUTE_MS;
  return Array.from({ length: Math.ceil((to - from) / length) }, (_, index) => ({ from: from + index * length, to: Math.min(to, from + (index + 1) * length) }));
}

const pageFile = (folder: string, { from, to }: Span): string => join(folder, `${from}-${to}.csv`);

/** Every minute has to be there: a market with holes would be another market. */
function rowsOf(rows: readonly MinuteRow[], symbol: string, { from, to }: Span): readonly string[] {
  const minutes = (to - from) / MINUTE_MS;
  for (let index = 0; index < minutes; index += 1) {
    const expected = from + index * MINUTE_MS;
    const found = rows[index]?.time;
    if (found === expected) continue;
    const next = found === undefined ? 'it has none after that' : `its next is of ${new Date(found).toISOString()}`;
    throw new DownloadError(`${symbol} has no candle of ${new Date(expected).toISOString()}, ${next}: choose --from and --to so that none is missing`, false);
  }
  return rows.slice(0, minutes).map(({ time, values }) => `${[time, ...values].join(',')}\n`);
}

async function* joined(files: readonly string[]): AsyncGenerator<string> {
  yield HEADER;
  for (const file of files) yield await readFile(file, 'utf8');
}

/** `20260131`, or `20260131T1230` within a day. */
function stamp(at: number): string {
  const text = new Date(at).toISOString();
  const day = text.slice(0, 10).replaceAll('-', '');
  return text.endsWith('T00:00:00.000Z') ? day : `${day}T${text.slice(11, 16).replace(':', '')}`;
}
