#!/usr/bin/env node
/**
 * Starts the commands under the Node that the project pins, whichever one the machine has: the sources are TypeScript and
 * run as they are. Must itself run on Node 20.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const node = fileURLToPath(new URL('../node_modules/.bin/node', import.meta.url));
const entry = fileURLToPath(new URL('../local/cli/main.ts', import.meta.url));

if (!existsSync(node)) {
  process.stderr.write('portcullis: node_modules is missing or incomplete; run npm ci in the project first\n');
  process.exit(2);
}

const child = spawn(node, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
// A terminal signals the child as well: this process waits for what it makes of it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  process.stderr.write(`portcullis: ${node} cannot be started (${error.message}); run npm ci in the project again\n`);
  process.exitCode = 2;
});
child.on('exit', (code, signal) => {
  if (signal === null) process.exitCode = code ?? 1;
  else process.exitCode = 128 + ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0);
});
