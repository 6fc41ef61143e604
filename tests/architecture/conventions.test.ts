import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CONVENTIONS, acceptedBreaches, breaches } from './conventions.ts';
import type { Convention } from './conventions.ts';
import { sourceTexts } from '../../scripts/sources/source-text.ts';

const LONGEST_FILE = 350;
const DEPLOYED = sourceTexts('functions/src');
const EVERYTHING = [...DEPLOYED, ...sourceTexts('local', 'scripts', 'tests')];

describe('the deployed code', () => {
  it.each(Object.entries<Convention>(CONVENTIONS))('keeps the convention "%s"', (_name, convention) => {
    const found = DEPLOYED.flatMap((file) => breaches(convention, file));
    expect(found.map((place) => `${place}: ${convention.because}`)).toEqual([]);
  });

  it.each(Object.entries<Convention>(CONVENTIONS))('still has every accepted breach of "%s"', (_name, convention) => {
    const found = DEPLOYED.flatMap((file) => acceptedBreaches(convention, file));
    expect([...new Set(found)].toSorted()).toEqual(Object.keys(convention.accepted).toSorted());
  });

  it('has one index.ts, the list of what is deployed', () => {
    const indexes = DEPLOYED.filter(({ path }) => basename(path) === 'index.ts');
    expect(indexes.map(({ path }) => path)).toEqual(['functions/src/index.ts']);
  });
});

describe('every file', () => {
  it(`has at most ${LONGEST_FILE} lines`, () => {
    const long = EVERYTHING.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 })).filter(({ lines }) => lines > LONGEST_FILE);
    expect(long).toEqual([]);
  });

  it('is named in kebab-case after its one concept, never utils, helpers or common', () => {
    const names = EVERYTHING.map(({ path }) => path);
    expect(names.filter((path) => !/^[a-z0-9-]+(\.property)?(\.test)?\.ts$/.test(basename(path)))).toEqual([]);
    expect(names.filter((path) => /\b(utils?|helpers?|common|misc)\b/.test(path))).toEqual([]);
  });
});

describe('the convention', () => {
  it.each<readonly [keyof typeof CONVENTIONS, string]>([
    ['environment', 'const region = process.env.REGION;'],
    ['environment', "const region = process['env']['REGION'];"],
    ['environment', 'const { env } = { env: process.env };'],
    ['clock', 'const now = Date.now();'],
    ['clock', 'const clock = { now: Date.now };'],
    ['clock', 'const day = new Date().toISOString();'],
    ['clock', 'const day = new Date;'],
    ['unknownIsNotZero', 'const qty = position?.qty ?? 0;'],
    ['unknownIsNotZero', "const qty = position.qty || '0';"],
    ['noEmptyCatch', 'try { send(); } catch {}'],
    ['noEmptyCatch', 'try { send(); } catch (error) { /* ignored */ }'],
    ['noEmptyCatch', 'send().catch(() => {});'],
    ['noBarrel', "export * from './order.ts';"],
  ])('"%s" finds %s', (name, text) => {
    expect(breaches(CONVENTIONS[name], { path: 'functions/src/app/example.ts', text })).toEqual(['functions/src/app/example.ts:1']);
  });

  it.each<readonly [keyof typeof CONVENTIONS, string]>([
    ['environment', '// process.env is read elsewhere'],
    ['clock', 'const day = new Date(at);'],
    ['unknownIsNotZero', "const text = 'qty ?? 0';"],
    ['unknownIsNotZero', 'const cause = error.message ?? 10;'],
    ['noEmptyCatch', 'send().catch((error) => { throw error; });'],
    ['noBarrel', "export { default as Client } from './client.ts';"],
  ])('"%s" has nothing against %s', (name, text) => {
    expect(breaches(CONVENTIONS[name], { path: 'functions/src/app/example.ts', text })).toEqual([]);
  });

  it.each([
    ['environment', 'functions/src/config/environment.ts', 'process.env'],
    ['clock', 'functions/src/adapters/clock-system/system-clock.ts', 'Date.now()'],
  ] as const)('"%s" does not hold in %s', (name, path, text) => {
    expect(breaches(CONVENTIONS[name], { path, text })).toEqual([]);
  });
});
