import { EXPECTANCY_STATE, EXPECTANCY_STATE_ID } from '../../../functions/src/schema/records/expectancy-state.ts';
import { ROUTER_APPLIED, ROUTER_APPLIED_ID } from '../../../functions/src/schema/records/router-applied.ts';
import { set } from '../../unit/config/config-files.ts';
import { testConfig } from './engine-run.ts';
import { pastRoutes, pastTrades, plantRoutes, plantTrades } from './planted-trades.ts';
import { told } from './stories.ts';
import type { Story } from './stories.ts';
import { ENTRY_AT, START, World } from './world.ts';

const MINUTE_MS = 60_000;

const TUNED = testConfig(set('intel.json', ['apply', 'symbols'], ['BTCUSDT']));

const SHADOW = testConfig(set('strategies.json', ['strategies', 0, 'sizing', 'maxNotionalUsd'], 300));

/** The round trip, every signal of it judged by a shadow too, while learning from a past that went well: it may only grow sizes, which the shipped bounds do not allow. */
export const learning: Story = async (disturbance = {}) => {
  const world = new World({ config: TUNED, shadow: SHADOW, flags: { intel: true, riskEngineShadow: true, pipelineShadow: true, routerAutotune: true, routerAutotuneApply: true }, ...disturbance });
  await plantTrades(world.store, pastTrades(250, START, (index) => ({ netUsd: index % 3 === 0 ? -0.2 : 0.55 })));
  await plantRoutes(world.store, pastRoutes(250, START));
  world.schedule('sync', 'learn');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT + 6 * MINUTE_MS);
  stopScreening();
  await world.runUntilQuiet(world.time.now());
  return told(world);
};

/** What learn has left: trades summed up, and how far it has moved the router in how many steps. */
export async function learnedIn({ store }: World): Promise<readonly string[]> {
  const { expectancy, applied } = await store.get({
    expectancy: { collection: EXPECTANCY_STATE, id: EXPECTANCY_STATE_ID },
    applied: { collection: ROUTER_APPLIED, id: ROUTER_APPLIED_ID },
  });
  const tuned = Object.entries(applied?.symbols ?? {}).map(([symbol, { biasShift, offsetShiftBps, stepsOnDay }]) => `${symbol} bias ${biasShift}, offset ${offsetShiftBps} in ${stepsOnDay} step`);
  return [...(expectancy === null ? [] : [`${expectancy.samples} trades`]), ...tuned];
}
