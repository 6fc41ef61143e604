import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** Where config demands an edge, an order that names none has none. */
export const feeEdge: Check = ({ expectedEdgeBps, limits: { feeEdge: limit, roundTripFeeBps } }) => {
  if (limit === null) return null;
  if (expectedEdgeBps === null) return veto('fee_edge', null, String(limit.value), limit.configPath);
  const edge = expectedEdgeBps - roundTripFeeBps;
  return edge >= limit.value ? null : veto('fee_edge', String(edge), String(limit.value), limit.configPath);
};
