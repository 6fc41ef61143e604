import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VETO_DEFINITIONS } from '../../../../functions/src/domain/risk/veto-code.ts';

const CHECKS = new URL('../../../../functions/src/domain/risk/checks/', import.meta.url);

const text = VETO_DEFINITIONS.map(({ code, meaning }) => `${code} ${meaning}`);

describe('veto codes', () => {
  it('are listed once each', () => {
    expect(new Set(VETO_DEFINITIONS.map(({ code }) => code)).size).toBe(VETO_DEFINITIONS.length);
  });

  it('hold no numbers, neither in the code nor in the meaning', () => {
    expect(text.filter((line) => /\d/.test(line))).toEqual([]);
  });

  it('are written in snake case with one sentence of meaning', () => {
    expect(VETO_DEFINITIONS.filter(({ code, meaning }) => !/^[a-z_]+$/.test(code) || !/^[A-Z].*[a-zA-Z]\.$/.test(meaning))).toEqual([]);
  });

  it('are each raised by a check', () => {
    const checks = readdirSync(CHECKS).map((name) => readFileSync(new URL(name, CHECKS), 'utf8')).join('\n');
    const silent = VETO_DEFINITIONS.map(({ code }) => code).filter((code) => !checks.includes(`('${code}'`));
    expect(silent).toEqual([]);
  });
});
