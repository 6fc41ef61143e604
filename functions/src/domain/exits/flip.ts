/**
 * A flip as a saga over two intents. The new side exists as an intent only once the old one is closed and flat, so no crash
 * and no delay can have both open, and none can open a side whose close has not finished.
 */
import { intentId } from '../identity/derived-id.ts';
import { decimal } from '../money/decimal.ts';
import { oppositeOf } from '../ledger/net-fill.ts';
import { isEntry } from '../risk/order-reading.ts';
import type { FlipRecord } from '../../schema/records/flip.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export function newFlip(close: IntentRecord, open: IntentRecord, risk: RiskState): FlipRecord {
  const { symbol, positionSide: from, createdAt } = close;
  return {
    summary: `${symbol}: ${from} is being closed, then ${open.positionSide} opened`,
    symbol,
    strategy: open.signal?.strategy ?? 'none',
    from,
    to: open.positionSide,
    status: 'closing',
    reason: null,
    closeIntentId: close.intentId,
    open,
    lastFillBeforeAt: risk.lastFillAtBySymbol[symbol] ?? null,
    closeFillAt: null,
    createdAt,
    deadlineAt: open.expiresAt,
    endedAt: null,
  };
}

/**
 * The flip after its close has ended, with `risk` as that very commit leaves it. It opens only when the close has closed all
 * it was to close, nothing of the old side is open or under way, and there is still time.
 */
export function afterClose(flip: FlipRecord, close: IntentRecord, risk: RiskState, now: EpochMs): FlipRecord {
  if (flip.status !== 'closing') return flip;
  const reason = reasonAgainst(flip, close, risk, now);
  const { symbol, from, to } = flip;
  if (reason !== null) return { ...flip, status: 'abandoned', reason, endedAt: now, summary: `${symbol}: ${to} was not opened: ${reason}` };
  const closeFillAt = risk.lastFillAtBySymbol[symbol] ?? null;
  return { ...flip, status: 'opening', closeFillAt, endedAt: now, summary: `${symbol}: ${from} is closed, ${to} goes to the gate` };
}

function reasonAgainst({ symbol, from, deadlineAt }: FlipRecord, close: IntentRecord, risk: RiskState, now: EpochMs): string | null {
  if (close.status !== 'settled' || !decimal(close.executedQty).eq(close.qty)) return `the close ended ${close.status} with ${close.executedQty} of ${close.qty}`;
  if (risk.exposures[positionKey(symbol, from)] !== undefined) return `${from} is still open`;
  const other = Object.values(risk.reservations).find((line) => line.symbol === symbol && line.positionSide === from && isEntry(line.purpose));
  if (other !== undefined) return `intent ${other.intentId} opens ${from} again`;
  return now >= deadlineAt ? 'the close took longer than the signal lives' : null;
}

/** Where the flip of an intent is kept, whether it is its close or its opening; null for one that cannot be part of a flip. */
export function flipIdOf({ intentId: id, purpose, signal, symbol, positionSide }: IntentRecord): string | null {
  if (purpose === 'close') return id;
  if (purpose !== 'open' || signal === null) return null;
  const { candleCloseAt, strategy } = signal;
  return intentId({ candleCloseAt, strategy, symbol, positionSide: oppositeOf(positionSide), purpose: 'close' });
}

/** For the gate's second look at the new side: its own close is no reason for a cooldown, any other fill since is. */
export function withoutOwnClose(risk: RiskState, flip: FlipRecord, open: IntentRecord): RiskState {
  const { symbol, lastFillBeforeAt, closeFillAt } = flip;
  if (flip.open.intentId !== open.intentId || closeFillAt === null || risk.lastFillAtBySymbol[symbol] !== closeFillAt) return risk;
  const { [symbol]: _own, ...others } = risk.lastFillAtBySymbol;
  return { ...risk, lastFillAtBySymbol: lastFillBeforeAt === null ? others : { ...others, [symbol]: lastFillBeforeAt } };
}
