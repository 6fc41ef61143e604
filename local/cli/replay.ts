import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ReplayCommand } from '../../functions/src/cli/command.ts';

const SCRIPT = join(import.meta.dirname, '../replay/main.ts');

/** `portcullis replay`: what `npm run replay` does. Resolves to its exit code. */
export async function replay({ from, seed, hours, symbols }: ReplayCommand, json: boolean): Promise<number> {
  const options = Object.entries({ from, seed, hours, symbols }).flatMap(([name, value]) => (value === null ? [] : [`--${name}`, value]));
  const child = spawn(process.execPath, [SCRIPT, ...options, ...(json ? ['--json'] : [])], { stdio: 'inherit' });
  await once(child, 'exit');
  return child.exitCode ?? 1;
}
