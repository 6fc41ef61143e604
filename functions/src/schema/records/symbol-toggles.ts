import { z } from 'zod';
import { collection } from '../collection.ts';
import { epochMs } from '../scalars.ts';

const symbolToggle = z.strictObject({
  /** When the symbol is free again by itself; null means only an operator frees it. */
  untilAt: epochMs.nullable(),
  actor: z.string().min(1),
  reason: z.string().min(1),
  changedAt: epochMs,
});
export type SymbolToggle = z.infer<typeof symbolToggle>;

/**
 * `control/symbol_toggles`: the symbols that an operator has disabled. `control` alone writes it; what the engine
 * disables by itself is in `state/risk`. One document, so that a tick reads all of them at the price of one.
 */
export const symbolToggles = z.strictObject({
  disabled: z.record(z.string(), symbolToggle),
});
export type SymbolToggles = z.infer<typeof symbolToggles>;
export const SYMBOL_TOGGLES = collection('control', 1, symbolToggles);
export const SYMBOL_TOGGLES_ID = 'symbol_toggles';
