import type { Writer } from '../../ports/store.ts';
import { FLIPS } from '../../schema/records/flip.ts';
import type { FlipRecord } from '../../schema/records/flip.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { writeIntent } from './write-intent.ts';

/** The flip and, when its turn has come, the intent of its new side, in the commit that has ended the close. Returns that intent's id. */
export function writeFlip(writer: Writer, flip: FlipRecord, now: EpochMs): string | null {
  writer.set(FLIPS, flip.closeIntentId, flip);
  if (flip.status !== 'opening') return null;
  writeIntent(writer, { ...flip.open, createdAt: now });
  return flip.open.intentId;
}
