// Paging of histories: from an id upward, or a time window of at most 7 days (the latest 7 days when none is given).
import { WireRefusal, invalidCombination } from '../wire-refusal.ts';
import type { EndpointCall } from './endpoint.ts';

const WEEK_MS = 7 * 86_400_000;

export interface HistoryKeys<Row> {
  readonly id: (row: Row) => string;
  readonly time: (row: Row) => number;
  /** The parameter that asks for rows from an id on. */
  readonly fromParameter: string;
}

/** `rows` must be in rising order of id and time. */
export function pageOf<Row>(call: EndpointCall, rows: readonly Row[], keys: HistoryKeys<Row>): Row[] {
  const { parameters } = call;
  const limit = parameters.integer('limit', { min: 1, max: 1000 }, 500);
  const from = parameters.optionalId(keys.fromParameter);
  const { start, end } = timeWindow(call, WEEK_MS);
  if (from !== undefined) {
    if (parameters.optionalTime('startTime') !== undefined || parameters.optionalTime('endTime') !== undefined) throw invalidCombination();
    return rows.filter((row) => BigInt(keys.id(row)) >= BigInt(from)).slice(0, limit);
  }
  const within = rows.filter((row) => keys.time(row) >= start && keys.time(row) <= end);
  return parameters.optionalTime('startTime') === undefined ? within.slice(-limit) : within.slice(0, limit);
}

/** A missing end of the window is `spanMs` from the other one; a wider window is refused. */
export function timeWindow({ parameters, now }: EndpointCall, spanMs: number): { start: number; end: number } {
  const start = parameters.optionalTime('startTime');
  const end = parameters.optionalTime('endTime');
  if (start !== undefined && end !== undefined && (end < start || end - start > spanMs)) {
    throw new WireRefusal(400, -4166, 'Search window is restricted to recent 7 days only.');
  }
  if (start !== undefined) return { start, end: end ?? start + spanMs };
  return { start: (end ?? now) - spanMs, end: end ?? now };
}
