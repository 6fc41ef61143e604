import { gatedBus } from '../adapters/bus-gated/gated-bus.ts';
import type { WriteGate } from '../config/write-gate.ts';
import type { Log } from '../log/log.ts';
import type { Bus } from '../ports/bus.ts';
import { host } from './host.ts';
import { once } from './once.ts';
import { environment } from './settings.ts';

const bus = once(async (): Promise<Bus> => {
  const [{ PubSub }, { createPubSubBus }] = await Promise.all([import('@google-cloud/pubsub'), import('../adapters/bus-pubsub/pubsub-bus.ts')]);
  const { projectId } = environment();
  return createPubSubBus(new PubSub(projectId === null ? {} : { projectId }));
});

/** Silent where records are closed. */
export async function openBus({ state }: WriteGate, log: Log): Promise<Bus> {
  return gatedBus(host().inProcess?.bus ?? (await bus()), state, (reason, topic, wakeUps) => log.writeRefused(reason, wakeUps.map(({ intentId }) => `${topic}/${intentId}`)));
}
