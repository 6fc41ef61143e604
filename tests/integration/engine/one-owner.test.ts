/** Decided while nothing was reserved yet, approved one after the other: a strategy still enters a symbol once, and a position has one owner. */
import { expect, test } from 'vitest';
import { intentId } from '../../../functions/src/domain/identity/derived-id.ts';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { look, syncedWorld, workOff } from '../../support/engine/one-intent.ts';
import { anIntent, plant } from '../../support/engine/planted-intent.ts';
import { readRecords } from '../../support/engine/records.ts';
import { ENTRY_AT } from '../../support/engine/world.ts';
import type { World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE_MS = 60_000;
/** Nothing but the owner of the position speaks against the second entry. */
const config = testConfig(set('risk.json', ['cooldownSeconds'], 0));

/** What screen leaves for a candle of the strategy. */
function entryOf(strategy: string, candleCloseAt: number): IntentRecord {
  const id = intentId({ candleCloseAt, strategy, symbol: 'BTCUSDT', positionSide: 'long', purpose: 'open' });
  const signal = { strategy, timeframe: '1m', candleCloseAt, action: 'enter', indicator: 'z', value: -3, threshold: -2 } as const;
  return anIntent({ intentId: id, signal, createdAt: candleCloseAt });
}

/** Both are waiting when the first is looked at. */
async function executed(...intents: readonly IntentRecord[]): Promise<World> {
  const world = await syncedWorld({ config });
  await plant(world.store, ...intents);
  for (const intent of intents) await world.invoke((deps) => execute(deps, intent));
  return world;
}

const endOf = async (world: World, { intentId: id }: IntentRecord): Promise<unknown> => {
  const intent = (await readRecords(world.store)).intents.find((one) => one.intentId === id);
  return [intent?.status, intent?.statusReason, intent?.vetoes.map(({ code, configPath }) => `${code} ${configPath}`)];
};

const [first, second] = [entryOf('zscore-5m', ENTRY_AT - MINUTE_MS), entryOf('zscore-5m', ENTRY_AT)];

test('of two entries that a strategy decided before either was approved, one is approved', async () => {
  const world = await executed(first, second);
  expect(await endOf(world, first)).toEqual(['working', null, []]);
  expect(await endOf(world, second)).toEqual(['vetoed', 'entry_under_way', [`entry_under_way state/risk:reservations.${first.intentId}`]]);
  expect(Object.keys((await readRecords(world.store)).risk.reservations)).toEqual([first.intentId]);
  await world.runUntilQuiet(world.time.now());
  const { records, broken } = await look(world);
  expect(records.risk.exposures['BTCUSDT-long']?.qty).toBe(first.qty);
  expect(broken).toEqual([]);
});

test('the second does not double a position that the first has opened meanwhile', async () => {
  const world = await syncedWorld({ config });
  await workOff(world, first);
  const late = entryOf('zscore-5m', world.time.now());
  await workOff(world, late);
  expect(await endOf(world, late)).toEqual(['vetoed', 'held_already', ['held_already state/risk:exposures.BTCUSDT-long']]);
  expect((await look(world)).records.risk.exposures['BTCUSDT-long']?.qty).toBe(first.qty);
});

test('of two strategies that decided to enter the same position, one becomes its owner', async () => {
  const other = entryOf('momentum-15m', ENTRY_AT);
  const world = await executed(first, other);
  expect(await endOf(world, first)).toEqual(['working', null, []]);
  expect(await endOf(world, other)).toEqual(['vetoed', 'held_by_another', [`held_by_another state/risk:reservations.${first.intentId}`]]);
});
