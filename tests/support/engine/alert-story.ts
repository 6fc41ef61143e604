/** Orders made by hand, an operator who hears of them, and the end of it. */
import type { AlertMessage, AlertOutcome, AlertSinks } from '../../../functions/src/ports/alert-sink.ts';
import { ALERTS } from '../../../functions/src/schema/records/alert.ts';
import { set } from '../../unit/config/config-files.ts';
import { brokenPromises } from './broken-promises.ts';
import { testConfig } from './engine-run.ts';
import { byHand, told, withoutHand } from './stories.ts';
import type { Story } from './stories.ts';
import { ENTRY_AT, World } from './world.ts';
import type { WorldOptions } from './world.ts';

const MINUTE_MS = 60_000;

export const ALARMED = testConfig(
  set('risk.json', ['foreign'], { positions: 'alarm', orders: 'alarm', stopLossPct: 5, holdMinutes: 60 }),
  set('runtime.json', ['alerts'], { sinks: { ops: {} }, repeatMinutes: 60 }),
);

/** Takes everything, and keeps it. */
export class Pager {
  readonly heard: AlertMessage[] = [];
  readonly sinks: AlertSinks;

  constructor(answer: (message: AlertMessage) => AlertOutcome = () => ({ kind: 'sent' })) {
    this.sinks = new Map([['ops', { send: (message: AlertMessage) => Promise.resolve(this.#take(message, answer)) }]]);
  }

  #take(message: AlertMessage, answer: (message: AlertMessage) => AlertOutcome): AlertOutcome {
    const outcome = answer(message);
    if (outcome.kind === 'sent') this.heard.push(message);
    return outcome;
  }

  /** What was told, in order, without what a crash tells twice. */
  get told(): readonly string[] {
    return [...new Set(this.heard.map(({ id, notice, kind }) => `${id.split('-').at(-1) ?? ''} ${notice} ${kind}`))];
  }
}

/** Somebody rests an order by hand beside the usual round trip, and takes it back three minutes later. */
export async function alarmed(pager: Pager, disturbance: WorldOptions = {}) {
  const world = new World({ config: ALARMED, sinks: pager.sinks, ...disturbance });
  world.schedule('sync');
  const stopScreening = world.schedule('screen');
  await world.time.runUntil(ENTRY_AT - 10_000);
  byHand(world, { side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '40000', quantity: '0.01', newClientOrderId: 'by-hand' });
  await world.time.runUntil(ENTRY_AT + 3 * MINUTE_MS - 10_000);
  world.exchange.execute('cancelOrder', { symbol: 'BTCUSDT', origClientOrderId: 'by-hand' }, world.time.now());
  await world.time.runUntil(ENTRY_AT + 6 * MINUTE_MS);
  stopScreening();
  await world.runUntilQuiet(world.time.now());
  return world;
}

/** As a story of the crash matrix: its incident is expected, and has to be over. */
export const alerted: Story = async (disturbance = {}) => {
  const { world, records, result } = await told(await alarmed(new Pager(), disturbance));
  const open = records.incidents.filter((incident) => incident.kind !== 'foreignOrder' || incident.resolvedAt === null);
  return { world, records, result, broken: brokenPromises({ ...records, incidents: open }, withoutHand(world.exchange.state)) };
};

/** `foreignActivity over, told 2 times` and the like. */
export async function alertsIn({ store }: World): Promise<readonly string[]> {
  const alerts = await store.query({ collection: ALERTS, where: [], limit: 100 });
  return alerts.map(({ data }) => `${data.kind} ${data.resolvedAt === null ? 'open' : 'over'}, notice ${data.notice.number} ${Object.values(data.deliveries).map(({ state }) => state).join(' ')}`).toSorted();
}
