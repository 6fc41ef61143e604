/** `ledgerMismatch` as `ledger mismatch`. */
export const spaced = (word: string): string => word.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
