/** google.firestore.v1.TargetChange.TargetChangeType */
export const TARGET_CHANGE = { NO_CHANGE: 0, ADD: 1, REMOVE: 2, CURRENT: 3, RESET: 4 } as const;
