/** The download against the venue's wire: whole, interrupted and gone on with, refused, and read back as a market. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DownloadError } from '../../../local/download/download-error.ts';
import { downloadMarket } from '../../../local/download/download-market.ts';
import { PublicVenue } from '../../../local/download/public-venue.ts';
import { generatedFeed } from '../../../local/venue/market/generated-feed.ts';
import { recordedFeed } from '../../../local/venue/market/recorded-feed.ts';
import { startVenueServer } from '../../../local/venue/server.ts';
import type { VenueServer } from '../../../local/venue/server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { launched } from './launched.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const START = Date.UTC(2026, 0, 5);
const SPAN = { from: START, to: START + 2 * DAY };
const SYMBOLS = ['BTCUSDT', 'ETHUSDT'];
const feed = generatedFeed({ seed: 'download', symbols: SYMBOLS.map((symbol) => ({ symbol })), startTime: START - 2 * DAY });

let cleanUp = new AsyncDisposableStack();
let venue: VenueServer;
let directory = '';
let pauses: number[] = [];
beforeEach(async () => {
  cleanUp = new AsyncDisposableStack();
  directory = join(await temporaryFolder(cleanUp), 'market');
  pauses = [];
  venue = await startVenueServer({
    port: 0,
    market: feed,
    clock: () => START + 3 * DAY,
    apiKey: 'testKey0123456789',
    apiSecret: 'testSecret0123456789',
    positionMode: 'hedge',
    wallet: { USDT: { balance: '10000', usdRate: '1', collateralRatio: '1' } },
  });
  cleanUp.defer(() => venue.close());
});
afterEach(() => cleanUp.disposeAsync());

const client = (onRequest: (url: string) => void = () => undefined) =>
  new PublicVenue({
    url: venue.url,
    fetch: (input, init) => {
      onRequest(new Request(input).url);
      return fetch(input, init);
    },
    sleep: (ms) => {
      pauses.push(ms);
      return Promise.resolve();
    },
  });

const nothing = (): void => undefined;
const get = (symbols: readonly string[] = SYMBOLS, onRequest?: (url: string) => void, onProgress: (share: number, what: string) => void = nothing) => downloadMarket(client(onRequest), { symbols, directory, ...SPAN }, onProgress);

describe('a download', () => {
  it('is the market itself, minute by minute and settlement by settlement', async () => {
    const shares: number[] = [];
    const done = await get(SYMBOLS, undefined, (share) => shares.push(share));
    expect(done).toEqual({ files: ['BTCUSDT-1m-20260105-20260107.csv.gz', 'ETHUSDT-1m-20260105-20260107.csv.gz'], minutes: 2880, withoutFunding: [] });
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect((await readdir(directory)).toSorted()).toEqual([...done.files, 'funding-rates.csv.gz']);
    const read = await recordedFeed({ directory });
    for (const symbol of SYMBOLS) {
      const shape = (market: typeof feed) => market.minuteCandles(symbol, START, START + 2 * DAY, START + 3 * DAY).map(({ openTime, open, high, low, close, volume }) => [openTime, ...[open, high, low, close, volume].map(Number)]);
      expect(shape(read)).toEqual(shape(feed));
      const settled = (market: typeof feed) => market.fundingHistory(symbol, START, START + 2 * DAY - 1).map(({ time, rate }) => [time, Number(rate)]);
      expect(settled(read)).toEqual(settled(feed));
      expect(settled(read).length).toBeGreaterThan(3);
    }
  });

  it('that was interrupted goes on where it was, and ends with the same bytes', async () => {
    await get();
    const whole = await readFile(join(directory, 'BTCUSDT-1m-20260105-20260107.csv.gz'));
    directory = `${directory}-again`;
    let left = 3;
    const interrupted = get(SYMBOLS, (url) => {
      if (url.includes('klines') && (left -= 1) < 0) throw new Error('power cut');
    });
    await expect(interrupted).rejects.toThrow('run the same command again to go on');
    expect(existsSync(join(directory, 'ETHUSDT-1m-20260105-20260107.csv.gz'))).toBe(false);
    const asked: string[] = [];
    await get(SYMBOLS, (url) => url.includes('klines') && asked.push(url));
    expect(asked).toHaveLength(3);
    expect(await readFile(join(directory, 'BTCUSDT-1m-20260105-20260107.csv.gz'))).toEqual(whole);
    expect((await readdir(directory)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('that is there is not asked for again, and other symbols join it', async () => {
    await get(['BTCUSDT']);
    const asked: string[] = [];
    await get(['ETHUSDT', 'BTCUSDT'], (url) => url.includes('klines') && asked.push(url));
    expect(asked.filter((url) => url.includes('BTCUSDT'))).toEqual([]);
    const funding = gunzipSync(await readFile(join(directory, 'funding-rates.csv.gz'))).toString().trimEnd().split('\n').slice(1);
    expect(new Set(funding).size).toBe(funding.length);
    expect(new Set(funding.map((row) => row.split(',')[0]))).toEqual(new Set(SYMBOLS));
  });

  it.each([
    ['a server error', 502, null, [500]],
    ['a request to wait', 429, 7, [7000]],
  ] as const)('goes on after %s', async (_title, status, retryAfterS, waited) => {
    venue.faults.add({ match: { path: '/fapi/v1/klines' }, when: 'before', effect: { kind: 'answer', status, body: '{}', ...(retryAfterS === null ? {} : { retryAfterS }) }, times: 1 });
    await get(['BTCUSDT']);
    expect(pauses).toEqual(waited);
    expect(existsSync(join(directory, 'BTCUSDT-1m-20260105-20260107.csv.gz'))).toBe(true);
  });

  it.each([
    ['a ban', 418, 'the venue has banned this address for 9 s'],
    ['another country', 451, 'the venue does not serve this address'],
  ])('stops at once at %s', async (_title, status, message) => {
    venue.faults.add({ match: { path: '/fapi/v1/klines' }, when: 'before', effect: { kind: 'answer', status, body: '{"code":0,"msg":"no"}', retryAfterS: 9 }, times: 1 });
    let asked = 0;
    await expect(get(['BTCUSDT'], (url) => (asked += url.includes('klines') ? 1 : 0))).rejects.toThrow(message);
    expect([asked, pauses]).toEqual([1, []]);
  });

  it('half an answer is no answer', async () => {
    venue.faults.add({ match: { path: '/fapi/v1/klines' }, when: 'after', effect: { kind: 'truncate' }, times: 1 });
    await expect(get(['BTCUSDT'])).rejects.toThrow(DownloadError);
    expect(existsSync(join(directory, 'BTCUSDT-1m-20260105-20260107.csv.gz'))).toBe(false);
  });

  it.each([
    ['a symbol that the venue does not have', { symbols: ['DOGEUSDT'], ...SPAN }, /Invalid symbol.*check --symbols/],
    ['minutes that have not come', { symbols: ['BTCUSDT'], from: START, to: START + 4 * DAY }, /has not come yet; the venue's time is 2026-01-08/],
    ['minutes that the venue does not have', { symbols: ['BTCUSDT'], from: START - 400 * DAY, to: START - 399 * DAY }, /BTCUSDT has no candle of 2024-12-01T00:00:00.000Z/],
  ])('refuses %s', async (_title, wanted, message) => {
    await expect(downloadMarket(client(), { ...wanted, directory }, nothing)).rejects.toThrow(message);
    expect((await readdir(directory)).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it('of another span of a symbol that is there is refused, as a market has one file for each', async () => {
    await get(['BTCUSDT']);
    await expect(downloadMarket(client(), { symbols: ['BTCUSDT'], from: START, to: START + DAY, directory }, nothing)).rejects.toThrow('BTCUSDT-1m-20260105-20260107.csv.gz already');
  });
});

describe('portcullis data download', () => {
  it('downloads with a line for each tenth, and says how to run it', async () => {
    const args = ['data', 'download', '--symbols', 'btcusdt', '--from', '2026-01-05', '--to', '2026-01-06', '--out', directory];
    const { code, out, problems } = await launched(args, { VENUE_BASE_URL: venue.url });
    expect([code, out]).toEqual([0, `1440 minutes of 1 symbols in ${directory}; run them with npm start -- --market ${directory}\n`]);
    expect(problems).toContain('████████████████████████ 100 %  funding\n');
  });

  it('says in one line what is wrong', async () => {
    const args = ['data', 'download', '--symbols', 'DOGEUSDT', '--from', '2026-01-05', '--to', '2026-01-06', '--out', directory];
    const { code, out, problems } = await launched(args, { VENUE_BASE_URL: venue.url });
    expect([code, out]).toEqual([2, '']);
    expect(problems).toMatch(/^portcullis: the venue refuses \(400: Invalid symbol\.\); check --symbols, --from and --to\n$/);
  });
});
