/** How an approved intent is worked, from its first attempt to its end. */
import { describe, expect, test } from 'vitest';
import type { FaultPlan } from '../../../functions/src/adapters/venue-simulated/fault-plan.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { attempts, ends, syncedWorld, workOff, workOffOne } from '../../support/engine/one-intent.ts';
import type { Worked } from '../../support/engine/one-intent.ts';
import { anExit, anIntent } from '../../support/engine/planted-intent.ts';
import { set } from '../../unit/config/config-files.ts';

const tickDown = (ticks: number): [bid: string, ask: string] => [(49_999.9 - ticks / 10).toFixed(1), (50_000.1 - ticks / 10).toFixed(1)];

/** The market falls by two ticks just before each of the first orders arrives, so that a joined bid has become a taker. */
async function withFallingMarket(refusals: number): Promise<Worked> {
  let falls = 0;
  const fault: FaultPlan = (call, phase) => {
    if (call === 'place' && phase === 'before' && falls < refusals) world.market.move(...tickDown((falls += 1) * 2));
    return 'none';
  };
  const world = await syncedWorld({ venueFault: fault, makerFills: { share: '1', afterMs: 3000 } });
  return workOff(world, anIntent({ createdAt: world.time.now() }));
}

describe('an entry', () => {
  test('that fills while it rests is one maker order', async () => {
    const worked = await workOffOne({ makerFills: { share: '1', afterMs: 3000 } });
    expect(attempts(worked)).toEqual(['maker filled 0.008']);
    expect(ends(worked)).toEqual(['settled 0.008 of 0.008: filled']);
    expect(worked.broken).toEqual([]);
  });

  test('that fills by half while it rests is cancelled, and a taker takes the rest', async () => {
    const worked = await workOffOne({ makerFills: { share: '0.5', afterMs: 3000 } });
    expect(attempts(worked)).toEqual(['maker canceled 0.004', 'taker filled 0.004']);
    expect(worked.records.intents[0]).toMatchObject({ status: 'settled', makerQty: '0.004', executedQty: '0.008' });
    expect(worked.broken).toEqual([]);
  });

  test('that nobody fills while it rests is taken whole', async () => {
    const worked = await workOffOne({ makerFills: { share: '0', afterMs: 0 } });
    expect(attempts(worked)).toEqual(['maker canceled 0', 'taker filled 0.008']);
    expect(worked.broken).toEqual([]);
  });

  test('whose post-only order is refused is quoted once more', async () => {
    const worked = await withFallingMarket(1);
    expect(attempts(worked)).toEqual(['maker rejected 0', 'maker filled 0.008']);
    expect(worked.records.intents[0]?.endedAttempts[0]?.statusReason).toMatch(/^wouldTake: -5022/);
    expect(worked.broken).toEqual([]);
  });

  test('whose post-only order is refused twice goes taker', async () => {
    const worked = await withFallingMarket(2);
    expect(attempts(worked)).toEqual(['maker rejected 0', 'maker rejected 0', 'taker filled 0.008']);
    expect(worked.broken).toEqual([]);
  });

  test('that is woken after it has expired sends nothing', async () => {
    const world = await syncedWorld();
    const createdAt = world.time.now() - 60_000;
    const worked = await workOff(world, anIntent({ createdAt, expiresAt: world.time.now() }));
    expect(attempts(worked)).toEqual([]);
    expect(ends(worked)).toEqual(['expired 0 of 0.008: expired before approval']);
    expect(worked.broken).toEqual([]);
  });

  test('that expires while it rests is cancelled and keeps what it has', async () => {
    const world = await syncedWorld();
    const createdAt = world.time.now();
    const worked = await workOff(world, anIntent({ createdAt, expiresAt: createdAt + 6000 }));
    expect(attempts(worked)).toEqual(['maker canceled 0.004']);
    expect(ends(worked)).toEqual(['settled 0.004 of 0.008: intent expired']);
    expect(worked.broken).toEqual([]);
  });

  test('whose remainder is too small for the venue ends with what it has', async () => {
    const worked = await workOffOne({ makerFills: { share: '0.7', afterMs: 3000 } }, { qty: '0.003' });
    expect(attempts(worked)).toEqual(['maker canceled 0.002']);
    expect(ends(worked)[0]).toMatch(/^settled 0\.002 of 0\.003: .* below the venue's minimum/);
    expect(worked.broken).toEqual([]);
  });

  test('goes taker at once where config says so', async () => {
    const worked = await workOffOne({ config: testConfig(set('router.json', ['makerFirst'], false)) });
    expect(attempts(worked)).toEqual(['taker filled 0.008']);
    expect(worked.broken).toEqual([]);
  });
});

describe('an exit', () => {
  test('takes at once and leaves the ledger flat', async () => {
    const world = await syncedWorld();
    await workOff(world, anIntent({ createdAt: world.time.now() }));
    const worked = await workOff(world, anExit({ createdAt: world.time.now() }));
    expect(worked.records.orders.filter((order) => order.reducing).map((order) => `${order.leg} ${order.status}`)).toEqual(['taker filled']);
    expect(worked.records.positions.map((position) => position.qty)).toEqual(['0']);
    expect(worked.broken).toEqual([]);
  });

  test('that a fallen market leaves unfilled is repeated at any price', async () => {
    let fell = false;
    const fault: FaultPlan = (call, phase) => {
      if (fell && call === 'place' && phase === 'before') world.market.move('49899.9', '49900.1');
      return 'none';
    };
    const world = await syncedWorld({ venueFault: fault });
    await workOff(world, anIntent({ createdAt: world.time.now() }));
    fell = true;
    const worked = await workOff(world, anExit({ createdAt: world.time.now() }));
    const exits = worked.records.orders.filter((order) => order.reducing).toSorted((a, b) => a.attempt - b.attempt);
    expect(exits.map((order) => `${order.type} ${order.status}`)).toEqual(['limit expired', 'market filled']);
    expect(worked.broken).toEqual([]);
  });

  test('that the stop overtakes fails without harm, and what the stop traded is booked', async () => {
    let exiting = false;
    const fault: FaultPlan = (call, phase) => {
      if (exiting && call === 'place' && phase === 'before') world.market.move('48899.9', '48900.1', '48900');
      return 'none';
    };
    const world = await syncedWorld({ venueFault: fault });
    const signal = { strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: world.time.now(), action: 'enter', indicator: 'z', value: -3, threshold: -2 } as const;
    const entered = await workOff(world, anIntent({ createdAt: world.time.now(), signal }));
    expect(entered.records.protections.map((entry) => entry.summary)).toEqual(['stopLoss at 49000']);
    exiting = true;
    const worked = await workOff(world, anExit({ createdAt: world.time.now() }));
    expect(worked.records.intents.find((intent) => intent.purpose === 'close')).toMatchObject({ status: 'failed', executedQty: '0' });
    expect(worked.records.fills.map((fill) => `${fill.side} ${fill.qty} at ${fill.price}`)).toContain('sell 0.008 at 48899.9');
    expect(worked.records.positions.map((position) => position.qty)).toEqual(['0']);
    expect(worked.broken).toEqual([]);
  });
});
