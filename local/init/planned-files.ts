/** The files of a project as the answers want them, checked as a whole. Nothing is written here. */
import { OperatorError } from '../../functions/src/cli/operator-error.ts';
import { ConfigError } from '../../functions/src/config/config-error.ts';
import { parseConfigFiles } from '../../functions/src/config/load-config.ts';
import { configFileName, configSection } from '../../functions/src/schema/config/engine-config.ts';

export interface InitAnswers {
  /** Null: for the emulator alone. */
  readonly project: string | null;
  readonly tradingEnv: 'paper' | 'testnet';
  readonly region: string;
  /** Null leaves them as they are. */
  readonly symbols: readonly string[] | null;
  /** In USD; null leaves it as it is. */
  readonly nav: string | null;
}

export const DEFAULT_REGION = 'asia-northeast1';
const REGION = /^[a-z]+-[a-z]+\d+$/;
const PROJECT = /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/;
const CONFIG_NAMES = configSection.options.map(configFileName);

/** Text of a file by its path in the project; null when there is none. */
export type ReadText = (path: string) => string | null;

/** Path to text. Throws OperatorError for an answer that is not allowed, ConfigError when what they come to is not. */
export function plannedFiles(answers: InitAnswers, read: ReadText): Readonly<Record<string, string>> {
  const { project, region } = answers;
  if (project !== null && !PROJECT.test(project)) throw new OperatorError(`project ${JSON.stringify(project)}: allowed is the id of a Firebase project, such as my-project-1234`);
  if (!REGION.test(region)) throw new OperatorError(`region ${JSON.stringify(region)}: allowed is a Google Cloud region such as ${DEFAULT_REGION}`);
  const config = Object.fromEntries(CONFIG_NAMES.map((name) => [name, configured(name, needed(read, `config/${name}`), answers)]));
  const checked = parseConfigFiles(config);
  if (!checked.ok) throw new ConfigError(checked.faults);
  return {
    ...Object.fromEntries(Object.entries(config).map(([name, text]) => [`config/${name}`, text])),
    [project === null ? 'functions/.env.local' : `functions/.env.${project}`]: environmentText(needed(read, 'functions/.env.example'), answers),
    'firebase.json': needed(read, 'firebase.json').replaceAll(/("region"\s*:\s*)"[^"]*"/g, (_all, key: string) => `${key}${JSON.stringify(region)}`),
    ...(project === null ? {} : { '.firebaserc': `${JSON.stringify({ projects: { default: project } }, null, 2)}\n` }),
  };
}

function needed(read: ReadText, path: string): string {
  const text = read(path);
  if (text === null) throw new OperatorError(`${path} is missing; restore it from the repository`);
  return text;
}

/** Changed in place, so that what a person wrote around it stays. */
function configured(name: string, text: string, { nav, symbols }: InitAnswers): string {
  if (name === 'risk.json' && nav !== null) return replaced(text, /("referenceNavUsd"\s*:\s*)[^,\s}]+/g, nav, name);
  if (name === 'universe.json' && symbols !== null) return withSymbols(text, symbols);
  return text;
}

function replaced(text: string, pattern: RegExp, value: string, name: string): string {
  if (text.search(pattern) === -1) throw new OperatorError(`config/${name} is not written as expected; change it by hand`);
  return text.replaceAll(pattern, (_all, before: string) => `${before}${value}`);
}

function withSymbols(text: string, symbols: readonly string[]): string {
  const entry = /("symbol"\s*:\s*"(?<symbol>[^"]+)"[^{}]*?"enabled"\s*:\s*)(?:true|false)/g;
  const known = [...text.matchAll(entry)].map((match) => match.groups?.['symbol'] ?? '');
  const unknown = symbols.find((symbol) => !known.includes(symbol));
  if (unknown !== undefined) throw new OperatorError(`${unknown} is not in config/universe.json (${known.join(', ')}); add it there with its tier and limits first`);
  return text.replaceAll(entry, (_all, before: string, symbol: string) => `${before}${String(symbols.includes(symbol))}`);
}

function environmentText(example: string, { tradingEnv, region }: InitAnswers): string {
  const lines = example.split('\n').filter((line) => !line.startsWith('# Copy to'));
  const set = lines.map((line) => (line.startsWith('TRADING_ENV=') ? `TRADING_ENV=${tradingEnv}` : line)).join('\n');
  return region === DEFAULT_REGION ? set : `${set.trimEnd()}\nREGION=${region}\n`;
}
