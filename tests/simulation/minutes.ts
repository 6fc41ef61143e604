/** What happens of itself in a world: the market moves, the schedule comes round, and what was published is held against the venue. */
import { NAV_STATE, NAV_STATE_ID } from '../../functions/src/schema/records/nav-state.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../functions/src/schema/records/positions-state.ts';
import { untruth } from './invariants/published-state.ts';
import type { World } from './world.ts';

const MINUTE_MS = 60_000;
/** As shipped. */
const LEARN_MS = 15 * MINUTE_MS;

export function keepMarketMoving({ time, market }: World): void {
  const look = (): void => {
    const now = time.now();
    market.advanceTo(now);
    time.later(market.nextLookAt(now) - now, look);
  };
  look();
}

/** `isTrading` ends with the faults: from then on nothing new begins. */
export function keepScheduling(world: World, isTrading: () => boolean): void {
  const { time, platform, operator, others, watch } = world;
  const minute = (): void => {
    const now = time.now();
    watch.note(now);
    void comparePublished(world);
    if (isTrading()) {
      redeploy(world);
      operator.minute();
      others.minute(now);
      platform.tick('screen');
    }
    platform.tick('sync');
    if (now % LEARN_MS === 0) platform.tick('learn');
    time.later(MINUTE_MS, minute);
  };
  watch.note(time.now());
  time.later(MINUTE_MS, minute);
}

async function comparePublished(world: World): Promise<void> {
  const { nav, positions } = await world.store.get({ nav: { collection: NAV_STATE, id: NAV_STATE_ID }, positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID } });
  const found = untruth(nav, positions, world.market.exchange.state);
  if (found !== null) world.violated('nav', found);
}

function redeploy(world: World): void {
  const fault = world.chaos.strike('redeploy');
  if (fault !== null) world.time.later(Math.floor(fault.unit() * MINUTE_MS), () => world.redeploy(fault.unit()));
}
