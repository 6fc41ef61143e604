import { z } from 'zod';
import { epochMs } from '../schema/scalars.ts';
import { indented, pairLines, section } from './table.ts';
import { isoText } from './time-text.ts';

const state = z.record(z.string(), z.unknown()).nullable();

/** What `control` says of a change. */
export const actResult = z.looseObject({
  requestId: z.string(),
  verb: z.string(),
  summary: z.string(),
  before: state,
  after: state,
  at: epochMs,
  repeated: z.boolean(),
  /** With flatten alone. */
  flatten: z
    .looseObject({
      summary: z.string(),
      closes: z.array(z.looseObject({ intentId: z.string(), symbol: z.string(), positionSide: z.string(), qty: z.string(), status: z.string(), isNew: z.boolean() })),
      stopped: z.array(z.string()),
      skipped: z.array(z.looseObject({ symbol: z.string(), positionSide: z.string(), reason: z.string() })),
    })
    .optional(),
});
export type ActResult = z.infer<typeof actResult>;

export function actLines(result: ActResult, place: string): readonly string[] {
  const { requestId, summary, at, repeated, flatten } = result;
  return [
    `${place}: ${summary}`,
    ...(repeated ? [`This request had been done already, at ${isoText(at)}; nothing was done twice.`] : []),
    ...(flatten === undefined ? changeLines(result) : flattenLines(flatten)),
    '',
    `request ${requestId}, ${isoText(at)}`,
  ];
}

/** What was true before and is now, field by field. */
function changeLines({ before, after }: ActResult): readonly string[] {
  return [...section('before', stateLines(before), 'nothing'), ...section('after', stateLines(after), 'nothing')];
}

function stateLines(fields: ActResult['before']): readonly string[] {
  return fields === null ? [] : pairLines(Object.entries(fields).map(([name, value]) => [name, fieldText(name, value)]));
}

function fieldText(name: string, value: unknown): string {
  if (value === null) return '-';
  if (typeof value === 'number' && name.endsWith('At')) return isoText(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function flattenLines({ summary, closes, stopped, skipped }: NonNullable<ActResult['flatten']>): readonly string[] {
  return [
    summary,
    ...indented(closes.map(({ intentId, symbol, positionSide, qty, status, isNew }) => `close ${symbol} ${positionSide} ${qty}: intent ${intentId}, ${status}${isNew ? '' : ', asked for before'}`)),
    ...indented(stopped.map((intentId) => `stopped entry ${intentId}`)),
    ...indented(skipped.map(({ symbol, positionSide, reason }) => `left ${symbol} ${positionSide}: ${reason}`)),
  ];
}
