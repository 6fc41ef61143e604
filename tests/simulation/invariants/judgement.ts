/** Everything that is wrong with a run that has come to rest. */
import type { MemoryStore } from '../../../functions/src/adapters/store-memory/memory-store.ts';
import type { ExchangeState } from '../../../functions/src/domain/matching/exchange-state.ts';
import { WRITE_GATE, WRITE_GATE_ID } from '../../../functions/src/schema/records/write-gate.ts';
import type { Operator } from '../operator.ts';
import { recordsOfDump } from '../records-of-dump.ts';
import type { Keys } from '../scenario.ts';
import { finalFindings } from './final.ts';
import type { Finding } from './final.ts';

export interface Judged {
  readonly keys: Keys;
  readonly venue: ExchangeState;
  readonly isDisturbed: boolean;
  readonly operator: Operator;
}

export function judgement(dump: ReturnType<MemoryStore['dump']>, { keys, venue, isDisturbed, operator }: Judged): readonly Finding[] {
  if (keys === 'prod-no-variable') {
    const written = [...dump.keys()].filter((path) => !path.endsWith(`/${WRITE_GATE.name}/${WRITE_GATE_ID}`));
    return written.length === 0 ? [] : [['production', `written without a key: ${written.slice(0, 5).join(', ')}`]];
  }
  const records = recordsOfDump(dump);
  return [...finalFindings(records, venue, isDisturbed), ...operator.brokenPromises(records.audits).map((sentence): Finding => ['operator', sentence])];
}
