/** `npx portcullis`: verbs on records go to the commands of the engine, those of this machine alone stay here. */
import { randomUUID } from 'node:crypto';
import type { Command, LocalCommand } from '../../functions/src/cli/command.ts';
import { parseCommandLine } from '../../functions/src/cli/command-line.ts';
import { main } from '../../functions/src/cli/main.ts';
import { OperatorError } from '../../functions/src/cli/operator-error.ts';
import { ConfigError } from '../../functions/src/config/config-error.ts';
import { OptionError } from '../options.ts';
import { download } from './data-download.ts';
import { init } from './init.ts';
import { openTarget } from './open-target.ts';
import { replay } from './replay.ts';

async function run(args: readonly string[]): Promise<number> {
  const line = parseCommandLine(args);
  const { command } = line;
  if (isLocal(command)) return runHere(command, line.json);
  const placed = { ...line, command };
  await using opened = await openTarget(placed);
  return await main(placed, { out: process.stdout, problems: process.stderr, place: opened.place, newRequestId: randomUUID });
}

function isLocal(command: Command): command is LocalCommand {
  return command.verb === 'replay' || command.verb === 'data download' || command.verb === 'init';
}

function runHere(command: LocalCommand, json: boolean): Promise<number> {
  switch (command.verb) {
    case 'replay':
      return replay(command, json);
    case 'data download':
      return download(command, json);
    case 'init':
      return init(command, json);
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!isUserError(error)) throw error;
  process.stderr.write(`portcullis: ${error.message}\n`);
  process.exitCode = 2;
}

function isUserError(error: unknown): error is Error {
  if (error instanceof OperatorError || error instanceof OptionError || error instanceof ConfigError) return true;
  return error instanceof Error && error.message.startsWith('Cannot open the Firestore data file');
}
