import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const duplicateIntent: Check = (input) =>
  input.duplicateIntent ? veto('duplicate_intent', null, null, 'state/screen:decidedCandleAt') : null;
