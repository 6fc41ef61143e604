/**
 * One seed from beginning to end: trading under faults for its time, then faults off and on until nothing is open, the
 * books compared, every position closed while trading is only REDUCING, and the books compared again.
 */
import type { Struck } from './chaos.ts';
import { judgement } from './invariants/judgement.ts';
import { keepMarketMoving, keepScheduling } from './minutes.ts';
import { runHash } from './run-hash.ts';
import type { Scenario } from './scenario.ts';
import type { Violation } from './violation.ts';
import { World } from './world.ts';
import type { WorldOptions } from './world.ts';

const MINUTE_MS = 60_000;
const LEFTOVER_CHECK_MS = 15 * MINUTE_MS;
const QUIET_WITHIN_MINUTES = 60;
const COMPARED_AFTER_MS = 4 * MINUTE_MS;

export interface Outcome {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly violation: Violation | null;
  readonly hash: string;
  readonly orders: number;
  readonly trades: number;
  readonly struck: readonly Struck[];
  readonly trace: readonly string[];
}

export async function simulate(options: WorldOptions): Promise<Outcome> {
  const world = new World(options);
  await world.prepare();
  await tradeUnderFaults(world);
  await quiet(world);
  judge(world);
  if (world.mayTrade) await closeEverything(world);
  const { state } = world.market.exchange;
  return {
    seed: options.seed,
    scenario: world.scenario,
    violation: world.violation,
    hash: runHash(state, world.store.dump()),
    orders: Object.keys(state.closedOrders).length + Object.values(state.openOrders).flat().length,
    trades: state.trades.length,
    struck: world.chaos.struck,
    trace: world.trace.lines,
  };
}

async function tradeUnderFaults(world: World): Promise<void> {
  const { startAt, minutes } = world.scenario;
  let isTrading = true;
  keepMarketMoving(world);
  keepScheduling(world, () => isTrading);
  await until(world, startAt + minutes * MINUTE_MS);
  world.chaos.end();
  world.market.calm(world.time.now());
  isTrading = false;
  world.operator.free();
}

async function until(world: World, at: number): Promise<void> {
  if (world.violation === null) await world.time.runUntil(at, () => world.violation !== null);
}

/** On until nothing is open, and past the quarter of an hour at which sync also looks for what was left behind. */
async function quiet(world: World): Promise<void> {
  const { time } = world;
  const latest = time.now() + QUIET_WITHIN_MINUTES * MINUTE_MS;
  do await until(world, time.now() + MINUTE_MS);
  while (world.violation === null && time.now() < latest && isUnderWay(world));
  const open = openWork(world);
  if (world.violation === null && open.length > 0) world.violated('liveness', `still open ${QUIET_WITHIN_MINUTES} minutes after the last fault: ${open.join(', ')}`);
  const now = time.now();
  await until(world, now - (now % LEFTOVER_CHECK_MS) + LEFTOVER_CHECK_MS + 3 * MINUTE_MS);
  // An exit may have come of itself meanwhile: sums are compared once income must have been published.
  while (world.violation === null && time.now() - lastTradeAt(world) < COMPARED_AFTER_MS) await until(world, time.now() + MINUTE_MS);
}

function isUnderWay(world: World): boolean {
  const { operator, platform } = world;
  return operator.isBusy || platform.active > 0 || platform.bus.outstanding > 0 || openWork(world).length > 0;
}

function lastTradeAt({ market }: World): number {
  return market.exchange.state.trades.at(-1)?.time ?? 0;
}

function openWork({ store }: World): readonly string[] {
  return [...store.dump()].filter(([path, fields]) => path.includes('/outbox/') && fields['state'] === 'open').map(([path]) => path);
}

function judge(world: World): void {
  if (world.violation !== null) return;
  const { scenario, store, market, isDisturbed, operator } = world;
  const findings = judgement(store.dump(), { keys: scenario.keys, venue: market.exchange.state, isDisturbed, operator });
  for (const [invariant, detail] of findings) world.violated(invariant, detail);
}

/** Invariant 6: an operator flattens all that is open, in REDUCING. */
async function closeEverything(world: World): Promise<void> {
  if (world.violation !== null) return;
  world.operator.closeEverything();
  await quiet(world);
  if (world.violation !== null) return;
  const held = Object.entries(world.market.exchange.state.positions).filter(([, position]) => Number(position.qty) !== 0);
  for (const [key, { qty }] of held) world.violated('closable', `${key} is still ${qty} after everything was to be closed`);
  judge(world);
}
