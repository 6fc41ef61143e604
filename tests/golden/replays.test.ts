import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { GOLDEN_REPLAYS, REPLAY_SCENARIOS, replayScenario } from '../../scripts/golden-replays.ts';

const golden = z.record(z.string(), z.unknown());

describe('a replay of a generated market', () => {
  it.each(REPLAY_SCENARIOS)('decides $name as it was accepted; accept a wanted change with `npm run golden:accept`', async ({ name, args }) => {
    const accepted = golden.parse(JSON.parse(await readFile(GOLDEN_REPLAYS, 'utf8')));
    expect(await replayScenario(args)).toEqual(accepted[name]);
  }, 60_000);

  it('decides the same whatever the time zone', async () => {
    const args = ['--seed', '1', '--hours', '3'];
    const here = await replayScenario(args);
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Auckland';
    try {
      expect(await replayScenario(args)).toEqual(here);
    } finally {
      process.env['TZ'] = zone;
    }
  }, 60_000);
});
