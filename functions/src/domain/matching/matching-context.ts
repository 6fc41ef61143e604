// What every step of the exchange works on: the one mutable state and a place to report what happened.
import type { ExchangeEvent } from './exchange-event.ts';
import type { ExchangeState, SymbolMarket, SymbolSettings } from './exchange-state.ts';
import type { VenueInstrument } from './venue-instrument.ts';

export interface MatchingContext {
  readonly state: ExchangeState;
  readonly emit: (event: ExchangeEvent) => void;
}

/** For symbols already validated: a missing entry is a defect of the exchange itself. */
export function instrumentOf(state: ExchangeState, symbol: string): VenueInstrument {
  return present(state.instruments[symbol], symbol);
}

export function marketOf(state: ExchangeState, symbol: string): SymbolMarket {
  return present(state.markets[symbol], symbol);
}

export function settingsOf(state: ExchangeState, symbol: string): SymbolSettings {
  return present(state.settings[symbol], symbol);
}

/** Mark price of a symbol that has traded. Throws where no mark was ever received. */
export function markOf(state: ExchangeState, symbol: string): string {
  const mark = marketOf(state, symbol).markPrice;
  if (mark === null) throw new Error(`no mark price yet for ${symbol}: apply a mark event first`);
  return mark;
}

function present<T>(value: T | undefined, symbol: string): T {
  if (value === undefined) throw new Error(`unknown symbol ${symbol}: it is not among the exchange's instruments`);
  return value;
}
