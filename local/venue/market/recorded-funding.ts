import { basename } from 'node:path';
import type { FundingEvent } from '../../../functions/src/domain/matching/market-event.ts';
import { readCsvFile } from './csv-file.ts';
import { MarketDataError, refusedValue } from './market-data-error.ts';

const HOUR_MS = 3_600_000;
/** Recorded settlements come some milliseconds after the full hour. */
const LATEST_MS = 60_000;
const LONGEST_HOURS = 8;
const HIGHEST_RATE = 0.05;
const RATE = /^(?<sign>-?)(?<whole>\d+)(?:\.(?<fraction>\d+))?(?:e-(?<shift>\d{1,2}))?$/;

interface Settlement {
  readonly time: number;
  readonly rate: string;
}

/**
 * Settlements by symbol, oldest first. The rates may carry an exponent (9.3e-7), their decimal text is exact. The
 * next funding time of the last settlement assumes the interval before it.
 * Throws MarketDataError for disorder, a gap of more than 8 hours, and anything that is not a rate.
 */
export async function readRecordedFunding(path: string): Promise<ReadonlyMap<string, readonly FundingEvent[]>> {
  const file = basename(path);
  const bySymbol = new Map<string, Settlement[]>();
  await readCsvFile(path, ['symbol', 'time', 'funding_rate'], ([symbol = '', time = '', rate = ''], line) => {
    const settlements = bySymbol.get(symbol) ?? [];
    bySymbol.set(symbol, settlements);
    settlements.push({
      time: settlementTime(time, settlements.at(-1)?.time, (allowed) =>
        refusedValue({ file, line, column: 'time' }, time, allowed),
      ),
      rate: rateText(rate, (allowed) => refusedValue({ file, line, column: 'funding_rate' }, rate, allowed)),
    });
  });
  return new Map([...bySymbol].map(([symbol, settlements]) => [symbol, fundingEvents(file, symbol, settlements)]));
}

type Refuse = (allowed: string) => MarketDataError;

function settlementTime(text: string, before: number | undefined, refuse: Refuse): number {
  const time = /^\d{12,14}$/.test(text) ? Number(text) : Number.NaN;
  if (!(time % HOUR_MS < LATEST_MS)) throw refuse('a full hour in epoch milliseconds, at most a minute late');
  if (before === undefined) return time;
  const hours = (fullHour(time) - fullHour(before)) / HOUR_MS;
  if (hours < 1) throw refuse(`a time at least an hour after ${before}, the settlement before`);
  if (hours > LONGEST_HOURS) throw refuse(`a time at most ${LONGEST_HOURS} hours after ${before}, for there must be no gap`);
  return time;
}

/** Plain decimal text of a rate, by moving the point: no rounding. */
function rateText(text: string, refuse: Refuse): string {
  const parts = RATE.exec(text)?.groups;
  if (parts === undefined || Math.abs(Number(text)) > HIGHEST_RATE)
    throw refuse(`a decimal from -${HIGHEST_RATE} to ${HIGHEST_RATE}`);
  const { sign = '', whole = '', fraction = '', shift = '0' } = parts;
  const digits = whole.padStart(Number(shift) + 1, '0');
  const point = digits.length - Number(shift);
  const decimals = digits.slice(point) + fraction;
  return `${sign}${digits.slice(0, point)}${decimals === '' ? '' : `.${decimals}`}`;
}

function fundingEvents(file: string, symbol: string, settlements: readonly Settlement[]): readonly FundingEvent[] {
  const [last, beforeLast] = [settlements.at(-1), settlements.at(-2)];
  if (last === undefined || beforeLast === undefined) {
    throw new MarketDataError(
      `${file}: ${symbol} has one settlement, at least two are needed to know the interval. Add more or remove it.`,
    );
  }
  const afterLast = 2 * fullHour(last.time) - fullHour(beforeLast.time);
  return settlements.map(({ time, rate }, i) => {
    const next = settlements[i + 1];
    return { kind: 'funding', symbol, time, rate, nextFundingTime: next === undefined ? afterLast : fullHour(next.time) };
  });
}

function fullHour(time: number): number {
  return Math.floor(time / HOUR_MS) * HOUR_MS;
}
