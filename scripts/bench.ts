/** `npm run bench [-- --json]`: measures the engine on this machine, one line a figure. */
import { parseArgs } from 'node:util';
import { lineOf, meetsBound } from './bench/figure.ts';
import type { Figure } from './bench/figure.ts';
import { headlinesOf } from './bench/headline.ts';
import { MeasurementError, figuresOf } from './bench/measurement-report.ts';
import { MEASUREMENTS } from './bench/measurements.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });

try {
  const figures: Figure[] = [];
  for (const name of Object.keys(MEASUREMENTS)) {
    const measured = await figuresOf(name);
    for (const one of measured) process.stdout.write(`${lineOf(one)}\n`);
    figures.push(...measured);
  }
  const headlines = headlinesOf(figures);
  if (values.json) process.stdout.write(`${JSON.stringify(headlines)}\n`);
  const missed = figures.filter((one) => !meetsBound(one)).map(({ name }) => name);
  if (missed.length > 0) {
    process.stderr.write(`bench: ${missed.join(', ')} missed the stated bound on this machine\n`);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof MeasurementError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
}
