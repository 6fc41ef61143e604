/** Whether a report has to be written: when a reader would see a change, and now and then so that its age says it is kept. */
import type { Written } from '../../schema/records/telemetry.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { derivedId } from '../identity/derived-id.ts';

const MINUTE_MS = 60_000;

/** `significant` is what a reader would call a change: no times, no last digits. */
export const markOf = (significant: unknown): string => derivedId('mark', JSON.stringify(significant));

export function isArtifactDue(last: Written | undefined, mark: string, everyMinutes: number, now: EpochMs): boolean {
  return last === undefined || last.mark !== mark || now - last.writtenAt >= everyMinutes * MINUTE_MS;
}
