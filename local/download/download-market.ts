/** Candles and funding of symbols between two times, as a directory that `npm start -- --market` reads. */
import { mkdir } from 'node:fs/promises';
import { candleFile } from './download-candles.ts';
import type { Span } from './download-candles.ts';
import { DownloadError } from './download-error.ts';
import { downloadFunding } from './download-funding.ts';
import type { PublicVenue } from './public-venue.ts';

export interface MarketDownload extends Span {
  readonly symbols: readonly string[];
  readonly directory: string;
}

export interface Downloaded {
  readonly files: readonly string[];
  readonly minutes: number;
  readonly withoutFunding: readonly string[];
}

/** `onProgress` is told the share done, from 0 to 1, and what was last. Throws DownloadError; what came so far is kept. */
export async function downloadMarket(venue: PublicVenue, { symbols, directory, from, to }: MarketDownload, onProgress: (share: number, what: string) => void): Promise<Downloaded> {
  await mkdir(directory, { recursive: true });
  const now = await venue.now();
  if (to > now) throw new DownloadError(`--to ${new Date(to).toISOString()} has not come yet; the venue's time is ${new Date(now).toISOString()}`, false);
  const files = await Promise.all(symbols.map((symbol) => candleFile(directory, symbol, { from, to })));
  const steps = files.reduce((sum, { pages }) => sum + pages, symbols.length);
  let done = 0;
  const step = (what: string) => () => {
    done += 1;
    onProgress(done / steps, what);
  };
  for (const file of files) await file.download(venue, step(file.name));
  const withoutFunding = await downloadFunding(directory, symbols, { from, to }, venue, step('funding'));
  return { files: files.map(({ name }) => name), minutes: (to - from) / 60_000, withoutFunding };
}
