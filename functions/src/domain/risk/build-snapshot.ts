/** One symbol's snapshot from what a run has read. Screener and executor both come through here. */
import type { Reading } from '../found.ts';
import { instrumentOf } from '../market/instrument-record.ts';
import type { Mark, Quote } from '../market/market.ts';
import { toStatistic } from '../money/decimal.ts';
import type { MarketMetadata } from '../../schema/records/market-metadata.ts';
import type { NavState } from '../../schema/records/nav-state.ts';
import type { PositionsState } from '../../schema/records/positions-state.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { TradingControl } from '../../schema/records/trading-control.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { RiskLimits } from './limits.ts';
import type { Observed } from './observed.ts';
import type { Snapshot } from './snapshot.ts';

/** Everything of a run that is not particular to a symbol. */
export interface SnapshotSource {
  readonly asOf: EpochMs;
  readonly limits: RiskLimits;
  readonly markets: MarketMetadata | null;
  readonly quotes: Reading<readonly Quote[]>;
  readonly marks: Reading<readonly Mark[]>;
  readonly nav: NavState | null;
  readonly positions: PositionsState | null;
  readonly risk: RiskState;
  readonly control: TradingControl | null;
  readonly writeGate: 'open' | 'closed';
}

export function buildSnapshot(source: SnapshotSource, symbol: string, duplicateIntent: boolean): Snapshot {
  const { markets, quotes, marks, ...rest } = source;
  const quote = observedOf(quotes, symbol);
  return {
    ...rest,
    instrument: instrumentOf(markets, symbol),
    positionMode: markets?.positionMode ?? null,
    quote,
    mark: observedOf(marks, symbol),
    bookImbalance: imbalanceOf(quote),
    duplicateIntent,
  };
}

function observedOf<T extends { readonly symbol: string; readonly at: EpochMs }>(reading: Reading<readonly T[]>, symbol: string): Observed<T> {
  if (reading.kind === 'unavailable') return reading;
  const value = reading.value.find((candidate) => candidate.symbol === symbol);
  if (value === undefined) return { kind: 'unavailable', cause: `the venue does not quote ${symbol}` };
  return { kind: 'found', value, asOf: reading.asOf };
}

/** (bid size - ask size) / (bid size + ask size) at the best prices. */
function imbalanceOf(quote: Observed<Quote>): Observed<number> {
  if (quote.kind === 'unavailable') return quote;
  const bid = toStatistic(quote.value.bidQty);
  const ask = toStatistic(quote.value.askQty);
  if (!(bid + ask > 0)) return { kind: 'unavailable', cause: 'nothing is displayed at the best prices' };
  return { kind: 'found', value: (bid - ask) / (bid + ask), asOf: quote.asOf };
}

