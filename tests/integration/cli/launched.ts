/** The launcher in a process of its own, started by the machine's node as a shell would, whichever version that is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inRepository } from '../../../scripts/deployable/repository.ts';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly problems: string;
}

/** The first node on the path that no package brought; the one that runs the tests when there is no other. */
export const MACHINE_NODE =
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '' && !folder.includes('node_modules'))
    .map((folder) => join(folder, 'node'))
    .find((file) => existsSync(file)) ?? process.execPath;

/** `env` is all that the command finds in its environment, besides the path. */
export async function launched(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const PATH = process.env['PATH'] ?? '';
  const child = spawn(MACHINE_NODE, [inRepository('bin/portcullis.mjs'), ...args], { env: { PATH, METADATA_SERVER_DETECTION: 'none', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, problems] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, out, problems };
}
