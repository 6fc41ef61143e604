import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** The order's own fields; the path names the one at fault. */
export const invalidInput: Check = ({ order }) =>
  order.kind === 'unsound' ? veto('invalid_input', order.observed, null, `order:${order.field}`) : null;
