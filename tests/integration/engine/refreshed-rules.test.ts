/** Instrument rules are read once a day; an order that the venue refuses over them has them read again at once. */
import { describe, expect, test } from 'vitest';
import { confirm } from '../../../functions/src/app/orders/confirm.ts';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { sync } from '../../../functions/src/app/sync/sync.ts';
import { MARKETS } from '../../../functions/src/schema/records/market-metadata.ts';
import { anIntent, plant } from '../../support/engine/planted-intent.ts';
import { START, World } from '../../support/engine/world.ts';
import { instrument, must } from '../../unit/domain/matching/exchange-builder.ts';

const MINUTE = 60_000;

describe('instrument rules', () => {
  test('that the venue has changed are read by the first sync after the order that it refused', async () => {
    const world = new World();
    const minuteOf = async (minute: number) => {
      await world.time.runUntil(START + minute * MINUTE);
      await sync(world.deps(), START + minute * MINUTE);
      const { markets } = await world.store.get({ markets: { collection: MARKETS, id: 'binance-usdm' } });
      return { stepSize: markets?.instruments.find(({ symbol }) => symbol === 'BTCUSDT')?.stepSize, readAtMinute: ((markets?.fetchedAt ?? 0) - START) / MINUTE };
    };
    expect(await minuteOf(0)).toEqual({ stepSize: '0.001', readAtMinute: 0 });
    const terms = instrument({ stepSize: '0.005', marketStepSize: '0.005', minQty: '0.005' });
    must(world.exchange.execute('listInstrument', { instrument: terms, leverage: 3 }, world.time.now()));
    expect(await minuteOf(1)).toEqual({ stepSize: '0.001', readAtMinute: 0 });
    const intent = anIntent({ createdAt: START });
    await plant(world.store, intent);
    await execute(world.deps(), intent);
    await confirm(world.deps(), intent);
    expect(await minuteOf(2)).toEqual({ stepSize: '0.005', readAtMinute: 2 });
    expect(await minuteOf(3)).toEqual({ stepSize: '0.005', readAtMinute: 2 });
  });

  test('come with the maintenance margins, without which there is no entry', async () => {
    const world = new World({ venueFault: (call) => (call === 'brackets' ? 'lost' : 'none') });
    await sync(world.deps(), START);
    const intent = anIntent({ createdAt: START });
    await plant(world.store, intent);
    await execute(world.deps(), intent);
    expect(world.logLines.filter((line) => line.includes('liquidation_distance'))).toHaveLength(1);
  });

  test('do not wait for their next day for margins that could not be read with them', async () => {
    let isLost = true;
    const world = new World({ venueFault: (call) => (call === 'brackets' && isLost ? 'lost' : 'none') });
    const marketsAfter = async (minute: number) => {
      await world.time.runUntil(START + minute * MINUTE);
      await sync(world.deps(), START + minute * MINUTE);
      const { markets } = await world.store.get({ markets: { collection: MARKETS, id: 'binance-usdm' } });
      return { withTiers: Object.keys(markets?.brackets ?? {}), readAtMinute: ((markets?.fetchedAt ?? 0) - START) / MINUTE };
    };
    expect(await marketsAfter(0)).toEqual({ withTiers: [], readAtMinute: 0 });
    isLost = false;
    expect(await marketsAfter(1)).toEqual({ withTiers: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'], readAtMinute: 0 });
  });

  test('of a symbol that has come into the universe do not wait for it either, and are not asked for every minute', async () => {
    const world = new World();
    const listedAfter = async (minute: number) => {
      await world.time.runUntil(START + minute * MINUTE);
      await sync(world.deps(), START + minute * MINUTE);
      const { markets } = await world.store.get({ markets: { collection: MARKETS, id: 'binance-usdm' } });
      if (markets === null) throw new Error('sync left no markets');
      return { markets, listed: markets.instruments.map(({ symbol }) => symbol) };
    };
    const { markets } = await listedAfter(0);
    const instruments = markets.instruments.filter(({ symbol }) => symbol !== 'SOLUSDT');
    await world.store.commit((writer) => writer.set(MARKETS, 'binance-usdm', { ...markets, instruments }));
    expect((await listedAfter(10)).listed).toEqual(['BTCUSDT', 'ETHUSDT']);
    expect((await listedAfter(11)).listed).toEqual(['BTCUSDT', 'ETHUSDT', 'SOLUSDT']);
  });
});
