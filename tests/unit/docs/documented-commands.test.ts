/** What the documents tell a reader to type: commands and options of firebase, portcullis and npm exist, those of gcloud are on the list of those that were looked up. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseCommandLine } from '../../../functions/src/cli/command-line.ts';
import { FLAG_VARIABLES } from '../../../functions/src/config/feature-flags.ts';
import { knownVariables } from '../../../scripts/deploy-check/env-file.ts';
import { firebaseOptions } from '../../../scripts/deployable/firebase-cli.ts';
import { inRepository } from '../../../scripts/deployable/repository.ts';
import { CHECKED_GCLOUD } from './checked-gcloud.ts';

const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(inRepository('package.json'), 'utf8')));
const documents = ['README.md', ...readdirSync(inRepository('docs')).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))];
const textOf = (path: string): string => readFileSync(inRepository(path), 'utf8');

/** Lines of fenced shell blocks and commands in the running text. */
function commandsOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim().replace(/^for .*; do (.*); done$/, '$1'));
  const inline = [...text.matchAll(/`((?:npx|npm|gcloud|git) [^`\n]+)`/g)].map(([, command]) => command ?? '');
  const sub = [...text.matchAll(/\$\((gcloud [^)]+)\)/g)].map(([, command]) => command ?? '');
  return [...lines, ...inline, ...sub].flatMap((line) => line.split(' && ')).filter((line) => /^(npx|npm|gcloud) /.test(line)).map((line) => line.replace(/ +#.*$/, ''));
}

/** Words of a command line; quoted ones are one word. */
const wordsOf = (line: string): readonly string[] => [...line.matchAll(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g)].map(([word]) => word.replaceAll(/["']/g, ''));
const optionsOf = (words: readonly string[]): readonly string[] => words.filter((word) => word.startsWith('-')).map((word) => word.replace(/=.*$/, ''));

const commands = documents.flatMap((path) => commandsOf(textOf(path)).map((line) => ({ path, line, words: wordsOf(line) })));
const of = (first: string, second?: string) => commands.filter(({ words }) => words[0] === first && (second === undefined || (words[1] === second && words.length > 2)));

describe('every command that the documents give', () => {
  it.each(of('npx', 'firebase'))('firebase knows: $line ($path)', ({ words }) => {
    const known = firebaseOptions(words[2] ?? '');
    expect(known).not.toBeNull();
    expect(optionsOf(words).filter((option) => known?.includes(option) !== true)).toEqual([]);
  });

  it.each(of('gcloud'))('gcloud, as it was looked up, takes: $line ($path)', ({ words }) => {
    const name = Object.keys(CHECKED_GCLOUD).toSorted((a, b) => b.length - a.length).find((known) => words.join(' ').startsWith(`gcloud ${known}`));
    expect(name).toBeDefined();
    expect(optionsOf(words).filter((option) => CHECKED_GCLOUD[name ?? '']?.includes(option) !== true)).toEqual([]);
  });

  it.each(of('npx', 'portcullis'))('portcullis takes: $line ($path)', ({ line }) => {
    const filled = line.replace('$PROJECT', 'my-project').replace(/\s*\[.*$/, '');
    expect(() => parseCommandLine(wordsOf(filled).slice(2))).not.toThrow();
  });

  it.each(of('npm'))('npm finds: $line ($path)', ({ words }) => {
    const name = words[1] === 'run' ? words.find((word, index) => index > 1 && !word.startsWith('-')) : words[1];
    expect([...Object.keys(scripts), 'ci', 'install', 'test', 'start']).toContain(name);
  });

  it('is found here at all', () => {
    expect([of('npx', 'firebase').length > 15, of('gcloud').length > 15, of('npx', 'portcullis').length > 8]).toEqual([true, true, true]);
  });
});

describe('the guide to deploying', () => {
  const text = textOf('docs/deploy.md');

  it('explains every variable of a deployment', () => {
    const local = ['VENUE_BASE_URL', 'FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST', 'GCLOUD_PROJECT', 'GOOGLE_CLOUD_PROJECT', ...Object.values(FLAG_VARIABLES)];
    expect([...knownVariables()].filter((name) => !local.includes(name) && !text.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it('tells of every alerting policy', () => {
    const policies = readdirSync(inRepository('deploy/monitoring/policies')).map((name) => name.replace('.json', ''));
    expect(policies.filter((name) => !text.includes(`| \`${name}\` |`))).toEqual([]);
  });
});

describe('links within the documents', () => {
  const links = documents.flatMap((path) => [...textOf(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, target]) => ({ path, target: target ?? '' })));

  it.each(links)('$path leads to $target, which is there', ({ path, target }) => {
    expect(existsSync(inRepository(join(path, '..', target)))).toBe(true);
  });
});
