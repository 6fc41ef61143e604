import type { OrderRecord } from '../../schema/records/order.ts';

/** A maker that would have taken: the venue refuses it at once, or accepts and expires it. */
export function isRefusedPostOnly({ leg, status, statusReason }: Pick<OrderRecord, 'leg' | 'status' | 'statusReason'>): boolean {
  return leg === 'maker' && (status === 'expired' || (status === 'rejected' && statusReason?.startsWith('wouldTake') === true));
}
