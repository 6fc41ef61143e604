/** The newest price the records know of each symbol: the mark of an open position, or the mid an order was armed at. */
import type { Inspection } from '../compose/start-inspection.ts';
import { readPositive } from '../domain/risk/read-decimal.ts';
import { asPrice } from '../domain/money/units.ts';
import type { Price } from '../domain/money/units.ts';
import { ORDERS } from '../schema/records/order.ts';
import type { RiskState } from '../schema/records/risk-state.ts';
import type { EpochMs } from '../schema/scalars.ts';

const ORDERS_LOOKED_AT = 200;

export interface LastPrice {
  readonly price: Price;
  readonly at: EpochMs;
  readonly source: 'mark' | 'mid of an order';
}

export async function lastPrices(store: Inspection['store'], risk: RiskState | null): Promise<ReadonlyMap<string, LastPrice>> {
  const orders = await store.query({ collection: ORDERS, where: [], orderBy: [{ field: 'armedAt', direction: 'desc' }], limit: ORDERS_LOOKED_AT });
  const seen = [
    ...orders.map(({ data }) => ({ symbol: data.symbol, price: data.arrivalMid, at: data.armedAt, source: 'mid of an order' as const })),
    ...Object.values(risk?.exposures ?? {}).map(({ symbol, markPrice, markAt }) => ({ symbol, price: markPrice, at: markAt, source: 'mark' as const })),
  ];
  const newest = new Map<string, LastPrice>();
  for (const { symbol, price: text, at, source } of seen) {
    const price = readPositive(text);
    const known = newest.get(symbol);
    if (price !== null && (known === undefined || at > known.at)) newest.set(symbol, { price: asPrice(price), at, source });
  }
  return newest;
}
