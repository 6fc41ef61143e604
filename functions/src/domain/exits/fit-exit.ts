/**
 * An exit against the position as the venue has it at this moment, so that no close ever asks for more than is there: a
 * stop, a liquidation or a hand may have taken part of it since the exit was decided.
 */
import type { HeldPosition } from '../account/held-now.ts';
import { decimal, isPositive, min, text } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import { isEntry } from '../risk/order-reading.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { positionKey } from '../../schema/records/position.ts';
import type { OpenExposure, RiskState } from '../../schema/records/risk-state.ts';
import type { SizingRecord } from '../../schema/records/verdict.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export interface FittedExit {
  /** Shrunk where less is held than it asks for; the clamp is in its sizing. */
  readonly intent: IntentRecord;
  /** For the gate alone: our records with this one position as the venue has it. Never stored. */
  readonly risk: RiskState;
}

/** `held` are the positions of now. Nothing left to close leaves the intent as it is, for the gate to refuse. */
export function fitExit(intent: IntentRecord, risk: RiskState, held: readonly HeldPosition[], asOf: EpochMs): FittedExit {
  const key = positionKey(intent.symbol, intent.positionSide);
  const { [key]: ours, ...others } = risk.exposures;
  const position = held.find((one) => positionKey(one.symbol, one.positionSide) === key);
  if (position === undefined) return { intent, risk: { ...risk, exposures: others } };
  const exposures = { ...others, [key]: asHeld(ours, position, intent.tier, asOf) };
  const free = position.qty.minus(closingElsewhere(intent, risk));
  const qty = min(decimal(intent.qty), free);
  return { intent: isPositive(qty) && qty.lt(intent.qty) ? shrunk(intent, qty) : intent, risk: { ...risk, exposures } };
}

function asHeld(ours: OpenExposure | undefined, position: HeldPosition, tier: string, asOf: EpochMs): OpenExposure {
  const { symbol, positionSide } = position;
  const unknown = { symbol, positionSide, tier, averageEntryPrice: text(position.entryPrice), strategy: null, openedAt: asOf, markPrice: text(position.markPrice), markAt: asOf };
  return { ...(ours ?? unknown), qty: text(position.qty) };
}

function closingElsewhere({ intentId, symbol, positionSide }: IntentRecord, { reservations }: RiskState): Decimal {
  return Object.values(reservations)
    .filter((line) => line.intentId !== intentId && line.symbol === symbol && line.positionSide === positionSide && !isEntry(line.purpose))
    .reduce((total, line) => total.plus(line.qty), decimal('0'));
}

function shrunk(intent: IntentRecord, qty: Decimal): IntentRecord {
  const [beforeUsd, afterUsd] = [text(decimal(intent.qty).times(intent.referencePrice)), text(qty.times(intent.referencePrice))];
  const before: SizingRecord = intent.sizing ?? { outcome: 'pass', reason: null, suggestedUsd: beforeUsd, multipliers: [], finalUsd: beforeUsd, clamps: [] };
  const clamps = [...before.clamps, { name: 'held_at_venue', beforeUsd, afterUsd, configPath: 'venue:positions' }];
  return { ...intent, qty: text(qty), sizing: { ...before, finalUsd: afterUsd, clamps } };
}
