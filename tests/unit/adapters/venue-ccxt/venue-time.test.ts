/** The venue's clock, measured by round trips of which the first may take long to be sent. */
import { expect, test } from 'vitest';
import { createVenueTime } from '../../../../functions/src/adapters/venue-ccxt/venue-time.ts';
import { NOW } from './scripted-venue.ts';

const AHEAD_MS = 5000;
const WARM_MS = 100;

/** `startsMs`: how long each request waits before it is sent, in turn; after that it is 50 ms to the venue and 50 ms back. */
function venueAhead(...startsMs: readonly number[]) {
  const clock = { now: NOW };
  const state = { reads: 0, time: createVenueTime({ now: () => clock.now, sleep: () => Promise.resolve() }) };
  const learn = (): Promise<void> =>
    state.time.learn(async () => {
      clock.now += (startsMs[state.reads] ?? 0) + WARM_MS / 2;
      state.reads += 1;
      const serverTime = clock.now + AHEAD_MS;
      clock.now += WARM_MS / 2;
      return Promise.resolve(serverTime);
    });
  return { state, learn };
}

test('a first request that took long to be sent does not shift the clock: it is measured once more', async () => {
  const { state, learn } = venueAhead(1800, 0);
  await learn();
  expect([state.time.at(0), state.reads]).toEqual([AHEAD_MS, 2]);
});

test('of two slow measurements the quicker one counts, and there is no third', async () => {
  for (const startsMs of [[1800, 600], [600, 1800]] as const) {
    const { state, learn } = venueAhead(...startsMs);
    await learn();
    expect([state.time.at(0), state.reads]).toEqual([AHEAD_MS + 300, 2]);
  }
});

test('a quick answer is measured once', async () => {
  const { state, learn } = venueAhead(0);
  await learn();
  await learn();
  expect([state.time.at(0), state.reads]).toEqual([AHEAD_MS, 1]);
});
