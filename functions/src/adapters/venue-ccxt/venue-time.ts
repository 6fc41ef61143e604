/**
 * The venue's clock as an offset to ours, measured once and again after the venue refused a timestamp. The offset is
 * taken at the middle of the round trip.
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

export function createVenueTime(clock: Clock): VenueTime {
  let offsetMs: number | null = null;
  let measuring: Promise<void> | null = null;

  const measure = async (readServerTime: () => Promise<EpochMs>): Promise<void> => {
    const sentAt = clock.now();
    const serverTime = await readServerTime();
    offsetMs = Math.round(serverTime - (sentAt + clock.now()) / 2);
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
