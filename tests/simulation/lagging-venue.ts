/** A venue whose histories follow its matching engine: trades appear moments after their order, income after that. */
import type { Venue } from '../../functions/src/ports/venue.ts';
import type { Chaos } from './chaos.ts';

const FILLS_LAG_MS = 8_000;
/** Binance publishes income within the minute after its trade. */
const INCOME_LAG_MS = 60_000;

export function laggingVenue(venue: Venue, chaos: Chaos, now: () => number): Venue {
  return {
    ...venue,
    async fillsOfOrder(ref) {
      const reading = await venue.fillsOfOrder(ref);
      const late = chaos.strike('venue.fillsLate');
      if (late === null || reading.kind !== 'found') return reading;
      const shownUntil = now() - late.unit() * FILLS_LAG_MS;
      return { ...reading, value: reading.value.filter((fill) => fill.filledAt <= shownUntil) };
    },
    async incomeSince(since) {
      const reading = await venue.incomeSince(since);
      const late = chaos.strike('venue.incomeLate');
      if (late === null || reading.kind !== 'found') return reading;
      const shownUntil = now() - late.unit() * INCOME_LAG_MS;
      return { ...reading, value: reading.value.filter((row) => row.at <= shownUntil) };
    },
  };
}
