/** Faults that leave something lying, and one that makes a run depend on chance. */
import type { Mutation } from './mutation.ts';
import { withStore, withVenue } from './mutation.ts';

export const livenessMutations: readonly Mutation[] = [
  {
    name: 'nothing is woken by the sweep',
    breaks: 'liveness',
    mutate: () => (deps) => ({ ...deps, step: (name, effect) => (name === 'sync.wake' ? Promise.reject(new Error('forgotten')) : deps.step(name, effect)) }),
  },
  {
    name: 'the stop is forgotten',
    breaks: 'liveness',
    mutate: () => (deps) =>
      withVenue(deps, () => ({
        async placeStop() {
          return Promise.resolve({ kind: 'rejected', code: 'stopExists', venueCode: '-4130', message: 'said by a mutation' });
        },
      })),
  },
  {
    name: 'stops of closed positions are left behind',
    breaks: 'liveness',
    mutate: () => (deps) =>
      withVenue(deps, () => ({
        async cancelStop() {
          return Promise.resolve({ kind: 'canceled' });
        },
      })),
  },
  {
    name: 'a reservation is kept when its intent has ended',
    breaks: 'liveness',
    mutate: () => {
      let last: object = {};
      return (deps) =>
        withStore(deps, (_verb, collection, id, data) => {
          if (collection !== 'state' || id !== 'risk' || typeof data !== 'object' || data === null || !('reservations' in data)) return data;
          last = { ...last, ...Object(data.reservations) };
          return { ...data, reservations: last };
        });
    },
  },
  {
    name: 'an intent is closed without being told of',
    breaks: 'liveness',
    mutate: () => (deps) => withStore(deps, (verb, collection, _id, data) => (verb === 'set' && collection === 'attribution' ? null : data)),
  },
  {
    name: 'a run waits for as long as chance wants',
    breaks: 'sameHash',
    mutate: () => (deps) => ({ ...deps, clock: { now: () => deps.clock.now(), sleep: (ms) => deps.clock.sleep(ms + Math.ceil(Math.random() * 500)) } }),
  },
];
