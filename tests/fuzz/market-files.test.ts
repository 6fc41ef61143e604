/** Recordings somebody may bring: each makes a market, or is refused by a message that names the file and, where one is at fault, the line. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarketDataError } from '../../local/venue/market/market-data-error.ts';
import { recordedFeed } from '../../local/venue/market/recorded-feed.ts';
import { openDataFolder } from '../../local/host/data-folder.ts';
import { OptionError } from '../../local/options.ts';
import { MINUTE, START, THREE_ROWS, candleCsv, recordingDirectory } from '../unit/local/market/recording.ts';
import { brokenText, changed } from './hostile.ts';

const CANDLES = 'BTCUSDT-1m-test.csv.gz';
const FUNDING = 'funding-rates.csv.gz';
const HOUR = 60 * MINUTE;
const GOOD_CANDLES = candleCsv(THREE_ROWS);
const GOOD_FUNDING = `symbol,time,funding_rate\nBTCUSDT,${START},0.0001\nBTCUSDT,${START + 8 * HOUR},-9.3e-7\n`;
const RUNS = 150;

const field = fc.constantFrom('', 'abc', '-1', '1e5', '1e-5', 'NaN', 'Infinity', '0', '9'.repeat(30), '0.000000001', '1,2', '"1"', ' 1', '１', '100000.123456789', '\u0000');
/** One field of one line replaced. */
const withField = (good: string): fc.Arbitrary<string> =>
  fc.tuple(fc.nat(), fc.nat(), field).map(([row, column, value]) => {
    const lines = good.split('\n');
    const at = row % lines.length;
    const fields = (lines[at] ?? '').split(',');
    return lines.with(at, fields.with(column % fields.length, value).join(',')).join('\n');
  });
const csv = (good: string): fc.Arbitrary<string | Uint8Array> =>
  fc.oneof({ weight: 3, arbitrary: withField(good) }, { weight: 2, arbitrary: brokenText(good) }, { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }) }, { weight: 1, arbitrary: fc.nat({ max: 60 }).map((cut) => gzipSync(good).subarray(0, cut)) });

/** Whole files may be at fault, and a symbol over all its lines; everything else is at a line. */
const PLACED = / line \d+[,:]|not a complete gzip file|has no candles|has one settlement|share no minute/;

/** What is wrong with the market these files make, or with the words in which they are refused; null for neither. */
async function faultOf(files: Readonly<Record<string, string | Uint8Array>>, named: string): Promise<string | null> {
  const directory = await recordingDirectory(files);
  try {
    const feed = await recordedFeed({ directory });
    const events = [...feed.events(feed.startTime - 1, feed.startTime + 5 * MINUTE)].map((event) => JSON.stringify(event));
    const candles = feed.instruments.map(({ symbol }) => feed.minuteCandles(symbol, feed.startTime, feed.startTime + MINUTE, feed.startTime + HOUR).length);
    return events.find((event) => /NaN|Infinity|null/.test(event)) ?? (candles.every((count) => count === 1) ? null : 'a symbol without its first candle');
  } catch (error) {
    if (!(error instanceof MarketDataError)) throw error;
    return error.message.includes(named) && PLACED.test(error.message) && error.message.length < 2_000 ? null : `refused as ${error.message}`;
  }
}

describe('a recording', () => {
  it('of candles makes a market, or is refused at its file and line', { timeout: 60_000 }, async () => {
    await fc.assert(fc.asyncProperty(csv(GOOD_CANDLES), async (text) => {
      expect(await faultOf({ [CANDLES]: text }, CANDLES)).toBeNull();
    }), { numRuns: RUNS });
  });

  it('of funding makes a market, or is refused at its file and line', { timeout: 60_000 }, async () => {
    await fc.assert(fc.asyncProperty(csv(GOOD_FUNDING), async (text) => {
      expect(await faultOf({ [CANDLES]: GOOD_CANDLES, [FUNDING]: text }, FUNDING)).toBeNull();
    }), { numRuns: RUNS });
  });
});

/** How `run.json` is read: as a state, or the words in which it is refused. */
function read(directory: string): string {
  try {
    return openDataFolder(directory).load() === null ? 'nothing' : 'a state';
  } catch (error) {
    if (error instanceof OptionError) return error.message;
    throw error;
  }
}

describe('the state of a run', () => {
  const GOOD = { seed: '1', market: null, symbols: ['BTCUSDT'], startAt: START, nowAt: START + HOUR, boots: 1 };

  it('is read, or refused by the name of its file', async () => {
    const directory = await recordingDirectory({});
    await fc.assert(
      fc.asyncProperty(fc.oneof(changed(GOOD).map((value) => JSON.stringify(value) ?? ''), brokenText(JSON.stringify(GOOD))), async (text) => {
        await writeFile(join(directory, 'run.json'), text);
        expect(read(directory)).toMatch(/^a state$|run\.json/);
      }),
      { numRuns: RUNS },
    );
  });
});
