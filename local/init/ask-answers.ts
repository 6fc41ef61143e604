/** What init wants to know: from its options, else from whoever sits there, else the defaults. */
import { createInterface } from 'node:readline/promises';
import type { InitCommand } from '../../functions/src/cli/command.ts';
import { OperatorError } from '../../functions/src/cli/operator-error.ts';
import { DEFAULT_REGION } from './planned-files.ts';
import type { InitAnswers } from './planned-files.ts';

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly isInteractive: boolean;
}

type Question = (text: string) => Promise<string>;

/** Throws OperatorError where there is nobody to ask, and for an answer that is not allowed. */
export async function askAnswers(command: InitCommand, terminal: Terminal): Promise<InitAnswers> {
  if (command.yes) return answersOf(command, () => Promise.resolve(''));
  if (!terminal.isInteractive) throw new OperatorError('init asks, and there is no terminal to ask at: say --yes, with --project and what else is to differ from the defaults');
  const lines = createInterface({ input: terminal.input, output: terminal.output });
  try {
    return await answersOf(command, (text) => lines.question(text));
  } finally {
    lines.close();
  }
}

async function answersOf(command: InitCommand, ask: Question): Promise<InitAnswers> {
  const project = command.project ?? emptyAsNull(await ask('Firebase project id (empty: for the emulators alone): '));
  const tradingEnv = command.tradingEnv ?? tradingEnvOf(await ask('Trading environment, paper or testnet [paper]: '));
  const region = command.region ?? (emptyAsNull(await ask(`Region [${DEFAULT_REGION}]: `)) ?? DEFAULT_REGION);
  const symbols = command.symbols ?? symbolsOf(await ask('Symbols to trade, as BTCUSDT,ETHUSDT (empty: as in config/universe.json): '));
  const nav = command.nav ?? navOf(await ask('Reference NAV in US dollars (empty: as in config/risk.json): '));
  return { project, tradingEnv, region, symbols, nav };
}

const emptyAsNull = (text: string): string | null => (text.trim() === '' ? null : text.trim());

function tradingEnvOf(text: string): InitAnswers['tradingEnv'] {
  const word = emptyAsNull(text) ?? 'paper';
  if (word === 'paper' || word === 'testnet') return word;
  throw new OperatorError(`trading environment ${JSON.stringify(word)}: allowed are paper and testnet`);
}

function symbolsOf(text: string): readonly string[] | null {
  return emptyAsNull(text)?.split(',').map((symbol) => symbol.trim().toUpperCase()) ?? null;
}

function navOf(text: string): string | null {
  const nav = emptyAsNull(text);
  if (nav === null || /^(?=.*[1-9])\d+(\.\d+)?$/.test(nav)) return nav;
  throw new OperatorError(`reference NAV ${JSON.stringify(nav)}: allowed is an amount of US dollars above zero such as 5000`);
}
