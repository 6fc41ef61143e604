/** `npm run bench [-- --json]`: measures the engine on this machine, one line a figure. */
import { parseArgs } from 'node:util';
import { lineOf, meetsBound } from './bench/figure.ts';
import type { Figure } from './bench/figure.ts';
import { headlinesOf } from './bench/headline.ts';
import { figuresOf } from './bench/measurement-report.ts';
import { MEASUREMENTS } from './bench/measurements.ts';

try {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const figures: Figure[] = [];
  for (const name of Object.keys(MEASUREMENTS)) {
    const measured = await figuresOf(name);
    for (const one of measured) process.stdout.write(`${lineOf(one)}\n`);
    figures.push(...measured);
  }
  const headlines = headlinesOf(figures);
  if (values.json) process.stdout.write(`${JSON.stringify(headlines)}\n`);
  const missed = figures.filter((one) => one.bound?.holds === 'always' && !meetsBound(one)).map(({ name }) => name);
  if (missed.length > 0) {
    process.stderr.write(`bench: ${missed.join(', ')} missed what must hold on any machine\n`);
    process.exitCode = 1;
  }
} catch (error) {
  process.stderr.write(`bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
