/**
 * The venue's clock as an offset to ours, measured once and again after the venue refused a timestamp. The offset is
 * taken at the middle of the round trip, so it is wrong by up to half of it. A first call may wait for the store, for
 * ccxt and for a connection before it is sent: after a long one the clock is measured once more, with all of that done.
 */
import type { Clock } from '../../ports/clock.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export interface VenueTime {
  /** A time of our clock by the venue's: plus the offset, or unchanged while nothing was measured. */
  at: (ours: EpochMs) => EpochMs;
  /** Measures when needed. `readServerTime` may throw; then nothing is learned and the error passes through. */
  learn(readServerTime: () => Promise<EpochMs>): Promise<void>;
  forget(): void;
}

interface Measurement {
  readonly offsetMs: number;
  readonly tookMs: number;
}

/** Longer than round trips around the world on a connection that stands. */
const LONG_ROUND_TRIP_MS = 500;

export function createVenueTime(clock: Clock): VenueTime {
  let offsetMs: number | null = null;
  let measuring: Promise<void> | null = null;

  const roundTrip = async (readServerTime: () => Promise<EpochMs>): Promise<Measurement> => {
    const sentAt = clock.now();
    const serverTime = await readServerTime();
    const answeredAt = clock.now();
    return { offsetMs: Math.round(serverTime - (sentAt + answeredAt) / 2), tookMs: answeredAt - sentAt };
  };

  const measure = async (readServerTime: () => Promise<EpochMs>): Promise<void> => {
    const first = await roundTrip(readServerTime);
    const last = first.tookMs > LONG_ROUND_TRIP_MS ? await roundTrip(readServerTime) : first;
    offsetMs = (last.tookMs < first.tookMs ? last : first).offsetMs;
  };

  return {
    at: (ours) => ours + (offsetMs ?? 0),
    async learn(readServerTime) {
      if (offsetMs !== null) return;
      measuring ??= measure(readServerTime).finally(() => {
        measuring = null;
      });
      await measuring;
    },
    forget() {
      offsetMs = null;
    },
  };
}
