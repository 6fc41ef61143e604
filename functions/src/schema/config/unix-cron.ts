/**
 * Five fields of unix-cron: the only schedule syntax whose scheduled time is exact, and so the only one from which a
 * tick id can be derived.
 */
import { z } from 'zod';

const FIELDS = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12 },
  { min: 0, max: 7 },
] as const;

const allowed = 'five unix-cron fields of numbers, lists, ranges and steps, such as */5 * * * *';
const PART = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/;

/** Every value a field fires at, ascending; null when it is not a field of numbers within its range. */
function valuesOf(field: string, { min, max }: { min: number; max: number }): number[] | null {
  const values = new Set<number>();
  for (const part of field.split(',')) {
    const match = PART.exec(part);
    if (match === null) return null;
    const [, from, to, step] = match;
    const first = from === undefined ? min : Number(from);
    const last = from === undefined || (to === undefined && step !== undefined) ? max : Number(to ?? from);
    const stride = Number(step ?? 1);
    if (first < min || last > max || first > last || stride < 1) return null;
    for (let value = first; value <= last; value += stride) values.add(value);
  }
  return [...values].toSorted((a, b) => a - b);
}

const parsed = new Map<string, number[][] | null>();

/** Schedules are few and asked about every minute; each is parsed once a process. */
function parseCron(text: string): number[][] | null {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const fields = parseFields(text);
  parsed.set(text, fields);
  return fields;
}

function parseFields(text: string): number[][] | null {
  const fields = text.split(' ');
  if (fields.length !== FIELDS.length) return null;
  const values = FIELDS.map((range, index) => valuesOf(fields[index] ?? '', range));
  return values.every((field) => field !== null) ? values : null;
}

export const unixCronText = z.string(allowed).refine((text) => parseCron(text) !== null, allowed);

/** Longest time between two runs of a schedule that runs every hour of every day; null for one that does not. */
export function longestGapMinutes(cron: string): number | null {
  const minutes = parseCron(cron)?.[0];
  if (minutes === undefined || !cron.endsWith(' * * * *')) return null;
  const gaps = minutes.map((minute, index) => {
    const next = minutes[index + 1];
    return next === undefined ? 60 - minute + (minutes[0] ?? 0) : next - minute;
  });
  return Math.max(...gaps);
}

/** Whether a schedule fires in the minute of `at`, in UTC. With both days restricted either is enough, as cron has it. */
export function firesAt(cron: string, at: number): boolean {
  const [minutes, hours, days, months, weekdays] = parseCron(cron) ?? [];
  const date = new Date(at);
  const [, , dayField, , weekdayField] = cron.split(' ');
  const onDay = days?.includes(date.getUTCDate()) === true;
  const onWeekday = weekdays?.some((weekday) => weekday % 7 === date.getUTCDay()) === true;
  const isDay = dayField === '*' || weekdayField === '*' ? onDay && onWeekday : onDay || onWeekday;
  return isDay && minutes?.includes(date.getUTCMinutes()) === true && hours?.includes(date.getUTCHours()) === true && months?.includes(date.getUTCMonth() + 1) === true;
}
