import { asDecimal, asList, asText, asTime, asWord, present } from '../records/fields.ts';
import type { DecimalText, StoredDocument } from '../records/fields.ts';
import type { PositionsState } from '../../../functions/src/schema/records/positions-state.ts';
import type { ProtectionRecord, RestingStop } from '../../../functions/src/schema/records/protection.ts';

const SIDES = { long: 'long', short: 'short' } as const;
const STOP_KINDS: Readonly<Record<RestingStop['kind'], string>> = { stopLoss: 'stop', takeProfit: 'target' };

export interface StopView {
  /** `stop`, `target` or `unknown`. */
  readonly kind: string;
  readonly price: DecimalText | null;
  /** From the mark, in percent of it; null when either is unknown. */
  readonly distancePct: number | null;
}

export interface PositionView {
  readonly key: string;
  readonly symbol: string;
  readonly side: 'long' | 'short' | 'unknown';
  readonly qty: DecimalText | null;
  /** Whether our ledger has the same quantity; null when either is unknown. */
  readonly ledgerAgrees: boolean | null;
  readonly entry: DecimalText | null;
  readonly mark: DecimalText | null;
  readonly notionalUsd: DecimalText | null;
  readonly unrealizedUsd: DecimalText | null;
  readonly liquidation: DecimalText | null;
  readonly stops: readonly StopView[];
  readonly protection: { readonly state: 'resting' | 'missing' | 'unknown'; readonly sinceAt: number | null; readonly reason: string | null };
}

/** Null when positions were never read: not the same as none. */
export function positionViews(positions: StoredDocument<PositionsState> | null, protections: readonly StoredDocument<ProtectionRecord>[]): readonly PositionView[] | null {
  const items = asList<PositionsState['items'][number]>(positions?.fields.items);
  if (items === null) return null;
  return present(items).map((item) => {
    const symbol = asText(item.symbol) ?? 'unknown';
    const side = asWord(item.positionSide, SIDES) ?? 'unknown';
    const [qty, ledgerQty, mark] = [asDecimal(item.qty), asDecimal(item.ledgerQty), asDecimal(item.markPrice)];
    const key = `${symbol}-${side}`;
    return {
      key, symbol, side, qty, mark,
      ledgerAgrees: qty === null || ledgerQty === null ? null : qty === ledgerQty,
      entry: asDecimal(item.entryPrice),
      notionalUsd: asDecimal(item.notionalUsd),
      unrealizedUsd: asDecimal(item.unrealizedUsd),
      liquidation: asDecimal(item.liquidationPrice),
      ...protectionOf(protections.find(({ id }) => id === key) ?? null, mark),
    };
  });
}

/** A record says so when a stop is missing; without a record nobody has looked yet. */
function protectionOf(record: StoredDocument<ProtectionRecord> | null, mark: DecimalText | null): Pick<PositionView, 'stops' | 'protection'> {
  const resting = asList<RestingStop>(record?.fields.resting);
  const stops = present(resting).map((stop) => stopView(stop.kind, stop.triggerPrice, mark));
  const sinceAt = asTime(record?.fields.unprotectedSinceAt);
  const reason = asText(record?.fields.reason);
  if (sinceAt !== null) return { stops, protection: { state: 'missing', sinceAt, reason } };
  return { stops, protection: { state: stops.length > 0 ? 'resting' : 'unknown', sinceAt: null, reason } };
}

function stopView(kindValue: unknown, priceValue: unknown, mark: DecimalText | null): StopView {
  const kind = asWord(kindValue, STOP_KINDS);
  const price = asDecimal(priceValue);
  const distancePct = price === null || mark === null || Number(mark) <= 0 ? null : ((Number(price) - Number(mark)) / Number(mark)) * 100;
  return { kind: kind === null ? 'unknown' : STOP_KINDS[kind], price, distancePct };
}
