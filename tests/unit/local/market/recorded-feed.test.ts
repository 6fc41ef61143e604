import { describe, expect, test } from 'vitest';
import { recordedFeed } from '../../../../local/venue/market/recorded-feed.ts';
import { describesAMarket } from './feed-suite.ts';
import { MINUTE, START, THREE_ROWS, candleCsv, recordingDirectory } from './recording.ts';

const BTC = 'BTCUSDT-1m-test.csv.gz';
const ABC = 'ABCUSDC-1m-test.csv.gz';
const ABC_ROWS = ['1.25,1.3,1.2,1.21,100.5', '1.21,1.25,1.21,1.24,90', '1.24,1.24,1.24,1.24,5', '1.24,1.5,1.24,1.5,7'];
const FUNDING = 'funding-rates.csv.gz';
const HOUR = 60 * MINUTE;

async function quotesOfTwoMinutes(firstVolume: string, secondVolume: string): Promise<readonly unknown[]> {
  const rows = [`100000,100010,99990,100005,${firstVolume}`, `100005,100020,100005,100018.3,${secondVolume}`];
  const feed = await recordedFeed({ directory: await recordingDirectory({ [BTC]: candleCsv(rows) }) });
  return [...feed.events(START - 1, START + 2 * MINUTE)].filter((event) => event.kind === 'quote');
}

async function bothRecorded(): Promise<string> {
  return recordingDirectory({ [BTC]: candleCsv(THREE_ROWS), [ABC]: candleCsv(ABC_ROWS) });
}

/** Two settlements of BTCUSDT eight hours apart, and another symbol's. */
const FUNDING_CSV = [
  'symbol,time,funding_rate',
  `BTCUSDT,${START - 8 * HOUR + 3},0.0001`,
  `BTCUSDT,${START},-9.3e-7`,
  `XYZUSDT,${START},0`,
  `XYZUSDT,${START + HOUR},0\n`,
].join('\n');

describe('a recorded feed', () => {
  describesAMarket(async () => recordedFeed({ directory: await bothRecorded() }));

  test('serves closed candles exactly as recorded', async () => {
    const feed = await recordedFeed({ directory: await recordingDirectory({ [BTC]: candleCsv(THREE_ROWS) }) });
    const candles = feed.minuteCandles('BTCUSDT', START, START + 3 * MINUTE, START + 3 * MINUTE);
    expect(candles.map(({ open, high, low, close, volume }) => [open, high, low, close, volume].map(Number).join(','))).toEqual(
      THREE_ROWS,
    );
  });

  test('lasts as long as all its symbols, and serves what was recorded earlier as history', async () => {
    const later = candleCsv(ABC_ROWS, START + MINUTE);
    const feed = await recordedFeed({ directory: await recordingDirectory({ [BTC]: candleCsv(THREE_ROWS), [ABC]: later }) });
    expect([feed.startTime, feed.endTime]).toEqual([START + MINUTE, START + 3 * MINUTE - 1]);
    expect(feed.minuteCandles('BTCUSDT', 0, feed.startTime, feed.startTime).map(({ openTime }) => openTime)).toEqual([START]);
    expect([...feed.events(START + 3 * MINUTE - 1, START + 10 * MINUTE)]).toEqual([]);
    expect(feed.minuteCandles('ABCUSDC', START + 3 * MINUTE, START + 9 * MINUTE, START + 9 * MINUTE)).toEqual([]);
  });

  test('knows a contract whose name has letters of another script', async () => {
    const feed = await recordedFeed({ directory: await recordingDirectory({ '币安人生USDT-1m-test.csv.gz': candleCsv(ABC_ROWS) }) });
    expect(feed.instruments.map(({ symbol, baseAsset }) => [symbol, baseAsset])).toEqual([['币安人生USDT', '币安人生']]);
  });

  test('takes only the symbols and the start asked for', async () => {
    const directory = await bothRecorded();
    const feed = await recordedFeed({ directory, symbols: ['ABCUSDC'], startTime: START + 2 * MINUTE });
    expect(feed.instruments.map(({ symbol }) => symbol)).toEqual(['ABCUSDC']);
    expect([...feed.events(0, START + 2 * MINUTE)].map(({ time }) => time)).toContain(START + 2 * MINUTE);
    expect([...feed.events(0, START + 2 * MINUTE - 1)]).toEqual([]);
  });

  test("knows the majors' rules and reads a tick and a step from other recordings", async () => {
    const [abc, btc] = (await recordedFeed({ directory: await bothRecorded() })).instruments;
    expect(btc).toMatchObject({ symbol: 'BTCUSDT', tickSize: '0.10', stepSize: '0.001', minNotional: '100' });
    expect(abc).toMatchObject({ symbol: 'ABCUSDC', marginAsset: 'USDC', tickSize: '0.01', stepSize: '0.1', minNotional: '5' });
  });

  test('settles the recorded funding at its time, after the mark of that moment', async () => {
    const directory = await recordingDirectory({ [BTC]: candleCsv(THREE_ROWS), [FUNDING]: FUNDING_CSV });
    const feed = await recordedFeed({ directory });
    const settled = { kind: 'funding', symbol: 'BTCUSDT', time: START, rate: '-0.00000093', nextFundingTime: START + 8 * HOUR };
    const events = [...feed.events(START - 1, START + MINUTE)];
    expect(events.filter((event) => event.kind === 'funding')).toEqual([settled]);
    expect(events.findIndex((event) => event.kind === 'funding')).toBeGreaterThan(
      events.findIndex((event) => event.kind === 'mark'),
    );
    const before = { ...settled, time: START - 8 * HOUR + 3, rate: '0.0001', nextFundingTime: START };
    expect(feed.fundingHistory('BTCUSDT', 0, START)).toEqual([before, settled]);
    expect(feed.fundingHistory('BTCUSDT', 0, START - 1)).toEqual([before]);
  });

  test('displays sizes by the volume of the minute before, not of the running one', async () => {
    expect(await quotesOfTwoMinutes('12.5', '9000')).toEqual(await quotesOfTwoMinutes('12.5', '8'));
    expect(await quotesOfTwoMinutes('12.5', '8')).not.toEqual(await quotesOfTwoMinutes('99', '8'));
  });
});
