import type { Writer } from '../../ports/store.ts';
import { INTENTS } from '../../schema/records/intent.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import { OUTBOX } from '../../schema/records/outbox-entry.ts';

/** How long the first wake-up has before the sweep repeats it. */
const WAKE_GRACE_MS = 30_000;

/** An intent and its outbox entry, in the caller's commit. Created, never set: what is decided twice cannot be done twice. */
export function writeIntent(writer: Writer, intent: IntentRecord): void {
  writer.create(INTENTS, intent.intentId, intent);
  writer.create(OUTBOX, intent.intentId, {
    intentId: intent.intentId,
    topic: 'order-intents',
    state: 'open',
    dueAt: intent.createdAt + WAKE_GRACE_MS,
    lease: null,
    lastToken: 0,
    createdAt: intent.createdAt,
  });
}
