/** Positions in symbols outside the universe, be it that they have left it or that they never were in it: they keep and get their stops. */
import { describe, expect, test } from 'vitest';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { MARKETS } from '../../../functions/src/schema/records/market-metadata.ts';
import { compiled, testConfig } from '../../support/engine/engine-run.ts';
import { exits, holding, stops } from '../../support/engine/held-position.ts';
import { look, syncedWorld } from '../../support/engine/one-intent.ts';
import { byHand, cancelStops } from '../../support/engine/stories.ts';
import type { World } from '../../support/engine/world.ts';
import { set, unset } from '../../unit/config/config-files.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** As deployed after the position was opened. */
const WITHOUT_BTC = compiled(
  testConfig(
    exits({}),
    set('strategies.json', ['strategies', 0, 'symbols'], ['ETHUSDT']),
    set('universe.json', ['symbols'], [
      { symbol: 'ETHUSDT', tier: 'CORE', enabled: true, targetLeverage: 3, marginMode: 'cross', maxLeverage: 4 },
      { symbol: 'SOLUSDT', tier: 'SATELLITE', enabled: true, targetLeverage: 3, marginMode: 'cross', maxLeverage: 3 },
    ]),
    unset('risk.json', ['perSymbol', 'BTCUSDT']),
    set('risk.json', ['foreign'], { positions: 'adopt' }),
  ),
);

/** Two syncs of the new deployment, the order rules having been read a day ago. */
async function redeployed(world: World, seen: Partial<Venue> = {}): Promise<void> {
  const { markets } = await world.store.get({ markets: { collection: MARKETS, id: 'binance-usdm' } });
  if (markets === null) throw new Error('no order rules have been read');
  await world.store.commit((writer) => writer.set(MARKETS, 'binance-usdm', { ...markets, fetchedAt: markets.fetchedAt - DAY }));
  for (const later of [1, 2]) {
    const deps = { ...world.deps(), ...WITHOUT_BTC };
    await sync({ ...deps, venue: { ...deps.venue, ...seen } }, world.time.now() + later);
  }
}

describe('a symbol that leaves the universe while a position is open', () => {
  test('keeps its stop', async () => {
    const world = await holding({ config: testConfig(exits({})) });
    await redeployed(world);
    expect(stops(world)).toEqual(['49000']);
  });

  test('gets it again when it is gone from the venue', async () => {
    const world = await holding({ config: testConfig(exits({})) });
    await redeployed(world);
    cancelStops(world);
    await world.time.runUntil(world.time.now() + 1);
    await redeployed(world);
    expect(stops(world)).toEqual(['49000']);
  });

  test('keeps it, too, while its order rules cannot be read', async () => {
    const world = await holding({ config: testConfig(exits({})) });
    await redeployed(world, { instruments: (symbols) => (symbols.includes('BTCUSDT') ? Promise.resolve({ kind: 'unavailable', cause: 'no answer' }) : world.venue.instruments(symbols)) });
    expect(stops(world)).toEqual(['49000']);
    expect((await look(world)).records.incidents).toEqual([]);
  });
});

test('a position adopted in a symbol whose order rules cannot be read is told as unprotected until they can', async () => {
  let isDown = false;
  const world = await syncedWorld({ config: WITHOUT_BTC.config, symbols: ['BTCUSDT', 'ETHUSDT'], venueFault: (call) => (call === 'instruments' && isDown ? 'lost' : 'none') });
  isDown = true;
  byHand(world, { side: 'BUY', type: 'MARKET', quantity: '0.008', newClientOrderId: 'by-hand' });
  await world.time.runUntil(world.time.now() + 5 * MINUTE);
  expect((await look(world)).records.incidents).toMatchObject([{ kind: 'unprotectedPosition', venues: 'the order rules of BTCUSDT are not known yet', resolvedAt: null }]);
  isDown = false;
  await world.time.runUntil(world.time.now() + 15 * MINUTE);
  const { incidents, protections } = (await look(world)).records;
  expect([stops(world), protections[0]?.unprotectedSinceAt, incidents.every(({ resolvedAt }) => resolvedAt !== null)]).toEqual([['47500.1'], null, true]);
});

test('a stop stays where its order rules are lost', async () => {
  let isDown = false;
  const world = await holding({ config: testConfig(exits({})), venueFault: (call) => (call === 'instruments' && isDown ? 'lost' : 'none') });
  isDown = true;
  await world.store.commit((writer) => writer.delete(MARKETS, 'binance-usdm'));
  await world.time.runUntil(world.time.now() + 5 * MINUTE);
  expect([stops(world), (await look(world)).records.incidents]).toEqual([['49000'], []]);
});

test('a position adopted in a symbol that never was in the universe gets the default stop', async () => {
  const world = await syncedWorld({ config: WITHOUT_BTC.config, symbols: ['BTCUSDT', 'ETHUSDT'] });
  byHand(world, { side: 'BUY', type: 'MARKET', quantity: '0.008', newClientOrderId: 'by-hand' });
  await world.time.runUntil(world.time.now() + 15 * MINUTE);
  expect((await look(world)).records.protections.map(({ symbol, summary }) => `${symbol}: ${summary}`)).toEqual(['BTCUSDT: stopLoss at 47500.1']);
  expect(stops(world)).toEqual(['47500.1']);
});
