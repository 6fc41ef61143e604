/** Where a recorded value stands; lines count from 1, the header is line 1. */
export interface DataPosition {
  readonly file: string;
  readonly line: number;
  readonly column: string;
}

/** Recorded market data that cannot be used as it is. The message says where, what was found, what is allowed and what to do. */
export class MarketDataError extends Error {
  override readonly name = 'MarketDataError';
}

const LONGEST = 60;

/** As text in quotes, cut where it is long: a file may be one line of anything. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}...` : value);
}

export function refusedValue(at: DataPosition, value: string, allowed: string): MarketDataError {
  return new MarketDataError(
    `${at.file} line ${at.line}, column ${at.column}: ${quoted(value)} is not allowed, only ${allowed}. ` +
      'Correct or replace the file.',
  );
}
