/** What a failed read says about the account's standing at the venue, by the words in which failures are told. */
import type { AlertKind } from '../../schema/records/alert.ts';

export type VenueTrouble = Extract<AlertKind, 'geoBlocked' | 'venueKeyRefused' | 'budgetExhausted'>;
export const VENUE_TROUBLES: readonly VenueTrouble[] = ['geoBlocked', 'venueKeyRefused', 'budgetExhausted'];

const SIGNS: readonly (readonly [VenueTrouble, RegExp])[] = [
  ['venueKeyRefused', /\bcode -(?:2014|2015|1022)\b/],
  ['geoBlocked', /\bHTTP (?:451|403)\b/],
  ['budgetExhausted', /\bHTTP (?:429|418)\b|\basked to stay away\b|\brest is kept for exits\b/],
];

/** Null for a failure that says nothing about it, such as a timeout. */
export function venueTroubleOf(cause: string): VenueTrouble | null {
  return SIGNS.find(([, sign]) => sign.test(cause))?.[0] ?? null;
}
