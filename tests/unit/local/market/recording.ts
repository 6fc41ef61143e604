// Builders of small recordings and units for the tests of the market feeds.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { MarketUnits, UnitCandle } from '../../../../local/venue/market/unit-candle.ts';

/** 2025-06-01 00:00 UTC. */
export const START = Date.UTC(2025, 5, 1);
export const MINUTE = 60_000;

export const UNITS: MarketUnits = { priceDecimals: 2, qtyDecimals: 3, tick: 10, spread: 10, leastDisplayed: 50 };

export function unitCandle(wanted: Partial<UnitCandle> = {}): UnitCandle {
  return { openTime: START, open: 10_000, high: 10_500, low: 9_800, close: 10_200, volume: 90_000, ...wanted };
}

export const CANDLE_HEADER = 'time,open,high,low,close,volume';

/** Minutes of BTCUSDT from START; a row is "open,high,low,close,volume". */
export function candleCsv(rows: readonly string[], startTime = START): string {
  return `${[CANDLE_HEADER, ...rows.map((row, i) => `${startTime + i * MINUTE},${row}`)].join('\n')}\n`;
}

export const THREE_ROWS = [
  '100000,100010.5,99990.1,100005,12.5',
  '100005,100020,100005,100018.3,8.001',
  '100018.3,100018.3,99950,99960,20',
];

/** A directory with these files (text is gzipped, bytes are written as they are), removed after the test. */
export async function recordingDirectory(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'market-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  await Promise.all(
    Object.entries(files).map(([name, content]) =>
      writeFile(join(directory, name), typeof content === 'string' ? gzipSync(content) : content),
    ),
  );
  return directory;
}
