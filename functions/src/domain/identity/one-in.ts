import { derivedNumber } from './derived-id.ts';

/** True for one in `n` names, always for the same ones. */
export function isOneIn(n: number, ...parts: readonly string[]): boolean {
  return derivedNumber(...parts) % n === 0;
}
