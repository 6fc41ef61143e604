/** What was typed, checked as a whole before anything is opened. */
import { parseArgs } from 'node:util';
import { tradingEnv } from '../schema/scalars.ts';
import type { TradingEnv } from '../schema/scalars.ts';
import type { Command } from './command.ts';
import { OperatorError } from './operator-error.ts';
import type { Target } from './target.ts';
import { Typed, wordOf } from './typed.ts';
import { VERBS, optionsOf } from './verb-table.ts';
import type { Verb } from './verbs/verb.ts';

export interface CommandLine {
  readonly command: Command;
  readonly json: boolean;
  /** Null leaves it to TRADING_ENV. */
  readonly env: TradingEnv | null;
  readonly target: Target;
}

const PROJECT_ID = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const NO_TARGET: Target = { kind: 'environment' };

/** Throws OperatorError naming the word, and what is allowed. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals } = parsed(args);
  const typedVerb = positionals[0] ?? 'help';
  if (typedVerb === 'help') return helpLine(positionals.slice(1), values['json'] === true);
  const verb = verbOf(positionals);
  if (values['help'] === true) return helpLine([verb.name], values['json'] === true);
  refuseForeignOptions(verb, values);
  const operands = positionals.slice(verb.name.split(' ').length);
  const extra = operands[verb.mostOperands];
  if (extra !== undefined) throw new OperatorError(`${verb.name} does not take ${JSON.stringify(extra)}; see portcullis ${verb.name} --help`);
  const typed = new Typed(operands, values);
  return { command: verb.read(typed), json: typed.has('json'), env: typed.word('env', tradingEnv.options), target: targetOf(typed) };
}

function helpLine(about: readonly string[], json: boolean): CommandLine {
  const name = about.length === 0 ? null : verbOf(about).name;
  return { command: { verb: 'help', about: name }, json, env: null, target: NO_TARGET };
}

/** Names have one word or two, of which the first alone is none. */
function verbOf(words: readonly string[]): Verb {
  const [first = '', second = ''] = words;
  const found = VERBS.find(({ name }) => name === first || name === `${first} ${second}`);
  if (found !== undefined) return found;
  const family = VERBS.map(({ name }) => name).filter((name) => name.startsWith(`${first} `));
  const isFamily = family.length > 0;
  wordOf('command', isFamily ? `${first} ${second}`.trimEnd() : first, isFamily ? family : [...VERBS.map(({ name }) => name), 'help']);
  throw new OperatorError(`${first} is not a command by itself; see portcullis help`);
}

const ALL_OPTIONS = Object.fromEntries(VERBS.flatMap(optionsOf).map(({ name, value }) => [name, { type: value === null ? 'boolean' : 'string' } as const]));

type Values = Readonly<Record<string, string | boolean | undefined>>;

function parsed(args: readonly string[]): { readonly values: Values; readonly positionals: readonly string[] } {
  const withHelp = args.includes('-h') ? args.map((arg) => (arg === '-h' ? '--help' : arg)) : args;
  try {
    return parseArgs({ args: [...withHelp], options: ALL_OPTIONS, allowPositionals: true, strict: true });
  } catch (error) {
    throw new OperatorError(`${parseProblem(error)}; see portcullis help`);
  }
}

/** In our words where the parser is long-winded. */
function parseProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const option = /'(?:-\w, )?(--[\w-]+)/.exec(error.message)?.[1] ?? 'an option';
  switch (Reflect.get(error, 'code')) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `${option} is not an option`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return / not take /.test(error.message) ? `${option} takes no value` : `${option} needs a value; one that begins with a dash is written ${option}=-...`;
    default:
      return error.message.split(/[.\n]/)[0] ?? error.message;
  }
}

function refuseForeignOptions(verb: Verb, values: Values): void {
  const own = optionsOf(verb).map(({ name }) => name);
  for (const name of Object.keys(values)) {
    if (own.includes(name)) continue;
    const owners = VERBS.filter((other) => optionsOf(other).some((option) => option.name === name)).map((other) => other.name);
    const whose = owners.length > 3 ? `not to ${verb.name}` : `to ${owners.join(' and ')}, not to ${verb.name}`;
    throw new OperatorError(`--${name} belongs ${whose}; see portcullis ${verb.name} --help`);
  }
}

/** At most one place is named. --data is a local run by itself, and may stand beside --local. */
function targetOf(typed: Typed): Target {
  const [folder, project] = [typed.text('data'), typed.text('project')];
  const named = [typed.has('local') || folder !== null, typed.has('emulator'), project !== null].filter(Boolean);
  if (named.length > 1) throw new OperatorError('only one of --local (or --data), --emulator and --project can be the place of the records');
  if (typed.has('local') || folder !== null) return { kind: 'local', folder };
  if (typed.has('emulator')) return { kind: 'emulator' };
  if (project === null) return NO_TARGET;
  if (PROJECT_ID.test(project)) return { kind: 'project', id: project };
  throw new OperatorError(`--project ${JSON.stringify(project)}: allowed is the id of a Firebase project, such as my-project-1234`);
}
