/** Order books cost a call each: only those that an entry hangs on are read, and never for an exit. */
import { describe, expect, test } from 'vitest';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import type { EngineConfig } from '../../../functions/src/schema/config/engine-config.ts';
import { screen } from '../../../functions/src/app/screen/screen.ts';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import { readRecords } from '../../support/engine/records.ts';
import { SYMBOLS } from '../../support/engine/scripted-market.ts';
import { ENTRY_AT, START, World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';
import type { Edit } from '../../unit/config/config-files.ts';

const deep = (...more: readonly Edit[]): EngineConfig => testConfig(set('risk.json', ['orderBook', 'depthLevels'], 10), ...more);

/** A world whose venue counts the books that are read. */
function counted(config: EngineConfig, books: Venue['books'] | null = null) {
  const world = new World({ config, symbols: SYMBOLS });
  const asked: string[] = [];
  const venue: Venue = {
    ...world.venue,
    books(symbols, levels) {
      asked.push(`${symbols.join(' ')} ${levels}`);
      return books === null ? world.venue.books(symbols, levels) : books(symbols, levels);
    },
  };
  const deps = () => ({ ...world.deps(), venue });
  /** It probes the venue, books included, which is nobody's reading here. */
  const firstSync = async (): Promise<void> => {
    await sync(deps(), START);
    asked.length = 0;
  };
  return { world, asked, deps, firstSync };
}

describe('order books', () => {
  test('are read by the screener for the symbol that would enter, and by nobody while none would', async () => {
    const { world, asked, deps, firstSync } = counted(deep(set('strategies.json', ['strategies', 0, 'symbols'], ['BTCUSDT', 'ETHUSDT'])));
    await firstSync();
    await screen(deps(), START);
    expect(asked).toEqual([]);
    await world.time.runUntil(ENTRY_AT);
    await screen(deps(), ENTRY_AT);
    const entered = (await readRecords(world.store)).intents.map(({ symbol }) => symbol);
    expect(entered.length).toBeGreaterThan(0);
    expect(asked).toEqual([`${entered.join(' ')} 10`]);
  });

  test('are not read at all while the best quote is all that config wants', async () => {
    const { world, asked, deps, firstSync } = counted(testConfig());
    await firstSync();
    await world.time.runUntil(ENTRY_AT);
    await screen(deps(), ENTRY_AT);
    expect(asked).toEqual([]);
  });

  test('that cannot be read hold an entry when config says so, and never an exit', async () => {
    const { world, asked, deps, firstSync } = counted(deep(set('risk.json', ['orderBook', 'onError'], 'veto')), () => Promise.resolve({ kind: 'unavailable', cause: 'timeout' }));
    await firstSync();
    const [entry, exit] = [anIntent({ createdAt: START }), anExit({ createdAt: START })];
    await plant(world.store, entry, exit);
    await execute(deps(), entry);
    await execute(deps(), exit);
    const vetoes = (await readRecords(world.store)).intents.map(({ purpose, vetoes: all }) => [purpose, all.map(({ code }) => code)]);
    expect(Object.fromEntries(vetoes)).toEqual({ open: ['ob_adverse'], close: ['exceeds_position'] });
    expect(asked).toEqual(['BTCUSDT 10']);
  });
});
