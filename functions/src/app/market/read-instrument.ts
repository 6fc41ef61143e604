import type { Instrument } from '../../domain/market/instrument.ts';
import type { EngineDeps } from '../engine-deps.ts';

/**
 * Order rules of a symbol that the stored metadata does not have: a position may be closed in any symbol, also one that
 * has left the universe or never was in it. Null for a symbol of the universe, and when the venue does not answer.
 */
export async function readForeignInstrument(deps: EngineDeps, symbol: string): Promise<Instrument | null> {
  if (deps.config.universe.symbols.some((entry) => entry.symbol === symbol)) return null;
  const found = await deps.venue.instruments([symbol]);
  return found.kind === 'found' ? (found.value.find((one) => one.symbol === symbol) ?? null) : null;
}
