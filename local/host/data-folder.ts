/**
 * Where a run keeps its state, and what it must be told again when it goes on: the market it runs on and how far time
 * has come. `run.json` is replaced whole, so that a kill leaves either the old or the new one.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { OptionError } from '../options.ts';

const runState = z.strictObject({
  seed: z.string(),
  market: z.string().nullable(),
  symbols: z.array(z.string()),
  startAt: z.int().positive(),
  /** Simulated time reached. */
  nowAt: z.int().positive(),
  /** Starts of the process so far; part of every run id, so that none is used twice. */
  boots: z.int().nonnegative(),
});
export type RunState = z.infer<typeof runState>;

export interface DataFolder {
  readonly firestoreFile: string;
  readonly pubsubFile: string;
  readonly venueFile: string;
  load(): RunState | null;
  save(state: RunState): void;
}

/** Throws OptionError when the directory cannot be made or its run.json is not ours. */
export function openDataFolder(directory: string): DataFolder {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw new OptionError(`--data ${JSON.stringify(directory)}: cannot be used as a directory (${error instanceof Error ? error.message : String(error)})`);
  }
  const file = join(directory, 'run.json');
  return {
    firestoreFile: join(directory, 'firestore.sqlite'),
    pubsubFile: join(directory, 'pubsub.sqlite'),
    venueFile: join(directory, 'venue.sqlite'),
    load: () => {
      const text = readIfThere(file);
      if (text === null) return null;
      const state = runState.safeParse(parseJson(text));
      if (state.success) return state.data;
      throw new OptionError(`--data ${JSON.stringify(directory)}: ${file} is not the state of a run; name another directory or remove it`);
    },
    save: (state) => {
      writeFileSync(`${file}.new`, JSON.stringify(state));
      renameSync(`${file}.new`, file);
    },
  };
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Undefined for what is not JSON; the schema then refuses it. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
