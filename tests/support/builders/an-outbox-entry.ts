import type { OutboxEntry } from '../../../functions/src/schema/records/outbox-entry.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';

/** Open, due and held by nobody. */
export function anOutboxEntry(changes: Partial<OutboxEntry> = {}): OutboxEntry {
  return { intentId: 'mine', topic: 'order-intents', state: 'open', dueAt: NOW, lease: null, lastToken: 0, createdAt: NOW, ...changes };
}
