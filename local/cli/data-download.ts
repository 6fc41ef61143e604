/** `portcullis data download`. */
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DownloadCommand } from '../../functions/src/cli/command.ts';
import { readEnvironment } from '../../functions/src/config/environment.ts';
import { barText } from '../bar-text.ts';
import { DownloadError } from '../download/download-error.ts';
import { downloadMarket } from '../download/download-market.ts';
import { PublicVenue } from '../download/public-venue.ts';

const VENUE_URL = 'https://fapi.binance.com';
/** Off a terminal: a line for each tenth. */
const LINES = 10;

export async function download({ symbols, from, to, out }: DownloadCommand, json: boolean): Promise<number> {
  const venue = new PublicVenue({ url: readEnvironment({}).venueBaseUrl ?? VENUE_URL, fetch, sleep: (ms) => pause(ms) });
  try {
    const done = await downloadMarket(venue, { symbols, from, to, directory: resolve(out) }, bar(process.stderr));
    if (process.stderr.isTTY) process.stderr.write('\n');
    process.stdout.write(json ? `${JSON.stringify({ out, ...done })}\n` : `${textOf(out, done)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    process.stderr.write(`${process.stderr.isTTY ? '\n' : ''}portcullis: ${error.message}\n`);
    return error.isPassing ? 1 : 2;
  }
}

function textOf(out: string, { files, minutes, withoutFunding }: Awaited<ReturnType<typeof downloadMarket>>): string {
  const lacking = withoutFunding.length === 0 ? '' : `\nno funding is settled for ${withoutFunding.join(', ')}: the venue has fewer than two settlements`;
  return `${minutes} minutes of ${files.length} symbols in ${out}; run them with npm start -- --market ${out}${lacking}`;
}

function bar(out: NodeJS.WriteStream): (share: number, what: string) => void {
  let drawn = 0;
  return (share, what) => {
    if (out.isTTY) return void out.write(`\r\u001B[K${barText(share)}  ${what}`);
    if (Math.floor(share * LINES) <= drawn) return;
    drawn = Math.floor(share * LINES);
    out.write(`${barText(share)}  ${what}\n`);
  };
}
