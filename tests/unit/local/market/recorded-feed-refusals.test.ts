import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MarketDataError } from '../../../../local/venue/market/market-data-error.ts';
import { recordedFeed } from '../../../../local/venue/market/recorded-feed.ts';
import { CANDLE_HEADER, MINUTE, START, THREE_ROWS, candleCsv, recordingDirectory } from './recording.ts';

const BTC = 'BTCUSDT-1m-test.csv.gz';
const FUNDING = 'funding-rates.csv.gz';
const HOUR = 60 * MINUTE;

async function refusal(files: Readonly<Record<string, string | Uint8Array>>, options: object = {}): Promise<Error> {
  const directory = await recordingDirectory(files);
  const opened = await recordedFeed({ directory, ...options }).then(
    () => new Error('nothing was refused'),
    (error: unknown) => error,
  );
  expect(opened).toBeInstanceOf(MarketDataError);
  return opened instanceof Error ? opened : new Error(String(opened));
}

const lines = (...rows: readonly string[]): string => `${[CANDLE_HEADER, ...rows].join('\n')}\n`;
const rates = (...rows: readonly string[]): string => `symbol,time,funding_rate\n${rows.join('\n')}\n`;
const good = (minute: number): string => `${START + minute * MINUTE},100000,100010,99990,100000,1`;

describe('recorded candles are refused with their place', () => {
  test.each([
    [
      'a gap',
      lines(good(0), good(2)),
      `line 3, column time: "${START + 2 * MINUTE}" is not allowed, only the next minute ${START + MINUTE}, for there must be no gap`,
    ],
    [
      'disorder',
      lines(good(0), good(1), good(0)),
      `line 4, column time: "${START}" is not allowed, only the next minute ${START + 2 * MINUTE}, for times must rise`,
    ],
    ['a repeated minute', lines(good(0), good(0)), `line 3, column time: "${START}" is not allowed`],
    ['a time inside a minute', lines(`${START + 1},1,1,1,1,1`), 'only a whole minute in epoch milliseconds'],
    [
      'a word for a price',
      lines(`${START},abc,100010,99990,100000,1`),
      'line 2, column open: "abc" is not allowed, only a plain decimal from 556.8 to 4529764',
    ],
    ['an exponent', lines(`${START},1e5,100010,99990,100000,1`), 'line 2, column open: "1e5"'],
    [
      'a negative volume',
      lines(`${START},100000,100010,99990,100000,-1`),
      'line 2, column volume: "-1" is not allowed, only a plain decimal of at least 0',
    ],
    ['an empty field', lines(`${START},100000,100010,99990,,1`), 'line 2, column close: ""'],
    [
      'too fine a price',
      lines(`${START},100000.123,100010,99990,100000,1`),
      'column open: "100000.123" is not allowed, only a plain decimal from 556.8 to 4529764 with at most 2 decimals',
    ],
    ['a price beyond the contract', lines(`${START},100000,9999999,99990,100000,1`), 'column high: "9999999"'],
    [
      'a high below the close',
      lines(`${START},100000,100010,99990,100011,1`),
      'column high: "100010" is not allowed, only at least open, low and close',
    ],
    [
      'a low above the open',
      lines(`${START},100000,100010,100001,100005,1`),
      'column low: "100001" is not allowed, only at most open and close',
    ],
    [
      'movement without volume',
      lines(`${START},100000,100010,99990,100000,0`),
      'column volume: "0" is not allowed, only more than 0 where the price moved',
    ],
    ['a missing field', lines(`${START},1,1,1,1`), 'line 2: "1748736000000,1,1,1,1" has 5 fields, only 6 are allowed'],
    ['an empty line', lines(good(0), '', good(1)), 'line 3: "" has 1 fields'],
    ['another header', 'time,o,h,l,c,v\n', 'line 1: header "time,o,h,l,c,v" is not allowed'],
    ['a file without rows', lines(), 'has no candles'],
    ['a carriage return', lines(`${good(0)}\r`), 'column volume: "1\\r"'],
  ])('%s', async (_, csv, message) => {
    const error = await refusal({ [BTC]: csv });
    expect(error.message).toContain(BTC);
    expect(error.message).toContain(message);
  });

  test('a damaged archive', async () => {
    const whole = gzipSync(candleCsv(THREE_ROWS));
    const error = await refusal({ [BTC]: whole.subarray(0, whole.length - 9) });
    expect(error.message).toBe(`${BTC} is not a complete gzip file. Replace it with an undamaged copy.`);
  });
});

describe('recorded funding is refused with its place', () => {
  test.each([
    [
      'a gap',
      rates(`BTCUSDT,${START},0`, `BTCUSDT,${START + 16 * HOUR},0`),
      `line 3, column time: "${START + 16 * HOUR}" is not allowed, only a time at most 8 hours after`,
    ],
    ['disorder', rates(`BTCUSDT,${START},0`, `BTCUSDT,${START - 8 * HOUR},0`), 'line 3, column time'],
    ['a settlement twice', rates(`BTCUSDT,${START},0`, `BTCUSDT,${START + 5},0`), 'only a time at least an hour after'],
    [
      'a time off the hour',
      rates(`BTCUSDT,${START + MINUTE},0`),
      'only a full hour in epoch milliseconds, at most a minute late',
    ],
    [
      'a word for a rate',
      rates(`BTCUSDT,${START},none`),
      'line 2, column funding_rate: "none" is not allowed, only a decimal from -0.05 to 0.05',
    ],
    ['a percentage', rates(`BTCUSDT,${START},0.06`), 'column funding_rate: "0.06"'],
    ['a single settlement', rates(`BTCUSDT,${START},0.0001`), 'BTCUSDT has one settlement'],
  ])('%s', async (_, csv, message) => {
    const error = await refusal({ [BTC]: candleCsv(THREE_ROWS), [FUNDING]: csv });
    expect(error.message).toContain(FUNDING);
    expect(error.message).toContain(message);
  });
});

describe('a directory is refused as a whole', () => {
  test('without a candle file', async () => {
    expect((await refusal({ [FUNDING]: 'symbol,time,funding_rate\n' })).message).toContain('has no SYMBOL-1m-*.csv.gz file');
  });

  test('with two files of one symbol', async () => {
    const error = await refusal({ [BTC]: candleCsv(THREE_ROWS), 'BTCUSDT-1m-other.csv.gz': candleCsv(THREE_ROWS) });
    expect(error.message).toContain(`BTCUSDT-1m-other.csv.gz and ${BTC} are both BTCUSDT`);
  });

  test('when a wanted symbol is not recorded', async () => {
    const error = await refusal({ [BTC]: candleCsv(THREE_ROWS) }, { symbols: ['ETHUSDT'] });
    expect(error.message).toContain('symbol "ETHUSDT" is not recorded');
    expect(error.message).toContain('only BTCUSDT');
  });

  test('when the recordings share no minute', async () => {
    const error = await refusal({
      [BTC]: candleCsv(THREE_ROWS),
      'ETHUSDT-1m-test.csv.gz': candleCsv(['2500,2500,2500,2500,1'], START + HOUR),
    });
    expect(error.message).toContain(
      `share no minute: BTCUSDT ${START} to ${START + 2 * MINUTE}, ETHUSDT ${START + HOUR} to ${START + HOUR}`,
    );
  });

  test.each([START + 1, START - MINUTE, START + 3 * MINUTE])('when it shall start at %s', async (startTime) => {
    const error = await refusal({ [BTC]: candleCsv(THREE_ROWS) }, { startTime });
    expect(error.message).toContain(`startTime ${startTime}: only a whole minute from ${START} to ${START + 2 * MINUTE}`);
  });

  test('when a symbol has no known quote asset', async () => {
    expect((await refusal({ 'ABCBTC-1m-test.csv.gz': candleCsv(['1,1,1,1,1']) })).message).toContain('symbol "ABCBTC"');
  });
});
