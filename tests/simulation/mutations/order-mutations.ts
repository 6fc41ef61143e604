/** Faults that send an order twice, or one that nobody knows of. */
import { clientOrderId } from '../../../functions/src/domain/identity/derived-id.ts';
import type { Mutation } from './mutation.ts';
import { withStore, withVenue } from './mutation.ts';

const FAR_AHEAD_MS = 3_600_000;

export const orderMutations: readonly Mutation[] = [
  {
    name: 'the arm is skipped: the attempt is sent without having been written',
    breaks: 'oneLiveOrder',
    mutate: () => (deps) => withStore(deps, (verb, collection, _id, data) => (verb === 'create' && collection === 'orders' ? null : data)),
  },
  {
    name: 'an order without an answer is sent again',
    breaks: 'oneLiveOrder',
    rates: { 'venue.replyLost': 0.2 },
    mutate: () => (deps) =>
      withVenue(deps, (venue) => ({
        async place(request) {
          const outcome = await venue.place(request);
          if (outcome.kind !== 'ambiguous') return outcome;
          return venue.place({ ...request, clientOrderId: clientOrderId(`again ${request.clientOrderId}`, 'taker', 1), armedAt: deps.clock.now() });
        },
      })),
  },
  {
    name: 'an order that cannot be looked up counts as absent',
    breaks: 'oneLiveOrder',
    rates: { 'venue.replyLost': 0.2 },
    mutate: () => (deps) =>
      withVenue(deps, (venue) => ({
        async findOrder(ref) {
          const found = await venue.findOrder(ref);
          return found.kind === 'unavailable' ? { kind: 'absent', asOf: deps.clock.now() + FAR_AHEAD_MS } : found;
        },
      })),
  },
  {
    name: 'absence is believed before the request has become invalid',
    breaks: 'oneLiveOrder',
    rates: { 'venue.cut': 0.5, 'venue.requestLate': 0.5 },
    mutate: () => (deps) =>
      withVenue(deps, (venue) => ({
        async findOrder(ref) {
          const found = await venue.findOrder(ref);
          return found.kind === 'absent' ? { ...found, asOf: found.asOf + FAR_AHEAD_MS } : found;
        },
      })),
  },
  {
    name: 'a request is signed when it is sent, not when it was armed, and nothing limits its stay on the way',
    breaks: 'oneLiveOrder',
    rates: { 'venue.requestLate': 0.5, 'venue.cut': 0.3 },
    mutate: () => (deps) => withVenue(deps, (venue) => ({ place: (request) => venue.place({ ...request, armedAt: request.armedAt + FAR_AHEAD_MS }) })),
  },
  {
    name: 'the lease of others is not looked at',
    breaks: 'oneLiveOrder',
    rates: { 'message.twice': 0.5, 'schedule.twice': 0.3 },
    mutate: () => (deps) =>
      withStore(
        deps,
        (_verb, _collection, _id, data) => data,
        (collection, _id, data) => (collection === 'outbox' && isLeasedToOthers(data, deps.runId) ? { ...data, lease: { holder: deps.runId, token: data.lease.token, expiresAt: deps.clock.now() + 60_000 } } : data),
      ),
  },
];

interface Leased {
  readonly lease: { readonly holder: string; readonly token: number };
}

function isLeasedToOthers(data: unknown, runId: string): data is Leased & object {
  const lease: unknown = typeof data === 'object' && data !== null && 'lease' in data ? data.lease : null;
  return typeof lease === 'object' && lease !== null && 'holder' in lease && lease.holder !== runId;
}
