/** The options of `npm start`, checked as a whole before anything is started. */
import { parseArgs } from 'node:util';
import { symbolText } from '../functions/src/schema/scalars.ts';

export class OptionError extends Error {
  override readonly name = 'OptionError';
}

export interface StartOptions {
  readonly hours: number;
  /** Null: those of config/universe.json, or of the market directory. */
  readonly symbols: readonly string[] | null;
  readonly seed: string;
  /** A directory of recorded candles; null generates a market from the seed. */
  readonly market: string | null;
  readonly realtime: boolean;
  /** Keeps all state here and goes on from it; null begins afresh in .local/last-run. */
  readonly data: string | null;
  /** First of four ports: Firestore, Pub/Sub, venue, dashboard. Null takes free ones. */
  readonly port: number | null;
  /** Serves the dashboard during the run and after its end, until Ctrl-C. */
  readonly dashboard: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

export const USAGE = `npm start -- [options]   run the whole engine on this machine, in simulated time

  --hours N        simulated hours to run, 0.1 to 8784 (default 24)
  --symbols A,B    trade only these of config/universe.json
  --seed TEXT      seed of the generated market (default 1)
  --market DIR     recorded candles (*-1m-*.csv.gz) instead of a generated market
  --realtime       one simulated second a second
  --data DIR       keep state in DIR and go on from it when it has some
                   (default: .local/last-run, begun afresh each time)
  --dashboard      serve the dashboard meanwhile, and on after the end until Ctrl-C
  --port N         Firestore, Pub/Sub, venue and dashboard on ports N to N+3 (default: free ones)
  --json           end with one JSON object on the last line
  --help           this text`;

const OPTIONS = {
  hours: { type: 'string' },
  symbols: { type: 'string' },
  seed: { type: 'string' },
  market: { type: 'string' },
  realtime: { type: 'boolean' },
  data: { type: 'string' },
  dashboard: { type: 'boolean' },
  port: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Throws OptionError naming the option, its value and what is allowed. */
export function parseOptions(args: readonly string[]): StartOptions {
  const { values } = parsed(args);
  const seed = values.seed ?? '1';
  if (!/^[\w.-]{1,64}$/.test(seed)) throw new OptionError(`--seed ${JSON.stringify(seed)}: allowed are up to 64 letters, digits, dots, hyphens and underscores`);
  return {
    hours: hoursOf(values.hours),
    symbols: values.symbols === undefined ? null : symbolsOf(values.symbols),
    seed,
    market: values.market ?? null,
    realtime: values.realtime ?? false,
    data: values.data ?? null,
    port: values.port === undefined ? null : portOf(values.port),
    dashboard: values.dashboard ?? false,
    json: values.json ?? false,
    help: values.help ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: false, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
    throw new OptionError(`${reason}; see npm start -- --help`);
  }
}

function hoursOf(text: string | undefined): number {
  const hours = text === undefined ? 24 : Number(text);
  if (Number.isFinite(hours) && hours >= 0.1 && hours <= 8784) return hours;
  throw new OptionError(`--hours ${JSON.stringify(text)}: allowed is a number from 0.1 to 8784`);
}

function portOf(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 1024 && port <= 65_532) return port;
  throw new OptionError(`--port ${JSON.stringify(text)}: allowed is a whole number from 1024 to 65532`);
}

function symbolsOf(text: string): readonly string[] {
  const symbols = text.split(',');
  const wrong = symbols.find((symbol) => !symbolText.safeParse(symbol).success);
  if (wrong !== undefined) throw new OptionError(`--symbols ${JSON.stringify(text)}: ${JSON.stringify(wrong)} is not a venue symbol; write them like BTCUSDT,ETHUSDT`);
  return [...new Set(symbols)];
}
