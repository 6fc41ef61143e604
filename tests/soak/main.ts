/**
 * `npm run soak -- --kills N [--seed TEXT] [--json]`: kills the engine N times while it trades. Exit code 1 when a promise
 * was broken, 2 for a command line that means nothing.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { soak } from './soak.ts';

const USAGE = `npm run soak -- [options]   kill the engine while it trades, and check its books after each restart

  --kills N    how often, 1 to 100000 (default 200)
  --seed TEXT  seed of the market and of the kills (default 1)
  --json       end with one JSON object on the last line
  --help       this text
`;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = parsed();
  if (typeof options === 'string') {
    process.stderr.write(`soak: ${options}; see npm run soak -- --help\n`);
    return 2;
  }
  if (options.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const { seed } = options;
  const folder = await mkdtemp(join(tmpdir(), 'portcullis-soak-'));
  const beganAt = performance.now();
  const { violations, ...result } = await soak({ kills: options.kills, seed, folder, tell: (line) => process.stderr.write(`${line}\n`) });
  const seconds = Math.round((performance.now() - beganAt) / 1000);
  process.stdout.write(
    `${result.kills} kills, ${result.checks} checks, ${violations.length} violations in ${result.simulatedMinutes} simulated minutes (${result.orders} orders, ${result.fills} fills), ${seconds} s\n`,
  );
  for (const violation of violations) process.stderr.write(`violation: ${violation}\n`);
  if (violations.length === 0) await rm(folder, { recursive: true, force: true });
  else process.stderr.write(`again: npm run soak -- --kills ${options.kills} --seed ${seed}\nrecords, books and the engine's log: ${folder}\n`);
  if (options.json) process.stdout.write(`${JSON.stringify({ kills: result.kills, violations: violations.length, seed })}\n`);
  return violations.length === 0 ? 0 : 1;
}

/** The options, or what is wrong with them. */
function parsed(): { readonly kills: number; readonly seed: string; readonly json: boolean; readonly help: boolean } | string {
  try {
    const { values } = parseArgs({
      options: {
        kills: { type: 'string', default: '200' },
        seed: { type: 'string', default: '1' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const kills = Number(values.kills);
    if (!Number.isInteger(kills) || kills < 1 || kills > 100_000) return `--kills ${JSON.stringify(values.kills)}: allowed is a whole number from 1 to 100000`;
    if (!/^[\w.-]{1,64}$/.test(values.seed)) return `--seed ${JSON.stringify(values.seed)}: allowed are up to 64 letters, digits, dots, hyphens and underscores`;
    return { kills, seed: values.seed, json: values.json, help: values.help };
  } catch (error) {
    return error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error);
  }
}
