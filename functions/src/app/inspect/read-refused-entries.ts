/** Entries that checks refused since `from`, whether the screener met them or the executor: at the size that was asked for. */
import type { RefusedEntry } from '../../domain/shadow/counterfactual.ts';
import { ATTRIBUTION } from '../../schema/records/attribution.ts';
import type { AttributionRecord } from '../../schema/records/attribution.ts';
import { TICKS } from '../../schema/records/tick.ts';
import type { DecisionRecord } from '../../schema/records/tick.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { inTimeOrder } from './in-time-order.ts';
import type { Inspected } from './inspected.ts';

export async function readRefusedEntries({ store }: Pick<Inspected, 'store'>, from: EpochMs): Promise<readonly RefusedEntry[]> {
  const refused: RefusedEntry[] = [];
  const ticks = inTimeOrder(
    (at, limit) => store.query({ collection: TICKS, where: [{ field: 'startedAt', op: '>=', value: at }], orderBy: [{ field: 'startedAt', direction: 'asc' }], limit }),
    ({ startedAt }) => startedAt,
    from,
  );
  for await (const { decisions } of ticks) refused.push(...decisions.flatMap((decision) => entryOf(decision)));
  const ended = inTimeOrder(
    (at, limit) => store.query({ collection: ATTRIBUTION, where: [{ field: 'terminalAt', op: '>=', value: at }], orderBy: [{ field: 'terminalAt', direction: 'asc' }], limit }),
    ({ terminalAt }) => terminalAt,
    from,
  );
  for await (const record of ended) refused.push(...entryOf(record));
  return refused;
}

/** None where no check refused it, or nobody's signal is behind it. */
function entryOf({ outcome, signal, positionSide, symbol, sizing, vetoes }: Pick<DecisionRecord | AttributionRecord, 'outcome' | 'signal' | 'positionSide' | 'symbol' | 'sizing' | 'vetoes'>): readonly RefusedEntry[] {
  if (outcome !== 'vetoed' || signal?.action !== 'enter' || positionSide === null) return [];
  const notionalUsd = sizing === null ? 0 : Number(sizing.finalUsd);
  return [{ strategy: signal.strategy, symbol, positionSide, candleCloseAt: signal.candleCloseAt, notionalUsd, codes: [...new Set(vetoes.map(({ code }) => code))] }];
}
