/** `portcullis init`. */
import { join, resolve } from 'node:path';
import type { InitCommand } from '../../functions/src/cli/command.ts';
import { askAnswers } from '../init/ask-answers.ts';
import { plannedFiles } from '../init/planned-files.ts';
import { textAt, writeFiles } from '../init/write-files.ts';

const ROOT = join(import.meta.dirname, '../..');

export async function init(command: InitCommand, json: boolean): Promise<number> {
  const directory = command.dir === null ? ROOT : resolve(command.dir);
  const answers = await askAnswers(command, { input: process.stdin, output: process.stderr, isInteractive: process.stdin.isTTY });
  // A folder of one's own begins with what is shipped.
  const files = plannedFiles(answers, (path) => textAt(join(directory, path)) ?? textAt(join(ROOT, path)));
  const done = writeFiles(directory, files, command.force);
  const next = answers.project === null ? 'npm start' : `npx firebase deploy --project ${answers.project}`;
  process.stdout.write(json ? `${JSON.stringify({ directory, ...done })}\n` : `${textOf(done.written, done.unchanged)}\nnext: portcullis doctor, then ${next}\n`);
  return 0;
}

function textOf(written: readonly string[], unchanged: readonly string[]): string {
  return [...written.map((path) => `written    ${path}`), ...unchanged.map((path) => `unchanged  ${path}`)].join('\n');
}
