import { ORDER_PREFIX } from '../identity/derived-id.ts';
import type { ClosedBy } from './round-trip.ts';

/**
 * Who ordered a fill that no intent under way explains. `ours` is a late fill of an intent that has ended; `liquidation` and
 * `deleveraging` the venue itself; `other` a person, another program or another deployment.
 */
export type FillOrigin = 'stop' | 'ours' | 'liquidation' | 'deleveraging' | 'other';

/** By the client order id, of which the venue reserves some prefixes for itself. */
export function originOf(clientOrderId: string): Exclude<FillOrigin, 'stop'> {
  if (clientOrderId.startsWith('adl_autoclose')) return 'deleveraging';
  if (clientOrderId.startsWith('autoclose-') || clientOrderId.startsWith('settlement_autoclose-')) return 'liquidation';
  return clientOrderId.startsWith(ORDER_PREFIX) ? 'ours' : 'other';
}

/** What the venue forced on us is an alarm in any case, what others traded only where config does not expect it. */
export function isAlarming(origin: FillOrigin, positions: 'adopt' | 'alarm' | 'ignore'): boolean {
  switch (origin) {
    case 'liquidation':
    case 'deleveraging':
      return true;
    case 'other':
      return positions === 'alarm';
    case 'ours':
    case 'stop':
      return false;
  }
}

/** What a round trip that such a fill ends is said to be closed by. */
export function closedByOf(origin: FillOrigin): ClosedBy {
  switch (origin) {
    case 'liquidation':
    case 'deleveraging':
      return 'liquidation';
    case 'ours':
      return 'intent';
    case 'stop':
    case 'other':
      return origin;
  }
}
