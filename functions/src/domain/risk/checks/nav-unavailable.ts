import { veto } from '../veto.ts';
import type { Check } from './check.ts';

export const navUnavailable: Check = ({ nav }) =>
  nav.kind === 'unavailable' ? veto('nav_unavailable', nav.cause, null, 'state/nav:health') : null;
