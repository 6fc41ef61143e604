/** What was typed, checked as a whole before anything is opened. */
import { parseArgs } from 'node:util';
import { nearestWord } from '../config/nearest-word.ts';
import { positionSide as positionSideWord, positiveDecimalText, tradingEnv } from '../schema/scalars.ts';
import type { PositionSide, TradingEnv } from '../schema/scalars.ts';
import { OperatorError } from './operator-error.ts';

export type Command =
  | { readonly verb: 'help' }
  | { readonly verb: 'status' }
  | { readonly verb: 'doctor' }
  | { readonly verb: 'why'; readonly symbol: string; readonly last: number }
  | {
      readonly verb: 'probe';
      readonly symbol: string;
      readonly positionSide: PositionSide;
      /** In USD; null takes the smallest order. */
      readonly notional: string | null;
      /** Null takes the venue's quote, or the last price known. */
      readonly price: string | null;
    };

export interface CommandLine {
  readonly command: Command;
  readonly json: boolean;
  /** Null leaves it to TRADING_ENV. */
  readonly env: TradingEnv | null;
  /** The folder of a local run. */
  readonly data: string | null;
}

const VERBS = ['status', 'why', 'doctor', 'probe', 'help'] as const;
const DEFAULT_LAST = 5;
const MOST_LAST = 100;

const OPTIONS = {
  data: { type: 'string' },
  env: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
  last: { type: 'string' },
  notional: { type: 'string' },
  price: { type: 'string' },
} as const;

/** Options that one command alone takes. */
const OWNERS = [['last', 'why'], ['notional', 'probe'], ['price', 'probe']] as const;

/** Throws OperatorError naming the word, and what is allowed. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parsed(args);
  const [verb = 'help', ...operands] = positionals;
  for (const [option, owner] of OWNERS) {
    if (values[option] !== undefined && verb !== owner) throw new OperatorError(`--${option} belongs to ${owner}, not to ${verb}; see portcullis help`);
  }
  const { data = null, json = false } = values;
  const command = values.help === true ? ({ verb: 'help' } as const) : commandOf(verb, operands, values);
  return { command, json, data, env: values.env === undefined ? null : wordOf('--env', values.env, tradingEnv.options) };
}

type Values = ReturnType<typeof parsed>['values'];

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
    throw new OperatorError(`${reason}; see portcullis help`);
  }
}

function commandOf(typed: string, operands: readonly string[], values: Values): Command {
  const verb = wordOf('command', typed, VERBS);
  switch (verb) {
    case 'help':
    case 'status':
    case 'doctor':
      refuseMore(operands, 0, verb);
      return { verb };
    case 'why':
      refuseMore(operands, 1, verb);
      return { verb, symbol: operandOf(operands[0], 'why needs a symbol, for example portcullis why BTCUSDT'), last: lastOf(values.last) };
    case 'probe':
      refuseMore(operands, 2, verb);
      return {
        verb,
        symbol: operandOf(operands[0], 'probe needs a symbol and a side, for example portcullis probe BTCUSDT long'),
        positionSide: wordOf('side of probe', operands[1] ?? '', positionSideWord.options),
        notional: amountOf('--notional', values.notional, 'an amount of US dollars above zero such as 250'),
        price: amountOf('--price', values.price, 'a price above zero such as 64250.5'),
      };
  }
}

function wordOf<Word extends string>(what: string, typed: string, words: readonly Word[]): Word {
  const word = words.find((candidate) => candidate === typed);
  if (word !== undefined) return word;
  const nearest = nearestWord(typed, words);
  const meant = nearest === null || typed === '' ? '' : `; did you mean ${nearest}?`;
  throw new OperatorError(`${what} ${JSON.stringify(typed)} is not known; allowed: ${words.join(', ')}${meant}`);
}

function operandOf(operand: string | undefined, missing: string): string {
  if (operand === undefined) throw new OperatorError(missing);
  return operand.toUpperCase();
}

function refuseMore(operands: readonly string[], count: number, verb: string): void {
  const extra = operands[count];
  if (extra !== undefined) throw new OperatorError(`${verb} does not take ${JSON.stringify(extra)}; see portcullis help`);
}

function lastOf(text: string | undefined): number {
  const last = text === undefined ? DEFAULT_LAST : Number(text);
  if (Number.isInteger(last) && last >= 1 && last <= MOST_LAST) return last;
  throw new OperatorError(`--last ${JSON.stringify(text)}: allowed is a whole number from 1 to ${MOST_LAST}`);
}

function amountOf(option: string, text: string | undefined, allowed: string): string | null {
  if (text === undefined) return null;
  if (positiveDecimalText.safeParse(text).success) return text;
  throw new OperatorError(`${option} ${JSON.stringify(text)}: allowed is ${allowed}`);
}
