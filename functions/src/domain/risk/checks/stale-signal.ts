import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** An order without a candle behind it has no signal to go stale. */
export const staleSignal: Check = ({ asOf, signalAt, limits: { signalAge } }) => {
  if (signalAt === null) return null;
  const ageSeconds = (asOf - signalAt) / 1000;
  return ageSeconds > signalAge.value ? veto('stale_signal', String(ageSeconds), String(signalAge.value), signalAge.configPath) : null;
};
