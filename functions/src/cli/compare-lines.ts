import type { CompareSummary, ShadowComparison, Spread } from '../schema/records/shadow.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { left, right, section, tableLines } from './table.ts';
import { isoText, timeText } from './time-text.ts';

export interface CompareView extends CompareSummary {
  readonly place: string;
  /** Ticks with a signal that were looked at, and the time of the oldest. */
  readonly ticks: number;
  readonly since: EpochMs | null;
}

export function compareLines(view: CompareView): readonly string[] {
  const { place, ticks, since, riskEngine, pipeline, shadowConfigHash, computedAt } = view;
  const heading = `shadow against live in ${place}, seen ${isoText(computedAt)}`;
  if (since === null) return [heading, '', 'nothing is recorded: put the values to try into config/shadow and set RISK_ENGINE_SHADOW_ENABLED or PIPELINE_SHADOW_ENABLED'];
  return [
    heading,
    `${ticks} ticks with a signal since ${timeText(since, computedAt)}; shadow config ${shadowConfigHash ?? 'unknown'}`,
    '',
    ...tableLines(
      [left(''), right('signals'), right('judged otherwise'), right('live alone'), right('shadow alone'), right('size, mean'), right('slippage, mean')],
      [rowOf('risk engine', riskEngine), rowOf('pipeline', pipeline)],
    ),
    ...section('refused by the shadow alone', codeLines(riskEngine, pipeline), 'nothing'),
    ...section('warm-up', [riskEngine, pipeline].flatMap(({ warmupReason }, index) => (warmupReason === null ? [] : [`${index === 0 ? 'risk engine' : 'pipeline'}: ${warmupReason}`])), 'over'),
  ];
}

function rowOf(name: string, { samples, mismatchPct, onlyLive, onlyShadow, sizeDeltaPct, slippageDeltaBps }: ShadowComparison): readonly string[] {
  return [name, String(samples), mismatchPct === null ? '-' : `${mismatchPct.toFixed(1)} %`, String(onlyLive), String(onlyShadow), spreadText(sizeDeltaPct, '%'), spreadText(slippageDeltaBps, 'bps')];
}

const spreadText = ({ mean, samples }: Spread, unit: string): string => (mean === null ? '-' : `${mean > 0 ? '+' : ''}${mean.toFixed(2)} ${unit} of ${samples}`);

function codeLines(riskEngine: ShadowComparison, pipeline: ShadowComparison): readonly string[] {
  const codes = [...new Set([...Object.keys(riskEngine.shadowOnlyCodes), ...Object.keys(pipeline.shadowOnlyCodes)])].toSorted();
  if (codes.length === 0) return [];
  return tableLines([left('code'), right('risk engine'), right('pipeline')], codes.map((code) => [code, timesText(riskEngine, code), timesText(pipeline, code)]));
}

/** A code that is not listed never refused. */
const timesText = ({ shadowOnlyCodes }: ShadowComparison, code: string): string => (shadowOnlyCodes[code] === undefined ? '0' : String(shadowOnlyCodes[code]));
