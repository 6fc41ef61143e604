/** Whether this process may change anything at the venue. Closed, no mutation leaves it. */
import type { Venue } from '../../ports/venue.ts';

export type WriteGate = { readonly kind: 'open' } | { readonly kind: 'closed'; readonly reason: string };

type Mutations = Pick<Venue, 'place' | 'cancel' | 'placeStop' | 'cancelStop' | 'setLeverage' | 'setMarginMode'>;

export function behindWriteGate(gate: WriteGate, mutations: Mutations): Mutations {
  if (gate.kind === 'open') return mutations;
  const refused = { kind: 'refusedByWriteGate', reason: gate.reason } as const;
  return {
    place: () => Promise.resolve(refused),
    cancel: () => Promise.resolve(refused),
    placeStop: () => Promise.resolve(refused),
    cancelStop: () => Promise.resolve(refused),
    setLeverage: () => Promise.resolve(refused),
    setMarginMode: () => Promise.resolve(refused),
  };
}
