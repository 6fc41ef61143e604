import { asDecimal, asFlag, asText, asTime, asWord } from '../records/fields.ts';
import type { DecimalText, StoredDocument } from '../records/fields.ts';
import type { OrderRecord, OrderStatus } from '../../../functions/src/schema/records/order.ts';

/** How a status reads, and whether it asks for attention. */
const STATUS: Readonly<Record<OrderStatus, { readonly tone: Tone; readonly meaning: string }>> = {
  armed: { tone: 'open', meaning: 'written, perhaps sent' },
  ambiguous: { tone: 'warn', meaning: 'sent, the answer is unclear: it is being looked up' },
  working: { tone: 'open', meaning: 'the venue has it' },
  filled: { tone: 'good', meaning: 'the whole quantity was executed' },
  canceled: { tone: 'calm', meaning: 'cancelled; the rest goes to the next attempt' },
  expired: { tone: 'calm', meaning: 'the venue ended it unfilled or partly filled' },
  rejected: { tone: 'warn', meaning: 'the venue refused it' },
  absent: { tone: 'calm', meaning: 'proven never to have been placed' },
};

export type Tone = 'open' | 'good' | 'warn' | 'bad' | 'calm';

export interface Stage {
  readonly label: string;
  readonly at: number;
}

export interface OrderView {
  readonly id: string;
  readonly intentId: string | null;
  readonly symbol: string;
  /** For example `open long` or `exit short`. */
  readonly what: string;
  /** For example `maker 1`. */
  readonly leg: string;
  readonly status: string;
  readonly tone: Tone;
  readonly meaning: string;
  readonly reason: string | null;
  readonly qty: DecimalText | null;
  readonly executedQty: DecimalText | null;
  /** 0 to 1; null when either is unknown. */
  readonly filledShare: number | null;
  readonly price: DecimalText | null;
  readonly isMarket: boolean;
  /** Its life so far, in order. */
  readonly stages: readonly Stage[];
}

export function orderViews(orders: readonly StoredDocument<OrderRecord>[]): readonly OrderView[] {
  return orders.map(({ id, fields }) => {
    const status = asWord(fields.status, STATUS);
    const known = status === null ? { tone: 'warn' as const, meaning: 'a status that this page does not know' } : STATUS[status];
    const [qty, executedQty] = [asDecimal(fields.qty), asDecimal(fields.executedQty)];
    return {
      id,
      intentId: asText(fields.intentId),
      symbol: asText(fields.symbol) ?? 'unknown',
      what: `${whatOf(asFlag(fields.reducing))} ${asText(fields.positionSide) ?? 'unknown side'}`,
      leg: `${asText(fields.leg) ?? 'unknown'} ${typeof fields.attempt === 'number' ? fields.attempt : '?'}`,
      status: status ?? 'unknown',
      ...known,
      reason: asText(fields.statusReason),
      qty,
      executedQty,
      filledShare: shareOf(executedQty, qty),
      price: asDecimal(fields.price),
      isMarket: fields.type === 'market',
      stages: stagesOf(fields, status),
    };
  });
}

const whatOf = (reducing: boolean | null): string => (reducing === null ? 'unknown' : reducing ? 'exit' : 'enter');

const shareOf = (part: DecimalText | null, whole: DecimalText | null): number | null =>
  part === null || whole === null || Number(whole) <= 0 ? null : Math.min(1, Number(part) / Number(whole));

function stagesOf(fields: StoredDocument<OrderRecord>['fields'], status: OrderStatus | null): readonly Stage[] {
  const stages: readonly (readonly [string, unknown])[] = [
    ['armed', fields.armedAt],
    ['acknowledged', fields.ackedAt],
    ['cancel asked', fields.cancelRequestedAt],
    [status ?? 'ended', fields.terminalAt],
  ];
  return stages.flatMap(([label, value]) => {
    const at = asTime(value);
    return at === null ? [] : [{ label, at }];
  });
}
