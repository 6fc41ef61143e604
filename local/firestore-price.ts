import type { Counts } from './firestore/counters.ts';

/** List prices per operation in dollars at the dearest location class (multi-region), and what is free each day. */
const USD = { read: 0.06 / 100_000, write: 0.18 / 100_000, delete: 0.02 / 100_000 };
const FREE_PER_DAY = { read: 50_000, write: 20_000, delete: 20_000 };
const DAYS = 30;
const MINUTES_PER_DAY = 1440;

/** What a month of such minutes would cost at the store, after the free daily quota; functions and traffic come on top. */
export function monthlyUsd(usage: Counts, minutes: number): number {
  if (minutes <= 0) return 0;
  const perDay = (count: number): number => (count / minutes) * MINUTES_PER_DAY;
  const billed = (count: number, free: number): number => Math.max(0, perDay(count) - free) * DAYS;
  const cost =
    billed(usage.reads, FREE_PER_DAY.read) * USD.read +
    billed(usage.writes, FREE_PER_DAY.write) * USD.write +
    billed(usage.deletes, FREE_PER_DAY.delete) * USD.delete;
  return Math.round(cost * 100) / 100;
}
