import { describe, expect, it } from 'vitest';
import { comparePaths } from '../../../../local/firestore/paths/compare-paths.ts';
import { lastSegment, parentPath, parseDatabase, parseDocument, parseParent, parseReference } from '../../../../local/firestore/paths/resource-path.ts';

const ROOT = 'projects/p/databases/(default)/documents';

describe('resource names', () => {
  it('are split into database and path', () => {
    expect(parseDocument(`${ROOT}/a/b/c/d`)).toMatchObject({ database: 'projects/p/databases/(default)', path: 'a/b/c/d' });
    expect(parseDocument(`${ROOT}/a/b`).name).toBe(`${ROOT}/a/b`);
  });

  it('of parents may be the root', () => {
    expect(parseParent(ROOT).path).toBe('');
    expect(() => parseParent(`${ROOT}/a`)).toThrow('even number');
  });

  it('of references may have reserved ids, which cursors use', () => {
    expect(parseReference(`${ROOT}/a/__id-5__`).path).toBe('a/__id-5__');
  });

  it.each([
    ['a collection', `${ROOT}/a`, 'even number'],
    ['an empty id', `${ROOT}/a/`, 'empty'],
    ['a dot', `${ROOT}/a/.`, 'cannot be'],
    ['a reserved id', `${ROOT}/a/__x__`, 'reserved'],
    ['a reserved collection', `${ROOT}/__x__/a`, 'reserved'],
    ['an id of 1,501 bytes', `${ROOT}/a/${'x'.repeat(1501)}`, '1501 bytes'],
    ['a name of more than 6 KiB', `${ROOT}/${Array.from({ length: 6 }, () => 'x'.repeat(1200)).join('/')}`, '6144'],
    ['101 collections', `${ROOT}/${Array.from({ length: 202 }, () => 'x').join('/')}`, '101 collections'],
    ['another root', 'projects/p/docs/a/b', 'must start with'],
  ])('of documents must not be %s', (_name, name, message) => {
    expect(() => parseDocument(name)).toThrow(message);
  });

  it('of databases must be complete', () => {
    expect(parseDatabase('projects/p/databases/d')).toBe('projects/p/databases/d');
    expect(() => parseDatabase('projects/p')).toThrow('must read');
  });

  it('have parents and last parts', () => {
    expect([parentPath('a/b/c'), parentPath('a')]).toEqual(['a/b', '']);
    expect([lastSegment('a/b/c'), lastSegment('a')]).toEqual(['c', 'a']);
  });
});

it('paths are ordered part by part, numeric ids first and by number', () => {
  const ordered = ['a', 'a/__id-9__', 'a/__id2__', 'a/__id10__', 'a/0', 'a/b', 'a/b/c', 'a/b-', 'a-b'];
  for (const [index, path] of ordered.entries()) {
    for (const [other, against] of ordered.entries()) expect(Math.sign(comparePaths(path, against))).toBe(Math.sign(index - other));
  }
});
