/** One verb of the command line: what it is told, what it says about itself, and how it is read. */
import type { Command } from '../command.ts';
import type { Typed } from '../typed.ts';

export interface VerbOption {
  readonly name: string;
  /** What stands for its value in help texts; null for a switch. */
  readonly value: string | null;
  readonly text: string;
}

export interface Verb {
  /** One or two words. */
  readonly name: string;
  readonly group: 'look' | 'act' | 'take out' | 'market data' | 'set up';
  /** As help shows them, such as `SYMBOL long|short`; empty for none. */
  readonly operands: string;
  /** At most this many. */
  readonly mostOperands: number;
  readonly summary: string;
  readonly options: readonly VerbOption[];
  /** Whether it can be told where the records are, by --local, --data, --emulator, --project and --env. */
  readonly hasTarget: boolean;
  /** Further paragraphs of its help. */
  readonly more: readonly string[];
  readonly example: string;
  /** Throws OperatorError. */
  readonly read: (typed: Typed) => Command;
}
