import type { VenueInstrument } from '../../../functions/src/domain/matching/venue-instrument.ts';
import type { EndpointCall } from './endpoint.ts';
import { invalidSymbol } from '../wire-refusal.ts';

export function requiredInstrument({ venue, parameters }: EndpointCall): VenueInstrument {
  const instrument = venue.exchange.state.instruments[parameters.text('symbol')];
  if (instrument === undefined) throw invalidSymbol();
  return instrument;
}

/** The one asked for, or all when no symbol was sent. */
export function selectedInstruments(call: EndpointCall): VenueInstrument[] {
  if (call.parameters.optionalText('symbol') !== undefined) return [requiredInstrument(call)];
  return Object.values(call.venue.exchange.state.instruments);
}
