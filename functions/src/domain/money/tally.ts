import type { Decimal } from './decimal.ts';
import { text } from './decimal.ts';
import { plusText } from './plus-text.ts';

/** Amounts by name, in the form they are stored. */
export type Tally = Readonly<Record<string, string>>;

/** The tally with an amount added under a name; a name seen for the first time begins with it. */
export function tallied(tally: Tally, name: string, by: Decimal): Record<string, string> {
  const known = tally[name];
  return { ...tally, [name]: known === undefined ? text(by) : plusText(known, by) };
}
