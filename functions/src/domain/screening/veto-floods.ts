/** The same refusal again and again is one document with a counter, per window of time. */
import { derivedId } from '../identity/derived-id.ts';
import type { DecisionRecord } from '../../schema/records/tick.ts';
import type { RefusalsOfTick } from '../../schema/records/screen-state.ts';
import type { VetoFlood } from '../../schema/records/veto.ts';
import type { EpochMs } from '../../schema/scalars.ts';

export interface FloodOf {
  readonly id: string;
  readonly decision: DecisionRecord;
}

/** Same strategy, symbol, side and codes within the same window share an id. */
export function vetoFloodIds(vetoed: readonly DecisionRecord[], now: EpochMs, windowMs: number): readonly FloodOf[] {
  const window = Math.floor(now / windowMs);
  return vetoed.map((decision) => ({
    decision,
    id: derivedId('veto', decision.strategy, decision.symbol, decision.positionSide ?? 'none', window, ...decision.vetoes.map((veto) => veto.code)),
  }));
}

export function withVeto(known: VetoFlood | null, decision: DecisionRecord, now: EpochMs, keepMs: number): VetoFlood {
  const positionSide = decision.positionSide ?? 'long';
  const entering = decision.signal?.action !== 'exit';
  const codes = decision.vetoes.map((veto) => veto.code).join(', ');
  const count = known === null ? 1 : known.count + 1;
  return {
    summary: `${decision.symbol} ${positionSide}: ${codes} (${count} times)`,
    symbol: decision.symbol,
    strategy: decision.strategy,
    side: (positionSide === 'long') === entering ? 'buy' : 'sell',
    positionSide,
    stage: 'screen',
    vetoes: decision.vetoes,
    count,
    firstAt: known?.firstAt ?? now,
    lastAt: now,
    expireAt: now + keepMs,
  };
}

/** What a storm of refusals is told from: those of this tick added, those older than the window gone. */
export function withRefusals(before: readonly RefusalsOfTick[], vetoed: readonly DecisionRecord[], now: EpochMs, windowMs: number): RefusalsOfTick[] {
  const within = before.filter(({ at }) => at >= now - windowMs);
  const byCode = Map.groupBy(vetoed.flatMap(({ vetoes }) => vetoes.slice(0, 1)), ({ code }) => code);
  const [most] = [...byCode].toSorted(([, a], [, b]) => b.length - a.length);
  return most === undefined ? within : [...within, { at: now, refused: vetoed.length, code: most[0] }];
}
