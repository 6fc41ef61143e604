/**
 * The write gate in front of a bus. Refused, it publishes nothing: a wake-up for a record that was never written would wake
 * whoever else listens in that project.
 */
import type { Bus, Topic, WakeUp } from '../../ports/bus.ts';

export type BusGate = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly reason: string };

export function gatedBus(bus: Bus, gate: BusGate, withheld: (reason: string, topic: Topic, wakeUps: readonly WakeUp[]) => void): Bus {
  if (gate.kind === 'open') return bus;
  return {
    publish: async (topic, wakeUps) => {
      await Promise.resolve();
      withheld(gate.reason, topic, wakeUps);
    },
  };
}
