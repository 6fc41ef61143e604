import { FIRESTORE, billedUsd } from '../functions/src/domain/cost/prices.ts';
import type { Counts } from './firestore/counters.ts';

const DAYS = 30;
const MINUTES_PER_DAY = 1440;

/** What a month of such minutes would cost at the store, after the free daily quota; functions and traffic come on top. */
export function monthlyUsd(usage: Counts, minutes: number): number {
  if (minutes <= 0) return 0;
  const perDay = (count: number): number => (count / minutes) * MINUTES_PER_DAY;
  const usd = billedUsd(perDay(usage.reads), FIRESTORE.read) + billedUsd(perDay(usage.writes), FIRESTORE.write) + billedUsd(perDay(usage.deletes), FIRESTORE.delete);
  return Math.round(usd * DAYS * 100) / 100;
}
