import { ALERT_DEFINITIONS } from '../domain/alerts/alert-kind.ts';
import { isReached } from '../domain/telemetry/venue-probe-of.ts';
import { venueProbe } from '../schema/records/venue-probe.ts';
import type { Reach, VenueProbe } from '../schema/records/venue-probe.ts';
import type { Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import { OperatorError } from './operator-error.ts';
import { UnreadableError } from './readable-store.ts';
import { left, right, section, tableLines } from './table.ts';
import { isoText } from './time-text.ts';

/** `portcullis probe`. Throws OperatorError when it is refused, UnreadableError when control cannot be asked. */
export async function probeVenue(ask: Ask, place: string): Promise<Answer> {
  const result = await ask({ verb: 'probe' });
  switch (result.kind) {
    case 'answered': {
      const told = venueProbe.safeParse(result.body);
      if (!told.success) throw new UnreadableError(`${place} answered something else than this version expects: deploy this version, or use the one that is deployed`);
      return { json: { place, ...told.data }, lines: probeVenueLines(told.data, place), exitCode: told.data.parts.every(({ reach }) => isReached(reach)) ? 0 : 2 };
    }
    case 'refused':
      if (result.retryAfterSeconds !== null) throw new UnreadableError(`${result.message}; ${result.next}`);
      throw new OperatorError(`${result.message}; ${result.next}`);
    case 'unclear':
      throw new UnreadableError(`the venue could not be asked: ${result.cause}`);
  }
}

function probeVenueLines({ summary, askedFrom, symbol, parts, probedAt }: VenueProbe, place: string): readonly string[] {
  const rows = parts.map(({ part, reach, tookMs, cause }) => [part, reach, tookMs === null ? '-' : `${tookMs} ms`, cause ?? '']);
  const todos = [...new Set(parts.map(({ reach }) => reach))].flatMap((reach) => TODO[reach] ?? []);
  return [
    `${place}: ${summary}; asked for ${symbol} from ${askedFrom}, ${isoText(probedAt)}`,
    '',
    ...tableLines([left('part'), left('reach'), right('took'), left('why')], rows),
    ...(todos.length === 0 ? [] : section('to do', todos, '')),
  ];
}

export const TODO: Readonly<Partial<Record<Reach, string>>> = {
  geoBlocked: `geoBlocked: ${ALERT_DEFINITIONS.geoBlocked.action}`,
  keyRefused: `keyRefused: ${ALERT_DEFINITIONS.venueKeyRefused.action}`,
  limited: `limited: ${ALERT_DEFINITIONS.budgetExhausted.action}`,
  missing: 'missing: this venue does not have the endpoint, as some test networks; what needs it cannot be done there.',
  failed: 'failed: ask again in a minute; if it stays so, see the status page of the venue and the network of the functions (docs/deploy.md, "Static egress").',
};
