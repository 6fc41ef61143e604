/** What both stores hold to, so that a body that works on one works on the other. */

/** Runs of a transaction body before the store gives up, as the Firestore client counts them. */
export const MAX_ATTEMPTS = 5;

export function refuseReadAfterWrite(hasWritten: boolean): void {
  if (hasWritten) throw new Error('a transaction read after its first write: do all reads before all writes');
}
