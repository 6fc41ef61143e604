/** `portcullis`: one command, told to people or to programs. It looks at records and never changes one. */
import { configResult, engineConfig, environment, installHost, startInspection } from '../compose.ts';
import type { Inspection } from '../compose.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Environment } from '../config/environment.ts';
import type { Answer } from './answer.ts';
import { parseCommandLine } from './command-line.ts';
import type { Command } from './command-line.ts';
import { doctor } from './doctor.ts';
import { OperatorError } from './operator-error.ts';
import { probe } from './probe.ts';
import { UnreadableError, readableStore } from './readable-store.ts';
import { status } from './status.ts';
import { USAGE } from './usage.ts';
import { why } from './why.ts';

export interface Output {
  write(text: string): unknown;
}

/** `place` names where the records are; null takes it from the environment. Resolves to the exit code. */
export async function main(args: readonly string[], out: Output, problems: Output, place: string | null = null): Promise<number> {
  try {
    const { command, env, json } = parseCommandLine(args);
    if (env !== null) installHost({ variables: { TRADING_ENV: env } });
    const { exitCode, json: value, lines } = await answerTo(command, place);
    out.write(json ? `${JSON.stringify(value)}\n` : `${lines.join('\n')}\n`);
    return exitCode;
  } catch (error) {
    if (error instanceof OperatorError || error instanceof ConfigError) return told(problems, error.message, 2);
    if (error instanceof UnreadableError) return told(problems, error.message, 1);
    throw error;
  }
}

async function answerTo(command: Command, place: string | null): Promise<Answer> {
  const placeIn = (of: Environment): string => place ?? placeText(of);
  const inspect = (): Promise<Inspection> => inspection(placeIn(environment()));
  switch (command.verb) {
    case 'help':
      return { json: { usage: USAGE }, lines: [USAGE], exitCode: 0 };
    case 'doctor':
      return doctor({ config: configResult(), environment, inspect }, placeIn);
    case 'status':
      return status(await inspect(), placeIn(environment()));
    case 'why':
      return why(await inspect(), placeIn(environment()), command.symbol, command.last);
    case 'probe':
      return probe(await inspect(), placeIn(environment()), command, environment());
  }
}

/** Settings first: a fault in them is told before a server is asked. */
async function inspection(place: string): Promise<Inspection> {
  engineConfig();
  const made = await startInspection();
  return { ...made, store: readableStore(made.store, place) };
}

function placeText({ namespace, firestoreEmulatorHost, projectId }: Environment): string {
  if (firestoreEmulatorHost !== null) return `hedge/${namespace} of the emulator at ${firestoreEmulatorHost}`;
  return projectId === null ? `hedge/${namespace}` : `hedge/${namespace} of project ${projectId}`;
}

function told(problems: Output, message: string, exitCode: number): number {
  problems.write(`portcullis: ${message}\n`);
  return exitCode;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), process.stdout, process.stderr);
