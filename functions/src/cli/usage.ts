/** Help texts, from the table of verbs. */
import { indented, pairLines } from './table.ts';
import { COMMON_OPTIONS, EXIT_CODES, GROUPS, TARGET_OPTIONS, VERBS, WITHOUT_TARGET, optionsOf } from './verb-table.ts';
import type { Verb, VerbOption } from './verbs/verb.ts';

const WIDTH = 100;

export function usageLines(): readonly string[] {
  const verbs = GROUPS.flatMap(({ group, title }) => [
    '',
    title,
    ...indented(pairLines(VERBS.filter((verb) => verb.group === group).map((verb) => [callOf(verb), verb.summary]))),
  ]);
  return [
    'portcullis <command> [options]   look at what the engine knows, decides and holds, and steer it',
    ...verbs,
    '',
    'Where the records are',
    ...indented(pairLines(TARGET_OPTIONS.map((option) => [optionText(option), option.text]))),
    ...indented(wrapped(WITHOUT_TARGET)),
    '',
    'With every command',
    ...indented(pairLines(COMMON_OPTIONS.map((option) => [optionText(option), option.text]))),
    '',
    'Exit codes',
    ...indented(EXIT_CODES.map(([code, meaning]) => `${code}  ${meaning}`)),
  ];
}

/** What one verb does and takes. */
export function verbLines(verb: Verb): readonly string[] {
  const placed = new Set([...TARGET_OPTIONS, ...COMMON_OPTIONS]);
  const own = optionsOf(verb).filter((option) => !placed.has(option));
  const shared = optionsOf(verb).filter((option) => placed.has(option));
  return [
    `portcullis ${callOf(verb)} [options]   ${verb.summary}`,
    '',
    ...indented(pairLines([...own, ...shared].map((option) => [optionText(option), option.text]))),
    ...verb.more.flatMap((paragraph) => ['', ...wrapped(paragraph)]),
    '',
    `Example: ${verb.example}`,
  ];
}

export const callOf = ({ name, operands }: Verb): string => (operands === '' ? name : `${name} ${operands}`);

export const optionText = ({ name, value }: VerbOption): string => (value === null ? `--${name}` : `--${name} ${value}`);

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
