import type { PlainLimit } from '../limits.ts';
import type { Veto } from '../veto.ts';
import { veto } from '../veto.ts';
import type { VetoCode } from '../veto-code.ts';

/** Refuses once the count has reached the limit. */
export function atLimit(code: VetoCode, count: number, limit: PlainLimit): Veto | null {
  return count >= limit.value ? veto(code, String(count), String(limit.value), limit.configPath) : null;
}
