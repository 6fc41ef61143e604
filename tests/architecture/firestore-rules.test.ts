/** Rules are few enough to be read whole; these tests keep them so. The engine itself is bound by no rule. */
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../scripts/deployable/repository.ts';

interface Allow {
  readonly path: string;
  readonly methods: readonly string[];
  readonly condition: string;
}

describe('the Firestore rules', () => {
  let text: string;
  let allows: readonly Allow[];
  beforeAll(async () => {
    text = await readFile(inRepository('firestore.rules'), 'utf8');
    allows = allowsOf(text);
  });

  it('let nobody write anything', () => {
    const writes = allows.filter(({ condition }) => condition !== 'false').flatMap(({ methods }) => methods.filter((method) => method !== 'read'));
    expect(writes).toEqual([]);
  });

  it('deny whatever they do not name', () => {
    expect(allows).toContainEqual({ path: '/databases/{database}/documents/{document=**}', methods: ['read', 'write'], condition: 'false' });
  });

  it('open the records of an environment, and nothing else, to operators and viewers who are signed in', () => {
    const open = allows.filter(({ condition }) => condition !== 'false');
    expect(open).toEqual([{ path: '/databases/{database}/documents/hedge/{env}/{document=**}', methods: ['read'], condition: 'mayRead()' }]);
    const body = /function mayRead\(\) \{\s*return ([^;]+);\s*\}/.exec(text)?.[1] ?? '';
    expect(body.replace(/\s+/g, ' ')).toBe(
      "request.auth != null && (request.auth.token.get('operator', false) == true || request.auth.token.get('viewer', false) == true)",
    );
  });
});

describe('reading the rules', () => {
  it('finds a write that is open to everybody', () => {
    const allows = allowsOf('match /a { match /b/{c} { allow read, update: if true; } }');
    expect(allows).toEqual([{ path: '/a/b/{c}', methods: ['read', 'update'], condition: 'true' }]);
  });

  it('takes an allow without a condition as open', () => {
    expect(allowsOf('match /a { allow write; }')).toEqual([{ path: '/a', methods: ['write'], condition: 'true' }]);
  });
});

const TOKEN = /match\s+(?<path>\S+)\s*\{|allow\s+(?<methods>[\w,\s]+?)\s*(?::\s*if\s+(?<condition>[^;]+))?;|(?<open>\{)|(?<close>\})/g;

/** Every `allow` with the full path of the matches around it. */
function allowsOf(text: string): readonly Allow[] {
  const allows: Allow[] = [];
  const around: string[] = [];
  for (const { groups } of text.replace(/\/\/.*$/gm, '').matchAll(TOKEN)) {
    const { path, methods, condition, close } = groups ?? {};
    if (methods !== undefined) allows.push({ path: around.join(''), methods: methods.split(/\s*,\s*/), condition: condition?.trim() ?? 'true' });
    else if (close !== undefined) around.pop();
    else around.push(path ?? '');
  }
  return allows;
}
