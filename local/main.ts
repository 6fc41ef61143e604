/** `npm start`: the whole system on this machine, no account, no keys, no network. */
import { existsSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { ConfigError } from '../functions/src/config/config-error.ts';
import { serveDashboard } from './dashboard/serve-dashboard.ts';
import { openDataFolder } from './host/data-folder.ts';
import type { DataFolder, RunState } from './host/data-folder.ts';
import { localConfig } from './host/local-config.ts';
import { runEngine } from './host/run-engine.ts';
import { OptionError, USAGE, parseOptions } from './options.ts';
import type { StartOptions } from './options.ts';
import { ProgressBar } from './progress-bar.ts';
import { printSummary } from './print-summary.ts';
import { summarize } from './summarize.ts';
import { generatedFeed } from './venue/market/generated-feed.ts';
import { MarketDataError } from './venue/market/market-data-error.ts';
import type { MarketFeed } from './venue/market/market-feed.ts';
import { recordedFeed } from './venue/market/recorded-feed.ts';

const HOUR_MS = 3_600_000;
const LAST_RUN = join(import.meta.dirname, '../.local/last-run');
/** Where a generated market begins, so that a seed gives the same run on any day. */
const GENERATED_START = Date.UTC(2026, 0, 5);
/** Candles a strategy needs before it can speak are served as history of the market; recordings give up their first day. */
const RECORDED_HISTORY_MS = 24 * HOUR_MS;

async function main(options: StartOptions): Promise<void> {
  if (options.help) return void process.stdout.write(`${USAGE}\n`);
  const beganAt = performance.now();
  const data = dataFolder(options);
  const earlier = data.load();
  if (earlier !== null) refuseOtherRun(options, earlier);
  const config = localConfig(options.symbols ?? earlier?.symbols ?? null);
  const market = await openMarket(options, config.symbols);
  const startAt = earlier?.startAt ?? market.startTime;
  const untilAt = startAt + options.hours * HOUR_MS;
  if (market.endTime !== null && untilAt > market.endTime + 1) {
    throw new OptionError(`--hours ${options.hours}: the market in ${options.market} has ${Math.floor((market.endTime + 1 - startAt) / HOUR_MS)} hours after its first day`);
  }
  const state = { seed: options.seed, market: options.market, symbols: [...config.symbols], startAt, nowAt: earlier?.nowAt ?? startAt, boots: (earlier?.boots ?? 0) + 1 };
  data.save(state);
  const bar = new ProgressBar(process.stderr, startAt, untilAt);
  const counts = { problems: 0 };
  await using cleanUp = new AsyncDisposableStack();
  const end = await runEngine({
    market,
    data,
    state,
    untilAt,
    configText: config.text,
    port: options.port,
    pace: options.realtime ? 1 : 0,
    logSink: (severity) => {
      if (severity === 'ERROR') counts.problems += 1;
    },
    onStarted: async ({ firestore }, control) => {
      if (!options.dashboard) return;
      const dashboard = await serveDashboard(firestore.host, control, config.text, options.port);
      cleanUp.defer(() => dashboard.close());
      process.stdout.write(`dashboard     ${dashboard.url}\n`);
    },
    onMinute: (at, stack) => bar.at(at, stack),
  });
  bar.done();
  const usage = end.stack.firestore.counters();
  const summary = await summarize({ venue: end.stack.venue.core.state, minutes: end.minutes }, usage, (performance.now() - beganAt) / 1000);
  cleanUp.defer(() => end.stack.close());
  printSummary(process.stdout, summary, options.json);
  if (!summary.ledgerEqualsVenue || summary.duplicates > 0 || summary.stuck > 0) process.exitCode = 1;
  if (!options.dashboard) return;
  process.stderr.write('The run has ended; the dashboard stays up until Ctrl-C, and what you ask for there is still done.\n');
  await once(process, 'SIGINT');
}

function dataFolder(options: StartOptions): DataFolder {
  if (options.data === null) rmSync(LAST_RUN, { recursive: true, force: true });
  return openDataFolder(options.data === null ? LAST_RUN : resolve(options.data));
}

/** A state folder belongs to one market: mixing two would compare books that have nothing to do with each other. */
function refuseOtherRun(options: StartOptions, earlier: RunState): void {
  if (earlier.market === options.market && earlier.seed === options.seed) return;
  const kept = earlier.market === null ? `seed ${earlier.seed}` : `market ${earlier.market}`;
  throw new OptionError(`--data ${JSON.stringify(options.data)}: its state belongs to ${kept}; use the same options or another directory`);
}

async function openMarket(options: StartOptions, symbols: readonly string[]): Promise<MarketFeed> {
  if (options.market === null) {
    return generatedFeed({ seed: options.seed, symbols: symbols.map((symbol) => ({ symbol })), startTime: GENERATED_START });
  }
  const directory = resolve(options.market);
  if (!existsSync(directory) || !statSync(directory).isDirectory()) {
    throw new OptionError(`--market ${JSON.stringify(options.market)}: not a directory; name one that holds *-1m-*.csv.gz files`);
  }
  return recordedFeed({ directory, symbols, historyMs: RECORDED_HISTORY_MS });
}

try {
  await main(parseOptions(process.argv.slice(2)));
} catch (error) {
  if (!isUserError(error)) throw error;
  process.stderr.write(`portcullis: ${error.message}\n`);
  process.exitCode = 2;
}

function isPortTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'EADDRINUSE') || isPortTaken(error.cause);
}

function isUserError(error: unknown): error is Error {
  if (error instanceof OptionError || error instanceof ConfigError || error instanceof MarketDataError) return true;
  return isPortTaken(error);
}
