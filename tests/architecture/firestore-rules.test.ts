/** The rules as Firestore would apply them, over every record of the engine, every method and every kind of person. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { openWrites } from '../../scripts/firestore-rules/open-writes.ts';
import { METHODS, allows, parseRules } from '../../scripts/firestore-rules/rules.ts';
import type { Method, RulesRequest } from '../../scripts/firestore-rules/rules.ts';
import { sourceTexts } from '../../scripts/sources/source-text.ts';
import { exportedCollections } from '../../scripts/sources/written-queries.ts';

const rules = parseRules(readFileSync(inRepository('firestore.rules'), 'utf8'));
const collections = await exportedCollections(sourceTexts('functions/src/schema/records'));
const records = [...new Set(collections.map(({ name }) => `hedge/paper/${name}/an-id`))];

const OPERATOR = { role: 'operator' };
const VIEWER = { role: 'viewer' };
const NOBODIES: readonly RulesRequest['claims'][] = [null, {}, { role: '' }, { role: 'admin' }, { role: null }, { role: true }, { role: ['operator'] }, { operator: true }, { ROLE: 'operator' }];
const WRITES: readonly Method[] = ['create', 'update', 'delete'];

const elsewhere = ['other/doc', 'hedge', 'users/me', 'hedgehog/paper/state/nav', 'a/hedge/paper/state'];

const segment = fc.oneof(fc.constantFrom('hedge', 'paper', 'prod~a', 'state', 'nav', 'control', 'trading', 'audit'), fc.string({ minLength: 1, maxLength: 8 }).filter((text) => !text.includes('/')));
const path = fc.array(segment, { minLength: 1, maxLength: 7 }).map((segments) => segments.join('/'));
const claims = fc.oneof(fc.constantFrom(null, OPERATOR, VIEWER), fc.dictionary(fc.string(), fc.jsonValue()), fc.record({ role: fc.jsonValue() }));

describe('the Firestore rules', () => {
  it.each(records)('let operators and viewers read %s, and nobody else', (record) => {
    for (const method of ['get', 'list'] as const) {
      expect([OPERATOR, VIEWER].map((who) => allows(rules, { method, path: record, claims: who }))).toEqual([true, true]);
      expect(NOBODIES.filter((who) => allows(rules, { method, path: record, claims: who }))).toEqual([]);
    }
  });

  it.each(records)('let nobody write %s', (record) => {
    const all = [OPERATOR, VIEWER, ...NOBODIES].flatMap((who) => WRITES.map((method) => ({ method, path: record, claims: who })));
    expect(all.filter((request) => allows(rules, request))).toEqual([]);
  });

  it('let nobody write anything anywhere, whatever the path and the claims', () => {
    const isDenied = fc.property(fc.constantFrom(...WRITES), path, claims, (method, at, who) => !allows(rules, { method, path: at, claims: who }));
    expect(() => fc.assert(isDenied, { numRuns: 3000 })).not.toThrow();
  });

  it('grant no write by their very form: every condition of one is `false` itself', () => {
    expect(openWrites(rules)).toEqual([]);
  });

  it.each(elsewhere)('deny %s to operators too', (at) => {
    expect(METHODS.filter((method) => allows(rules, { method, path: at, claims: OPERATOR }))).toEqual([]);
  });
});

const service = (body: string) => parseRules(`rules_version = '2'; service cloud.firestore { match /databases/{database}/documents { ${body} } }`);
const asks = (body: string, method: Method, at: string, who: RulesRequest['claims'] = null) => allows(service(body), { method, path: at, claims: who });

describe('the proof that nobody writes', () => {
  it.each([
    ['a condition that may hold', 'match /b/{c} { allow read, write: if request.auth != null; }', ['create', 'update', 'delete']],
    ['a condition that never holds, but has to be thought about', 'match /b/{c} { allow update: if 1 == 2; }', ['update']],
    ['no condition, deep inside', 'match /b/{c} { match /d/{e} { allow get, delete; } }', ['delete']],
  ])('finds %s', (_title, body, methods) => {
    expect(openWrites(service(body)).map((found) => found.split(' ')[0])).toEqual(methods);
  });
});

describe('reading rules', () => {
  it('finds a write that is open to everybody, with and without a condition', () => {
    expect(asks('match /b/{c} { allow read, update: if true; }', 'update', 'b/1')).toBe(true);
    expect(asks('match /b/{c} { allow write; }', 'delete', 'b/1')).toBe(true);
    expect(asks('match /b/{c} { allow write; }', 'get', 'b/1')).toBe(false);
  });

  it('takes an allow anywhere on the way of a path, and any one is enough', () => {
    const body = 'match /{document=**} { allow read, write: if false; } match /b/{c=**} { allow create: if request.auth != null; }';
    expect(asks(body, 'create', 'b/1/d/2', {})).toBe(true);
    expect(asks(body, 'create', 'b/1/d/2', null)).toBe(false);
    expect(asks(body, 'create', 'b', {})).toBe(true);
    expect(asks(body, 'create', 'c/1', {})).toBe(false);
  });

  it('denies where a condition fails to be evaluated, but not where the other side of an || is true', () => {
    expect(asks('match /b/{c} { allow get: if request.auth.token.role == "operator"; }', 'get', 'b/1')).toBe(false);
    expect(asks('match /b/{c} { allow get: if request.auth.token.role == "operator" || true; }', 'get', 'b/1')).toBe(true);
    expect(asks('match /b/{c} { allow get: if !(1 == 2) && "a" in ["a"]; }', 'get', 'b/1')).toBe(true);
  });

  it.each([
    ['a function with an argument', 'function f(a) { return true; }'],
    ['a method that does not exist', 'match /b/{c} { allow everything: if true; }'],
    ['a condition it does not know', 'match /b/{c} { allow get: if resource.data.a > 1; }'],
    ['a path that goes on after **', 'match /{a=**}/b { allow get; }'],
    ['a match inside of **', 'match /{a=**} { match /b { allow get; } }'],
    ['what is left over', 'match /b/{c} { allow get: if true; } }'],
  ])('refuses %s instead of passing over it', (_title, body) => {
    expect(() => service(body)).toThrow(SyntaxError);
  });
});
