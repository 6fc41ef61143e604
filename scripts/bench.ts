/**
 * `npm run bench [-- --json] [-- --accept]`: measures the engine on this machine, one line a figure, and holds each
 * against the committed reference. `--accept` measures everything three times and makes the middle of each figure the reference.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lineOf, meetsBound } from './bench/figure.ts';
import type { Figure } from './bench/figure.ts';
import { headlinesOf } from './bench/headline.ts';
import { measured, typical } from './bench/measure.ts';
import { figuresOf } from './bench/measurement-report.ts';
import { MEASUREMENTS } from './bench/measurements.ts';
import { LEAST_SCORE, isWorse, reference, referenceOf, scoreOf, withoutReference } from './bench/reference.ts';
import type { Reference } from './bench/reference.ts';

const REFERENCE_FILE = join(import.meta.dirname, 'bench/reference.json');

try {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, accept: { type: 'boolean', default: false } } });
  const held = values.accept ? null : reference.parse(JSON.parse(await readFile(REFERENCE_FILE, 'utf8')));
  const figures = await figuresAgainst(held);
  if (held === null) await writeFile(REFERENCE_FILE, `${JSON.stringify(referenceOf(figures), null, 2)}\n`);
  if (values.json) process.stdout.write(`${JSON.stringify(headlinesOf(figures))}\n`);
  const faults = held === null ? [] : faultsOf(figures, held);
  for (const fault of faults) process.stderr.write(`bench: ${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function figuresAgainst(held: Reference | null): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const name of Object.keys(MEASUREMENTS)) {
    const run = (): Promise<readonly Figure[]> => figuresOf(name);
    const some = held === null ? await typical(run) : await measured(run, held);
    for (const one of some) process.stdout.write(`${lineOf(one)}${scoreText(one, held)}\n`);
    figures.push(...some);
  }
  return figures;
}

function scoreText(figure: Figure, held: Reference | null): string {
  const score = held === null ? null : scoreOf(figure, held);
  return score === null ? '' : `  ${Math.round(score * 100)} % of the reference${score < LEAST_SCORE ? ', WORSE' : ''}`;
}

function faultsOf(figures: readonly Figure[], held: Reference): readonly string[] {
  const missed = figures.filter((one) => one.bound?.holds === 'always' && !meetsBound(one)).map(({ name }) => name);
  const worse = figures.filter((one) => isWorse(one, held)).map(({ name }) => name);
  const unknown = withoutReference(figures.filter((one) => one.value > 0), held);
  return [
    ...(missed.length === 0 ? [] : [`${missed.join(', ')} missed what must hold on any machine`]),
    ...(worse.length === 0 ? [] : [`${worse.join(', ')} came out under ${LEAST_SCORE * 100} % of the reference three times; find out why, or accept it with npm run bench -- --accept on a quiet machine`]),
    ...(unknown.length === 0 ? [] : [`${unknown.join(', ')} has no reference yet; accept one with npm run bench -- --accept on a quiet machine`]),
  ];
}
