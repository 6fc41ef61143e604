/**
 * `npm run replay`: runs the engine again without a wire. From a data folder it proves that the same market still leads
 * to the same orders and refusals; from a seed it shows what they are.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { z } from 'zod';
import { openDataFolder } from '../host/data-folder.ts';
import { localConfig } from '../host/local-config.ts';
import { OptionError } from '../options.ts';
import { generatedFeed } from '../venue/market/generated-feed.ts';
import { recordedFeed } from '../venue/market/recorded-feed.ts';
import { listHash } from './decision-lists.ts';
import { decisionsIn } from './decisions-in.ts';
import type { DecidedRun } from './decisions-in.ts';
import { runInProcess } from './run-in-process.ts';
import type { InProcessRun } from './run-in-process.ts';

const USAGE = `npm run replay -- --from DIR [--json]         decide the run kept in DIR again and compare
npm run replay -- [--seed TEXT] [--hours N] [--symbols A,B] [--json]   decide a generated market`;

const HOUR_MS = 3_600_000;
const GENERATED_START = Date.UTC(2026, 0, 5);
const RECORDED_HISTORY_MS = 24 * HOUR_MS;
const LINES_SHOWN = 5;

const decidedRun = z.strictObject({
  orders: z.array(z.string()),
  vetoes: z.array(z.string()),
  ticks: z.array(z.strictObject({ job: z.string(), at: z.number() })),
});

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { from: { type: 'string' }, seed: { type: 'string', default: '1' }, hours: { type: 'string', default: '24' }, symbols: { type: 'string' }, json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } } });
  if (values.help) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const beganAt = performance.now();
  const stored = values.from === undefined ? null : await storedRun(values.from);
  const run = stored === null ? generatedRun(values.seed, values.hours, values.symbols?.split(',') ?? null) : await runOf(stored.state, stored.decided);
  let minutes = 0;
  const errors: string[] = [];
  const { store } = await runInProcess({ ...run, onMinute: () => (minutes += 1), onError: (message) => errors.push(message) });
  const now = await decisionsIn(store);
  const differences = stored === null ? [] : [...differencesOf('order', stored.decided.orders, now.orders), ...differencesOf('refusal', stored.decided.vetoes, now.vetoes)];
  const seconds = (performance.now() - beganAt) / 1000;
  const result = {
    minutes,
    orders: now.orders.length,
    vetoes: now.vetoes.length,
    orderListHash: listHash(now.orders),
    vetoListHash: listHash(now.vetoes),
    errors: errors.length,
    differences: differences.length,
  };
  process.stdout.write(`${minutes} minutes in ${seconds.toFixed(1)} s: ${result.orders} orders ${result.orderListHash}, ${result.vetoes} refusals ${result.vetoListHash}\n`);
  for (const line of differences.slice(0, LINES_SHOWN)) process.stdout.write(`${line}\n`);
  if (stored !== null) process.stdout.write(differences.length === 0 ? 'The same decisions.\n' : `${differences.length} differences: the engine or its configuration is not the one that made this run, or operators acted on it, which a replay does not repeat.\n`);
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  return differences.length === 0 && errors.length === 0 ? 0 : 1;
}

type Planned = Pick<InProcessRun, 'feed' | 'startAt' | 'untilAt' | 'configText' | 'jobsAt'>;

function generatedRun(seed: string, hoursText: string, wanted: readonly string[] | null): Planned {
  const hours = Number(hoursText);
  if (!(hours > 0 && hours <= 8784)) throw new OptionError(`--hours ${JSON.stringify(hoursText)}: allowed are more than 0 to 8784`);
  const { text, symbols } = localConfig(wanted);
  const feed = generatedFeed({ seed, symbols: symbols.map((symbol) => ({ symbol })), startTime: GENERATED_START });
  return { feed, startAt: GENERATED_START, untilAt: GENERATED_START + hours * HOUR_MS, configText: text, jobsAt: null };
}

async function storedRun(from: string) {
  const state = existsSync(join(from, 'run.json')) ? openDataFolder(resolve(from)).load() : null;
  if (state === null) throw new OptionError(`--from ${JSON.stringify(from)}: holds no run; name the --data folder of an \`npm start\`, or .local/last-run`);
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'stored-decisions.ts'), resolve(from)], { maxBuffer: 1e9 });
  return { state, decided: decidedRun.parse(JSON.parse(stdout)) };
}

/** Runs exactly the jobs that ran then: minutes that a restart lost stay lost. */
async function runOf(state: NonNullable<Awaited<ReturnType<typeof storedRun>>>['state'], decided: DecidedRun): Promise<Planned> {
  const { text, symbols } = localConfig(state.symbols);
  const feed =
    state.market === null
      ? generatedFeed({ seed: state.seed, symbols: symbols.map((symbol) => ({ symbol })), startTime: GENERATED_START })
      : await recordedFeed({ directory: resolve(state.market), symbols, historyMs: RECORDED_HISTORY_MS });
  const ran = new Set(decided.ticks.map(({ job, at }) => `${job} ${at}`));
  return { feed, startAt: state.startAt, untilAt: state.nowAt, configText: text, jobsAt: (job, at) => ran.has(`${job} ${at}`) };
}

/** Lines that only one of both has. */
function differencesOf(what: string, then: readonly string[], now: readonly string[]): readonly string[] {
  const [before, after] = [new Set(then), new Set(now)];
  return [
    ...then.filter((line) => !after.has(line)).map((line) => `${what} then, not now: ${line}`),
    ...now.filter((line) => !before.has(line)).map((line) => `${what} now, not then: ${line}`),
  ];
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof OptionError) && !(error instanceof TypeError && 'code' in error)) throw error;
  process.stderr.write(`replay: ${error.message}\n`);
  process.exitCode = 2;
}
