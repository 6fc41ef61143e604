/** `npm run sim`: exit code 1 when an invariant was violated, 2 for a command line that means nothing. */
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { play } from './crew.ts';
import { minimise } from './minimise.ts';
import { MUTATIONS } from './mutations/all-mutations.ts';
import { hunt } from './mutations/hunt.ts';
import { failureText, minimalText } from './report.ts';
import { simulate } from './simulation.ts';

const FAILURES_TOLD = 5;
const TOLD_EVERY_MS = 5000;

const USAGE = `npm run sim -- [--seeds 100] [--from 0] [--hours 24] [--threads N] [--json]   the whole engine under faults, a run a seed
npm run sim -- --seed N [--hours 24] [--only FAULTS] [--json]              one seed, told in full; --only with the faults a failure names
`;

const values = options();
if (values.help) {
  process.stdout.write(USAGE);
  process.exit();
}

function number(name: 'seeds' | 'from' | 'seed' | 'hours' | 'threads', least: number): number {
  const value = Number(values[name]);
  if (Number.isFinite(value) && value >= least && (name === 'hours' || Number.isInteger(value))) return value;
  process.stderr.write(`--${name} is ${String(values[name])}; it must be a ${name === 'hours' ? '' : 'whole '}number of at least ${least}\n`);
  process.exit(2);
}

const hours = number('hours', 0.05);
process.exitCode = (values.seed === undefined ? await campaign() : await replay(number('seed', 0))) ? 0 : 1;

function options() {
  try {
    return parseArgs({
      options: {
        seeds: { type: 'string', default: '100' },
        from: { type: 'string', default: '0' },
        seed: { type: 'string' },
        hours: { type: 'string', default: '24' },
        only: { type: 'string' },
        threads: { type: 'string', default: String(availableParallelism()) },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    process.exit(2);
  }
}

/** One seed, told in full. */
async function replay(seed: number): Promise<boolean> {
  const only = values.only === undefined ? undefined : new Set(values.only === 'none' ? [] : values.only.split(','));
  const startedAt = performance.now();
  const outcome = await simulate({ seed, hours, ...(only === undefined ? {} : { only }) });
  const { violation, orders, trades, struck, hash } = outcome;
  const violations = violation === null ? 0 : 1;
  process.stderr.write(`seed ${seed}, ${hours} hours: ${orders} orders, ${trades} trades, ${struck.length} faults, hash ${hash}\n`);
  if (violation !== null) {
    process.stderr.write(failureText(outcome, hours));
    process.stderr.write(minimalText(await minimise({ seed, hours, outcome })));
  }
  if (values.json) tell({ seeds: 1, violations, seedsPerSecond: 1000 / (performance.now() - startedAt), mutationsCaught: 0, mutationsTotal: 0, hash });
  return violations === 0;
}

/** Many seeds; those that fail are cut down, as far as there is patience for. */
async function campaign(): Promise<boolean> {
  const from = number('from', 0);
  const seeds = Array.from({ length: number('seeds', 1) }, (_, index) => from + index);
  const startedAt = performance.now();
  let done = 0;
  let violations = 0;
  let toldAt = startedAt;
  const played = await play(seeds, hours, number('threads', 1), ({ seed, violated }) => {
    done += 1;
    if (violated) {
      violations += 1;
      process.stderr.write(`seed ${seed} fails\n`);
    }
    if (performance.now() - toldAt < TOLD_EVERY_MS) return;
    toldAt = performance.now();
    process.stderr.write(`${done} of ${seeds.length} seeds, ${violations} violations, ${(done / ((toldAt - startedAt) / 1000)).toFixed(2)} seeds/s\n`);
  });
  const seedsPerSecond = seeds.length / ((performance.now() - startedAt) / 1000);
  for (const { seed } of played.filter(({ violated }) => violated).slice(0, FAILURES_TOLD)) {
    const outcome = await simulate({ seed, hours });
    process.stderr.write(failureText(outcome, hours));
    process.stderr.write(minimalText(await minimise({ seed, hours, outcome })));
  }
  const hash = createHash('sha256').update(played.map((one) => `${one.seed} ${one.hash}\n`).join('')).digest('hex').slice(0, 16);
  const orders = played.reduce((sum, one) => sum + one.orders, 0);
  process.stderr.write(`${seeds.length} seeds of ${hours} hours, ${orders} orders, ${violations} violations, ${seedsPerSecond.toFixed(2)} seeds/s, hash ${hash}\n`);
  if (values.json) tell({ seeds: seeds.length, violations, seedsPerSecond, mutationsCaught: await mutationsCaught(), mutationsTotal: MUTATIONS.length, hash });
  return violations === 0;
}

async function mutationsCaught(): Promise<number> {
  let caught = 0;
  for (const mutation of MUTATIONS) {
    const found = await hunt(mutation);
    if (found !== null) caught += 1;
    process.stderr.write(`${found === null ? 'MISSED' : `caught by seed ${found.seed} (${found.violation.invariant})`}: ${mutation.name}\n`);
  }
  return caught;
}

function tell(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
