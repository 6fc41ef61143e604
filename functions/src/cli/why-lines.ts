import type { DecisionRecord } from '../schema/records/tick.ts';
import type { VetoFlood } from '../schema/records/veto.ts';
import type { SignalRecord, SizingRecord } from '../schema/records/verdict.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { usdText } from './amount-text.ts';
import { intentStoryLines } from './intent-story-lines.ts';
import type { DecisionSeen, Why } from '../app/inspect/read-why.ts';
import { indented, left, right, section, tableLines } from './table.ts';
import { isoText, timeText } from './time-text.ts';
import { vetoLines } from './veto-lines.ts';

export function whyLines(why: Why): readonly string[] {
  const { place, now, symbol, decisions, looked, earlierIntent, refusals } = why;
  const reach = looked === null ? 'the last ticks, as there are none' : `the last ${looked.ticks === 1 ? 'tick' : `${looked.ticks} ticks`}, back to ${isoText(looked.backTo)}`;
  return [
    `${symbol} in ${place}, seen ${isoText(now)}`,
    ...(decisions.length === 0 ? ['', `no decision on ${symbol} in ${reach}; is it enabled, and does a strategy trade it?`] : []),
    ...setApart(decisions.map((seen) => decisionLines(seen, now))),
    ...(earlierIntent === null ? [] : section('the newest intent, which none of these decisions made', intentStoryLines(earlierIntent, now), '')),
    ...section('refusals of the last 24 hours', refusalLines(refusals, now), 'none'),
  ];
}

/** An empty line around every block of more than one line. */
function setApart(blocks: readonly (readonly string[])[]): readonly string[] {
  return blocks.flatMap((block, index) => {
    const before = blocks[index - 1];
    return before === undefined || before.length > 1 || block.length > 1 ? ['', ...block] : block;
  });
}

function decisionLines({ scheduledAt, tickId, decision, story }: DecisionSeen, now: EpochMs): readonly string[] {
  return [
    `${timeText(scheduledAt, now)}  ${decision.strategy}: ${outcomeText(decision)}`,
    ...indented([
      ...(decision.signal === null ? [] : [signalText(decision.signal, decision.positionSide)]),
      ...(decision.sizing === null ? [] : sizingLines(decision.sizing)),
      ...vetoLines(decision.vetoes),
      ...(decision.intentId !== null && story === null ? [`intent ${decision.intentId} of tick ${tickId} is not there`] : []),
      ...(story === null ? [] : intentStoryLines(story, now)),
    ]),
  ];
}

function outcomeText({ outcome, reason, vetoes }: DecisionRecord): string {
  switch (outcome) {
    case 'noSignal':
      return `no signal, ${reason ?? 'no reason given'}`;
    case 'abstained':
      return `abstained, ${reason ?? 'no reason given'}`;
    case 'skipped':
      return `skipped, ${reason ?? 'no reason given'}`;
    case 'vetoed':
      return `vetoed by ${vetoes.length === 1 ? '1 check' : `${vetoes.length} checks`}`;
    case 'intent':
      return 'intent';
  }
}

function signalText({ action, indicator, value, threshold, timeframe, candleCloseAt }: SignalRecord, side: DecisionRecord['positionSide']): string {
  return `signal: ${action} ${side ?? 'either side'}, ${indicator} ${statistic(value)} against ${statistic(threshold)}, on the ${timeframe} candle that closed ${isoText(candleCloseAt)}`;
}

/** Six digits, for the eye. */
const statistic = (value: number): string => String(Number(value.toPrecision(6)));

function sizingLines({ outcome, reason, suggestedUsd, multipliers, finalUsd, clamps }: SizingRecord): readonly string[] {
  const why = reason === null ? '' : ` (${reason})`;
  const size = `size: ${outcome}${why}, ${usdText(suggestedUsd)} USD suggested, ${usdText(finalUsd)} USD final`;
  const learned = multipliers.map((one) => `learned: ${one.name} makes it ${usdText(one.afterUsd)} USD, ${statistic(one.factor)} of it after ${one.samples} trades (${one.source})`);
  if (clamps.length === 0) return [size, ...learned];
  const columns = [left('clamp'), right('before USD'), right('after USD'), left('set in')];
  return [size, ...learned, ...tableLines(columns, clamps.map(({ name, beforeUsd, afterUsd, configPath }) => [name, usdText(beforeUsd), usdText(afterUsd), configPath]))];
}

function refusalLines(refusals: readonly VetoFlood[], now: EpochMs): readonly string[] {
  if (refusals.length === 0) return [];
  return tableLines(
    [left('strategy'), left('side'), left('stage'), left('vetoes'), right('times'), left('first'), left('last')],
    refusals.map(({ strategy, positionSide, stage, vetoes, count, firstAt, lastAt }) => [
      strategy, positionSide, stage, codesText(vetoes), String(count), timeText(firstAt, now), timeText(lastAt, now),
    ]),
  );
}

/** One code may come from two limits, the account's and the strategy's; `--json` and the decisions above say which. */
function codesText(vetoes: VetoFlood['vetoes']): string {
  const byCode = Map.groupBy(vetoes, ({ code }) => code);
  return [...byCode].map(([code, { length }]) => (length === 1 ? code : `${code} (${length} limits)`)).join(', ');
}
