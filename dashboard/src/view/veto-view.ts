/** Why not: refusals of the last day by code, and what each strategy last decided on each symbol. */
import { asList, asNumber, asText, asTime, asWord, present } from '../records/fields.ts';
import type { Fields, StoredDocument } from '../records/fields.ts';
import { VETO_DEFINITIONS } from '../../../functions/src/domain/risk/veto-code.ts';
import type { DecisionRecord, TickRecord } from '../../../functions/src/schema/records/tick.ts';
import type { VetoRecord } from '../../../functions/src/schema/records/verdict.ts';
import type { VetoFlood } from '../../../functions/src/schema/records/veto.ts';
import { UNKNOWN } from './amount.ts';
import { fullTime } from './time-text.ts';

const DAY_MS = 86_400_000;

export interface Refusal {
  readonly symbol: string;
  readonly strategy: string;
  readonly side: string;
  readonly stage: string;
  readonly observed: string;
  readonly limit: string;
  readonly configPath: string;
  readonly count: number | null;
  readonly lastAt: number | null;
}

export interface VetoGroup {
  readonly code: string;
  readonly meaning: string;
  /** Times in the last day; a flood whose counter cannot be read counts once. */
  readonly count: number;
  /** Newest first. */
  readonly refusals: readonly Refusal[];
}

const MEANINGS: ReadonlyMap<string, string> = new Map(VETO_DEFINITIONS.map(({ code, meaning }) => [code, meaning]));

/** Most frequent first. */
export function vetoGroups(floods: readonly StoredDocument<VetoFlood>[], now: number): readonly VetoGroup[] {
  const recent = floods.filter(({ fields }) => now - (asTime(fields.lastAt) ?? now) < DAY_MS);
  const refusals = recent.flatMap(({ fields }) => present(asList<VetoRecord>(fields.vetoes)).map((veto) => ({ code: asText(veto.code) ?? 'unknown', refusal: refusalOf(fields, veto) })));
  return [...Map.groupBy(refusals, ({ code }) => code)]
    .map(([code, found]) => ({
      code,
      meaning: MEANINGS.get(code) ?? 'No meaning is known for this code.',
      count: found.reduce((sum, { refusal }) => sum + (refusal.count ?? 1), 0),
      refusals: found.map(({ refusal }) => refusal).toSorted((a, b) => (b.lastAt ?? 0) - (a.lastAt ?? 0)),
    }))
    .toSorted((a, b) => b.count - a.count);
}

function refusalOf(flood: Fields<VetoFlood>, veto: Fields<VetoRecord>): Refusal {
  return {
    symbol: asText(flood.symbol) ?? 'unknown',
    strategy: asText(flood.strategy) ?? 'unknown',
    side: asText(flood.positionSide) ?? 'unknown',
    stage: asText(flood.stage) ?? 'unknown',
    observed: measured(veto.observed, veto.unit),
    limit: measured(veto.limit, veto.unit),
    configPath: asText(veto.configPath) ?? 'unknown',
    count: asNumber(flood.count),
    lastAt: asTime(flood.lastAt),
  };
}

const UNIT_SIGNS: Readonly<Record<string, string>> = { pct: ' %', usd: ' USD', seconds: ' s', bps: ' bps' };

/** A number with its unit, to six digits; a word as it is; a dash where the check has no number. */
function measured(value: unknown, unit: unknown): string {
  const text = asText(value);
  const kind = asText(unit);
  if (text === null) return UNKNOWN;
  const number = Number(text);
  if (!Number.isFinite(number)) return text;
  if (kind === 'epochMs') return fullTime(number);
  return `${Number(number.toPrecision(6))}${UNIT_SIGNS[kind ?? ''] ?? ''}`;
}

const OUTCOMES: Readonly<Record<DecisionRecord['outcome'], string>> = {
  noSignal: 'no signal',
  abstained: 'abstained',
  vetoed: 'refused',
  intent: 'order intent',
  skipped: 'skipped',
};

export interface DecisionView {
  readonly key: string;
  readonly symbol: string;
  readonly strategy: string;
  readonly outcome: string;
  readonly reason: string;
  readonly at: number | null;
}

/** The newest decision of each strategy on each symbol, by symbol. `ticks` are newest first. */
export function lastDecisions(ticks: readonly StoredDocument<TickRecord>[]): readonly DecisionView[] {
  const seen = new Map<string, DecisionView>();
  for (const { fields } of ticks) {
    for (const decision of present(asList<DecisionRecord>(fields.decisions))) {
      const view = decisionView(decision, asTime(fields.scheduledAt));
      if (!seen.has(view.key)) seen.set(view.key, view);
    }
  }
  return [...seen.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

function decisionView(decision: Fields<DecisionRecord>, at: number | null): DecisionView {
  const [symbol, strategy] = [asText(decision.symbol) ?? 'unknown', asText(decision.strategy) ?? 'unknown'];
  const outcome = asWord(decision.outcome, OUTCOMES);
  const codes = present(asList<VetoRecord>(decision.vetoes)).map((veto) => asText(veto.code) ?? 'unknown');
  return {
    key: `${symbol} ${strategy}`,
    symbol,
    strategy,
    outcome: outcome === null ? 'unknown' : OUTCOMES[outcome],
    reason: codes.length > 0 ? codes.join(', ') : (asText(decision.reason) ?? ''),
    at,
  };
}
