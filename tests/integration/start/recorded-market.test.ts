import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runStart, summaryOf } from './run-start.ts';

const SLOW = 120_000;
const MINUTES = 30 * 60;
const START = Date.UTC(2026, 2, 2);
const HEADER = 'time,open,high,low,close,volume';

let directory = '';
const data = (): string => mkdtempSync(join(directory, 'data-'));

/** A slow wave with a jolt now and then: enough for the shipped strategy to enter and leave. */
function priceAt(minute: number): number {
  return 100_000 + 400 * Math.sin(minute / 90) + (minute % 240 > 225 ? -900 : 0);
}

function candles(): string {
  const rows = Array.from({ length: MINUTES }, (_, i) => {
    const [open, close] = [priceAt(i), priceAt(i + 1)];
    const [high, low] = [Math.max(open, close) + 5, Math.min(open, close) - 5];
    return [START + i * 60_000, ...[open, high, low, close].map((value) => value.toFixed(1)), '25.5'].join(',');
  });
  return [HEADER, ...rows].join('\n');
}

function market(name: string, text: string): string {
  const path = mkdtempSync(join(directory, 'market-'));
  writeFileSync(join(path, name), gzipSync(text));
  return path;
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'portcullis-market-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('npm start on recorded candles', () => {
  it('runs on a directory of candle files', { timeout: SLOW }, async () => {
    const result = await runStart(['--market', market('BTCUSDT-1m-wave.csv.gz', candles()), '--symbols', 'BTCUSDT', '--hours', '5', '--json', '--data', data()]);
    expect(result.code).toBe(0);
    const summary = summaryOf(result);
    expect(summary).toMatchObject({ duplicates: 0, stuck: 0, ledgerEqualsVenue: true });
    expect(summary.orders).toBeGreaterThan(0);
  });

  it('names file, line and column of a malformed candle', { timeout: SLOW }, async () => {
    const broken = market('BTCUSDT-1m-broken.csv.gz', `${HEADER}\n${START},100000,100010,oops,100000,1\n`);
    const result = await runStart(['--market', broken, '--symbols', 'BTCUSDT', '--hours', '1', '--data', data()]);
    expect(result.code).toBe(2);
    expect(result.stderr).toMatch(/BTCUSDT-1m-broken\.csv\.gz line 2, column low: "oops" is not allowed/);
  });

  it('refuses more hours than were recorded', { timeout: SLOW }, async () => {
    const result = await runStart(['--market', market('BTCUSDT-1m-wave.csv.gz', candles()), '--symbols', 'BTCUSDT', '--hours', '100', '--data', data()]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('--hours 100');
  });

  it('says which server cannot have its port, and leaves nothing running', { timeout: SLOW }, async () => {
    const taken = createServer();
    await once(taken.listen(0, '127.0.0.1'), 'listening');
    const address = taken.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const result = await runStart(['--port', String(address.port - 2), '--hours', '1', '--data', data()]);
    taken.close();
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(`simulated venue on 127.0.0.1:${address.port}`);
  });
});
