import type { IntentRecord } from '../../schema/records/intent.ts';

export function isExiting(intent: Pick<IntentRecord, 'purpose'>): boolean {
  return intent.purpose === 'reduce' || intent.purpose === 'close';
}
