import { describe, expect, it } from 'vitest';
import { ConfigError, faultText } from '../../../functions/src/config/config-error.ts';
import { loadShadowConfig, readShadowConfig } from '../../../functions/src/config/shadow-config.ts';
import { parsed, shippedFiles } from './config-files.ts';

const reader = (files: Readonly<Record<string, string>>) => (name: string) => ({ ...shippedFiles, ...files })[name] ?? null;
const read = (files: Readonly<Record<string, string>>) => readShadowConfig(reader(files));

function faultsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const result = read(files);
  return result.ok ? [] : result.faults.map(faultText);
}

const load = (): unknown => loadShadowConfig(reader({}), ['PIPELINE_SHADOW_ENABLED']);

describe('the shadow configuration', () => {
  it('is the configuration with the values of its files laid over it', () => {
    const result = read({ 'shadow/risk.json': '{ "maxNavDrawdownPct": 8, "foreign": { "positions": "ignore" } }' });
    const live = parsed(shippedFiles);
    expect(result).toEqual({ ok: true, config: { ...live, risk: { ...live.risk, maxNavDrawdownPct: 8, foreign: { ...live.risk.foreign, positions: 'ignore' } } } });
  });

  it('takes a list whole', () => {
    const { strategies } = parsed(shippedFiles).strategies;
    const [first] = strategies;
    const result = read({ 'shadow/strategies.json': JSON.stringify({ strategies: [first] }) });
    expect(result).toMatchObject({ ok: true, config: { strategies: { strategies: [{ name: first?.name }] } } });
  });

  it('is none without files', () => {
    expect(read({})).toEqual({ ok: true, config: null });
  });

  it('is checked as the configuration is, and faults name its files', () => {
    const faults = faultsOf({ 'shadow/risk.json': '{\n  "maxNavDrawdownPct": 300,\n  "maxNavDrawdwonPct": 3\n}' }).toSorted();
    expect(faults.map((line) => line.split(';')[0])).toEqual(['shadow/risk.json:2:3 maxNavDrawdownPct: 300 is refused', 'shadow/risk.json:3:3 maxNavDrawdwonPct: unknown key']);
    expect(faultsOf({ 'shadow/risk.json': '{ "a": 1, "a": 2 }' })[0]).toMatch(/^shadow\/risk\.json:1:11 a: written twice/);
  });

  it('is held to the rules that look at several files', () => {
    expect(faultsOf({ 'shadow/risk.json': '{ "maxNavDrawdownPct": 3 }' })).toContain('shadow/risk.json drawdownAlertPct: 3 is refused; allowed: below 3, set in risk.json:maxNavDrawdownPct');
  });

  it('has to be there for a flag that needs it', () => {
    expect(load).toThrow(ConfigError);
    expect(load).toThrow(/environment PIPELINE_SHADOW_ENABLED: "on" is refused; allowed: off, or at least one file in config\/shadow/);
  });
});
