/** The operands and options that were typed, read one by one. Every refusal names the option, its value and what is allowed. */
import { nearestWord } from '../config/nearest-word.ts';
import { positiveDecimalText, symbolText } from '../schema/scalars.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { OperatorError } from './operator-error.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

export class Typed {
  readonly operands: readonly string[];
  readonly #values: Readonly<Record<string, string | boolean | undefined>>;

  constructor(operands: readonly string[], values: Readonly<Record<string, string | boolean | undefined>>) {
    this.operands = operands;
    this.#values = values;
  }

  has(option: string): boolean {
    return this.#values[option] === true;
  }

  text(option: string): string | null {
    const value = this.#values[option];
    return typeof value === 'string' ? value : null;
  }

  needed(option: string, missing: string): string {
    const text = this.text(option);
    if (text === null || text.trim() === '') throw new OperatorError(`--${option} is missing: ${missing}`);
    return text;
  }

  /** The operand at this place, in capitals. */
  symbol(index: number, missing: string): string {
    return symbolOf(this.operand(index, missing));
  }

  operand(index: number, missing: string): string {
    const operand = this.operands[index];
    if (operand === undefined) throw new OperatorError(missing);
    return operand;
  }

  symbols(option: string): readonly string[] | null {
    const text = this.text(option);
    return text === null ? null : [...new Set(text.split(',').map(symbolOf))];
  }

  count(option: string, least: number, most: number): number | null {
    const text = this.text(option);
    if (text === null) return null;
    const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (count >= least && count <= most) return count;
    throw new OperatorError(`--${option} ${JSON.stringify(text)}: allowed is a whole number from ${least} to ${most}`);
  }

  amount(option: string, allowed: string): string | null {
    const text = this.text(option);
    if (text === null || positiveDecimalText.safeParse(text).success) return text;
    throw new OperatorError(`--${option} ${JSON.stringify(text)}: allowed is ${allowed}`);
  }

  /** A day of UTC begins at its first millisecond. */
  time(option: string): EpochMs | null {
    const text = this.text(option);
    if (text === null) return null;
    const at = DAY.test(text) || INSTANT.test(text) ? Date.parse(text) : Number.NaN;
    const isReal = !Number.isNaN(at) && (!DAY.test(text) || new Date(at).toISOString().startsWith(text));
    if (isReal && at >= 0) return at;
    throw new OperatorError(`--${option} ${JSON.stringify(text)}: allowed is a day of UTC such as 2026-01-31, or a time with its zone such as 2026-01-31T12:00Z`);
  }

  word<Word extends string>(option: string, words: readonly Word[]): Word | null {
    const text = this.text(option);
    return text === null ? null : wordOf(`--${option}`, text, words);
  }
}

export function wordOf<Word extends string>(what: string, typed: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === typed);
  if (word !== undefined) return word;
  if (typed === '') throw new OperatorError(`${what} is missing; allowed: ${words.join(', ')}`);
  const nearest = nearestWord(typed, words);
  const meant = nearest === null ? '' : `; did you mean ${nearest}?`;
  throw new OperatorError(`${what} ${JSON.stringify(typed)} is not known; allowed: ${words.join(', ')}${meant}`);
}

function symbolOf(text: string): string {
  const symbol = text.trim().toUpperCase();
  if (symbolText.safeParse(symbol).success) return symbol;
  throw new OperatorError(`symbol ${JSON.stringify(text)} is not one; write it like BTCUSDT`);
}
