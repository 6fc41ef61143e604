/** Looks for values that only a secret has, in every tracked file, the environment file and the bundle; tells where, never what. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inRepository, REPOSITORY } from '../deployable/repository.ts';
import { outcomeOf } from './outcome.ts';
import type { Check } from './check.ts';

const SHAPES: readonly (readonly [what: string, shape: RegExp])[] = [
  ['a private key', /-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----\s*(?:\\n)?[A-Za-z0-9+/]{20}/],
  ['a venue key', /["']?api(?:Key|Secret)["']?\s*[:=]\s*["'][A-Za-z0-9]{64}["']/],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['a GitHub token', /\bgh[pousr]_[A-Za-z0-9]{36}\b/],
  ['a Telegram bot token', /\b\d{8,10}:AA[A-Za-z0-9_-]{33}\b/],
];

/** What kinds of secrets a text seems to hold. */
export const secretsIn = (text: string): readonly string[] => SHAPES.flatMap(([what, shape]) => (shape.test(text) ? [what] : []));

export const secretsCheck: Check = {
  name: 'no secret in files',
  run: async ({ code, envFile }) => {
    const { stdout } = await promisify(execFile)('git', ['ls-files', '-z'], { cwd: REPOSITORY, maxBuffer: 16 * 1024 * 1024 });
    const paths = [...stdout.split('\0').filter((path) => path !== ''), envFile.path];
    const problems: string[] = secretsIn((await code()).bundle).map((what) => `the bundle holds ${what}`);
    for (const path of new Set(paths)) {
      for (const what of secretsIn(await textOf(path))) problems.push(`${path} holds ${what}`);
    }
    return outcomeOf(problems, `${paths.length} files and the bundle`, 'take it out, revoke it at its issuer, and set a new one with npx firebase functions:secrets:set');
  },
};

/** Empty for a file that is tracked and not there. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(inRepository(path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR')) return '';
    throw error;
  }
}
