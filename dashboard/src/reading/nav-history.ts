/**
 * The NAV curve: buckets of one UTC day, each a document. Days that are over are read once; today's is read again now
 * and then, and in between its end is the NAV of the head.
 */
import { asDecimal, asFields, asNumber, asText } from '../records/fields.ts';
import type { Fields } from '../records/fields.ts';
import type { FirestoreReader } from '../records/firestore-reader.ts';
import type { NavHistoryDay } from '../../../functions/src/schema/records/nav-history.ts';

/** Numbers for drawing alone. */
export interface NavPoint {
  readonly at: number;
  readonly navUsd: number;
  readonly drawdownPct: number;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const REREAD_MS = 10 * MINUTE_MS;

export class NavHistory {
  readonly #reader: FirestoreReader;
  readonly #days = new Map<string, readonly NavPoint[]>();
  #todayReadAt = Number.NEGATIVE_INFINITY;
  #today = '';

  constructor(reader: FirestoreReader) {
    this.#reader = reader;
  }

  /** Points of the last `hours`, oldest first. */
  async points(now: number, hours: number): Promise<readonly NavPoint[]> {
    const from = now - hours * 3_600_000;
    const days = daysBetween(from, now);
    await this.#readMissing(days, now);
    return days.flatMap((day) => this.#days.get(day) ?? []).filter(({ at }) => at >= from);
  }

  async #readMissing(days: readonly string[], now: number): Promise<void> {
    const today = dayOf(now);
    const isDue = now - this.#todayReadAt >= REREAD_MS || now < this.#todayReadAt || today !== this.#today;
    // The day that was today is read once more when it is over.
    const missing = days.filter((day) => !this.#days.has(day) || (isDue && (day === today || day === this.#today)));
    if (missing.length === 0) return;
    const { value } = await this.#reader.get(missing.map((day) => `nav_history/${day}`));
    for (const day of missing) this.#days.set(day, pointsOf(day, value.get(`nav_history/${day}`) ?? null));
    if (!isDue) return;
    this.#todayReadAt = now;
    this.#today = today;
  }
}

/** `yyyymmdd` in UTC. */
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');

function daysBetween(from: number, until: number): readonly string[] {
  const first = Math.floor(from / DAY_MS);
  const last = Math.floor(until / DAY_MS);
  return Array.from({ length: last - first + 1 }, (_, index) => dayOf((first + index) * DAY_MS));
}

/** A point that cannot be read is left out: a gap in the curve, never a zero. */
export function pointsOf(day: string, document: { readonly fields: object } | null): readonly NavPoint[] {
  const midnight = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(4, 6)) - 1, Number(day.slice(6)));
  const fields: Fields<NavHistoryDay> = asFields<NavHistoryDay>(document?.fields) ?? {};
  const [minutes, navs, drawdowns] = [listOf(fields.minutes), listOf(fields.navUsd), listOf(fields.drawdownPct)];
  return minutes.flatMap((value, index) => {
    const minute = asNumber(value);
    const [nav, drawdown] = [asDecimal(navs[index]), asDecimal(drawdowns[index])];
    if (minute === null || nav === null || drawdown === null) return [];
    return [{ at: midnight + minute * MINUTE_MS, navUsd: Number(nav), drawdownPct: Number(drawdown) }];
  });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The curve with the newest NAV at its end, when that is newer; a NAV that is not ok is not drawn. */
export function withHead(points: readonly NavPoint[], nav: { readonly health?: unknown; readonly navUsd?: unknown; readonly drawdownPct?: unknown; readonly valueAt?: unknown } | null): readonly NavPoint[] {
  const [navUsd, drawdownPct, at] = [asDecimal(nav?.navUsd), asDecimal(nav?.drawdownPct), asNumber(nav?.valueAt)];
  const last = points.at(-1);
  if (asText(nav?.health) !== 'ok' || navUsd === null || drawdownPct === null || at === null) return points;
  return last !== undefined && at <= last.at ? points : [...points, { at, navUsd: Number(navUsd), drawdownPct: Number(drawdownPct) }];
}
