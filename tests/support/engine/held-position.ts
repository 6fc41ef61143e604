/** A position of the strategy, and what its stops do when the market moves. */
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import type { Edit } from '../../unit/config/config-files.ts';
import { set } from '../../unit/config/config-files.ts';
import { syncedWorld, workOff } from './one-intent.ts';
import { anIntent } from './planted-intent.ts';
import type { World, WorldOptions } from './world.ts';

const MINUTE_MS = 60_000;

export const exits = (exit: object): Edit => set('strategies.json', ['strategies', 0, 'exit'], { maxHoldMinutes: null, stopLossPct: 2, takeProfitPct: null, ...exit });

/** Half filled at 49,999.9, the rest at 50,000.1: 50,000 on average. */
export async function holding(options: WorldOptions = {}): Promise<World> {
  const world = await syncedWorld(options);
  await workOff(world, signalled(world));
  return world;
}

/** An entry of the strategy, whose exits its position then has. */
export function signalled(world: World): IntentRecord {
  const signal = { strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: world.time.now(), action: 'enter', indicator: 'z', value: -3, threshold: -2 } as const;
  return anIntent({ createdAt: world.time.now(), signal });
}

/** Trigger prices of what rests. */
export const stops = (world: World): readonly string[] => world.exchange.state.openAlgos.map((algo) => algo.triggerPrice);

/** The stops two minutes after the mark has moved. */
export async function marked(world: World, mark: number): Promise<readonly string[]> {
  world.market.move((mark - 0.1).toFixed(1), (mark + 0.1).toFixed(1), String(mark));
  await world.time.runUntil(world.time.now() + 2 * MINUTE_MS);
  return stops(world);
}
