import { asText, asTexts, asTime, asWord } from '../records/fields.ts';
import type { StoredDocument } from '../records/fields.ts';
import type { TickRecord } from '../../../functions/src/schema/records/tick.ts';

const OUTCOMES = { ok: 'ok', degraded: 'degraded', skipped: 'skipped' } as const;

export interface TickView {
  readonly id: string;
  readonly job: string;
  readonly outcome: keyof typeof OUTCOMES | 'unknown';
  readonly scheduledAt: number | null;
  readonly durationMs: number | null;
  /** From the scheduled time to the start. */
  readonly lagMs: number | null;
  readonly summary: string;
  readonly problems: readonly string[];
}

export interface TickHealth {
  /** Oldest first, as they are drawn. */
  readonly ticks: readonly TickView[];
  readonly ok: number;
  readonly notOk: number;
  /** Medians and worst of the ticks that say; null when none does. */
  readonly durationP50Ms: number | null;
  readonly durationMaxMs: number | null;
  readonly lagMaxMs: number | null;
  readonly lastAt: number | null;
}

export function tickHealth(documents: readonly StoredDocument<TickRecord>[]): TickHealth {
  const ticks = documents.map(tickView).toReversed();
  const durations = numbers(ticks.map(({ durationMs }) => durationMs)).toSorted((a, b) => a - b);
  const lags = numbers(ticks.map(({ lagMs }) => lagMs));
  const ok = ticks.filter(({ outcome }) => outcome === 'ok').length;
  return {
    ticks,
    ok,
    notOk: ticks.length - ok,
    durationP50Ms: durations[Math.floor(durations.length / 2)] ?? null,
    durationMaxMs: durations.at(-1) ?? null,
    lagMaxMs: lags.length === 0 ? null : Math.max(...lags),
    lastAt: asTime(documents[0]?.fields.startedAt),
  };
}

function tickView({ id, fields }: StoredDocument<TickRecord>): TickView {
  const [scheduledAt, startedAt, finishedAt] = [asTime(fields.scheduledAt), asTime(fields.startedAt), asTime(fields.finishedAt)];
  return {
    id,
    job: asText(fields.job) ?? 'unknown',
    outcome: asWord(fields.outcome, OUTCOMES) ?? 'unknown',
    scheduledAt,
    durationMs: difference(finishedAt, startedAt),
    lagMs: difference(startedAt, scheduledAt),
    summary: asText(fields.summary) ?? '',
    problems: asTexts(fields.problems) ?? [],
  };
}

const difference = (late: number | null, early: number | null): number | null => (late === null || early === null ? null : late - early);
const numbers = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
