import type { Answer } from './answer.ts';
import { usageLines, verbLines } from './usage.ts';
import { VERBS } from './verb-table.ts';

/** `portcullis help`, and `--help` of one verb. */
export function help(about: string | null): Answer {
  const verb = VERBS.find(({ name }) => name === about);
  const lines = verb === undefined ? usageLines() : verbLines(verb);
  return { json: { usage: lines.join('\n') }, lines, exitCode: 0 };
}
