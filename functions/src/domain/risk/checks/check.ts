/** What a check is, and the two things most checks need: a sound order and a known NAV. */
import type { GateInput } from '../gate-input.ts';
import type { KnownNav } from '../nav-reading.ts';
import type { SoundOrder } from '../order-reading.ts';
import type { Veto } from '../veto.ts';

export type Check = (input: GateInput) => Veto | null;

/** Silent on an order whose numbers cannot be used: `invalid_input` refuses that one. */
export function onSoundOrder(check: (order: SoundOrder, input: GateInput) => Veto | null): Check {
  return (input) => (input.order.kind === 'sound' ? check(input.order, input) : null);
}

/** Silent on an unknown NAV: `nav_unavailable` or `invalid_input` refuses that one. */
export function onKnownNav(check: (nav: KnownNav, input: GateInput) => Veto | null): Check {
  return (input) => (input.nav.kind === 'known' ? check(input.nav, input) : null);
}

export function onOrderAndNav(check: (order: SoundOrder, nav: KnownNav, input: GateInput) => Veto | null): Check {
  return onSoundOrder((order, input) => (input.nav.kind === 'known' ? check(order, input.nav, input) : null));
}
