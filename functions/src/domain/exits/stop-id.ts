/**
 * Names of our stops. A name says position, kind and price, so that a stop at the venue is recognised after any restart
 * without a record; and it is used once: what is sent again gets the next number, unless the venue has never taken it, so
 * that of each it can be told for ever whether it has fired.
 */
import { derivedId } from '../identity/derived-id.ts';
import { text } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { StopKind } from '../order/protective-stop.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';

/** Every stop of ours begins with this, so that others' are never touched. */
export const STOP_PREFIX = 'pcs-';

/** The name under which a stop of this position, kind and price is sent the first time. */
export function stopId({ symbol, positionSide, openedAt }: OpenExposure, kind: StopKind, triggerPrice: Decimal): string {
  return `${STOP_PREFIX}${derivedId('stop', positionKey(symbol, positionSide), openedAt, kind, text(triggerPrice))}`;
}

/** The first name of a stop that may have been sent more than once. */
export function firstStopId(clientStopId: string): string {
  return clientStopId.replace(/-\d+$/, '');
}

/** `first`, or its next number where it has been sent before. */
export function nextStopId(first: string, sent: readonly string[]): string {
  const times = Math.max(0, ...sent.filter((id) => firstStopId(id) === first).map((id) => (id === first ? 1 : Number(id.slice(first.length + 1)))));
  return times === 0 ? first : `${first}-${times + 1}`;
}
