import { veto } from '../veto.ts';
import type { Check } from './check.ts';

/** A NAV that was read and makes no sense, such as zero. */
export const invalidNav: Check = ({ nav }) =>
  nav.kind === 'unsound' ? veto('invalid_input', nav.observed, null, `state/nav:${nav.field}`) : null;
