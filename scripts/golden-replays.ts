/** Runs over generated markets whose decisions are accepted by their hash: a change of behaviour is seen and reviewed. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { z } from 'zod';
import { inRepository } from './deployable/repository.ts';

export const GOLDEN_REPLAYS = inRepository('tests/golden/replays.json');

export const REPLAY_SCENARIOS = [
  { name: 'a day of three symbols', args: ['--seed', '1', '--hours', '24'] },
  { name: 'another day of three symbols', args: ['--seed', 'second', '--hours', '24'] },
  { name: 'two days of one symbol', args: ['--seed', 'third', '--hours', '48', '--symbols', 'SOLUSDT'] },
] as const;

const replayed = z.strictObject({
  minutes: z.number(),
  orders: z.number(),
  vetoes: z.number(),
  orderListHash: z.string(),
  vetoListHash: z.string(),
  errors: z.literal(0),
  differences: z.literal(0),
});
export type Replayed = z.infer<typeof replayed>;

/** One run a process: the engine keeps its configuration for the life of its process. Throws when the run has errors. */
export async function replayScenario(args: readonly string[]): Promise<Replayed> {
  const { stdout } = await promisify(execFile)(process.execPath, [inRepository('local/replay/main.ts'), ...args, '--json']);
  return replayed.parse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''));
}
