/** Files a person may save: each loads, or names file and fault; nothing else ever comes out, and no text of a file that is no setting. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultText } from '../../functions/src/config/config-error.ts';
import { parseConfigFiles } from '../../functions/src/config/load-config.ts';
import { shippedFiles } from '../unit/config/config-files.ts';
import type { Files } from '../unit/config/config-files.ts';
import { brokenText, changed } from './hostile.ts';

const NAMES = Object.keys(shippedFiles);
const name = fc.constantFrom(...NAMES);
const shipped = (file: string): string => shippedFiles[file] ?? '';

const editedFile = name.chain((file) => changed(JSON.parse(shipped(file))).map((value): Files => ({ ...shippedFiles, [file]: JSON.stringify(value) ?? '' })));
const brokenFile = name.chain((file) => brokenText(shipped(file)).map((text): Files => ({ ...shippedFiles, [file]: text })));
const severalFiles = fc.array(fc.oneof(editedFile, brokenFile), { minLength: 2, maxLength: 4 }).map((all) => Object.assign({}, ...all));

function expectLoadedOrExplained(files: Files): void {
  const result = parseConfigFiles(files);
  if (result.ok) return;
  expect(result.faults.length).toBeGreaterThan(0);
  for (const fault of result.faults) {
    expect([...NAMES, ...Object.keys(files)]).toContain(fault.file);
    expect(fault.problem).not.toBe('');
    expect(fault.allowed).not.toBe('');
    // A value is shown cut: a whole file pasted into one field does not end up in a log.
    expect(fault.problem.length).toBeLessThan(300);
    expect(faultText(fault)).toContain(fault.file);
  }
}

describe('a config file that was edited', () => {
  it('loads, or names the file and what would be allowed', () => {
    fc.assert(fc.property(fc.oneof(editedFile, brokenFile, severalFiles), expectLoadedOrExplained), { numRuns: 400 });
  }, 60_000);

  it('is refused where it nests beyond any setting, instead of taking the process with it', () => {
    const deep = '{"a":'.repeat(50_000);
    for (const text of [deep, '['.repeat(50_000), `${deep}1${'}'.repeat(50_000)}`]) {
      const result = parseConfigFiles({ ...shippedFiles, 'risk.json': text });
      expect(result).toMatchObject({ ok: false, faults: [{ file: 'risk.json', problem: 'not JSON' }] });
    }
  });

  it('keeps keys that a program would take for its own as what they are: unknown keys', () => {
    for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const result = parseConfigFiles({ ...shippedFiles, 'risk.json': shipped('risk.json').replace('{', `{"${key}": {"maxLeverage": 100},`) });
      expect(result).toMatchObject({ ok: false, faults: [{ file: 'risk.json', path: key, problem: 'unknown key' }] });
    }
  });
});
