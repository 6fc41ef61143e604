import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { runStart, summaryOf } from './run-start.ts';

const folders: string[] = [];

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'portcullis-start-'));
  folders.push(path);
  return path;
}

afterEach(() => {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
});

const SLOW = 120_000;

describe('npm start', () => {
  it('trades a generated market, and ends with its books equal to the venue and one JSON line', { timeout: SLOW }, async () => {
    const result = await runStart(['--hours', '4', '--json', '--data', folder()]);
    expect(result.code).toBe(0);
    const summary = summaryOf(result);
    expect(summary).toMatchObject({ ticks: 240, duplicates: 0, stuck: 0, ledgerEqualsVenue: true });
    expect(summary.orders).toBeGreaterThan(0);
    expect(summary.fills.maker + summary.fills.taker).toBeGreaterThan(0);
    expect(summary.stateDocuments).toContain('hedge/paper/state/nav');
  });

  it('gives the same orders for the same seed and others for another', { timeout: SLOW }, async () => {
    const [first, second, other] = await Promise.all(
      ['7', '7', '8'].map(async (seed) => summaryOf(await runStart(['--hours', '3', '--json', '--seed', seed, '--data', folder()]))),
    );
    expect(first?.orders).toBeGreaterThan(0);
    expect(second?.orderListHash).toBe(first?.orderListHash);
    expect(other?.orderListHash).not.toBe(first?.orderListHash);
  });

  it('goes on after SIGKILL with nothing doubled, lost or stuck', { timeout: SLOW }, async () => {
    const data = folder();
    const args = ['--hours', '4', '--json', '--seed', '3', '--data', data];
    for (const progress of [' 30 %', ' 60 %']) {
      const killed = await runStart(args, progress);
      expect(killed.code).toBeNull();
    }
    const summary = summaryOf(await runStart(args));
    expect(summary).toMatchObject({ duplicates: 0, stuck: 0, ledgerEqualsVenue: true });
    expect(summary.orders).toBeGreaterThan(0);
  });

  it.each([
    [['--bogus'], "Unknown option '--bogus'"],
    [['--hours', 'x'], '--hours "x": allowed is a number from 0.1 to 8784'],
    [['--market', '/nowhere/at/all'], '--market "/nowhere/at/all": not a directory'],
    [['--symbols', 'btc'], '"btc" is not a venue symbol'],
    [['--symbols', 'NOSUCHUSDT'], 'NOSUCHUSDT is not an enabled symbol of config/universe.json'],
    [['--port', '80'], '--port "80": allowed is a whole number from 1024 to 65532'],
    [['--seed', 'a b'], '--seed "a b": allowed are up to 64 letters'],
  ])('refuses %j with one clear line', { timeout: SLOW }, async (args, message) => {
    const result = await runStart([...args, '--data', folder()]);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain(message);
    expect(result.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('refuses a folder that belongs to another market', { timeout: SLOW }, async () => {
    const data = folder();
    await runStart(['--hours', '0.1', '--data', data, '--seed', '1']);
    const result = await runStart(['--hours', '0.1', '--data', data, '--seed', '2']);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('its state belongs to seed 1');
  });
});
