/** What is wrong with the settings, one line each, all of them at once. */

export interface ConfigFault {
  /** `risk.json`, or `environment`. */
  readonly file: string;
  /** Line and column, both from 1; null where nothing is written, as for a missing key. */
  readonly at: Position | null;
  /** Key within the file, or the name of an environment variable; empty for the file as a whole. */
  readonly path: string;
  readonly problem: string;
  /** What would be accepted instead. */
  readonly allowed: string;
}

export interface Position {
  readonly line: number;
  readonly column: number;
}

export function faultText({ file, at, path, problem, allowed }: ConfigFault): string {
  const place = at === null ? file : `${file}:${at.line}:${at.column}`;
  return `${path === '' ? place : `${place} ${path}`}: ${problem}; allowed: ${allowed}`;
}

/** One value can break one rule twice, as two symbols under the same limit do; one line is enough. */
export function withoutRepeats(faults: readonly ConfigFault[]): ConfigFault[] {
  return [...new Map(faults.map((fault) => [faultText(fault), fault])).values()];
}

const LONGEST_VALUE = 60;

/** `"live" is refused`, with long values cut and blocks not repeated. */
export function refusedText(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return 'this block is refused';
  const text = JSON.stringify(value);
  return `${text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text} is refused`;
}

/** The engine does not start. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: readonly ConfigFault[];

  constructor(faults: readonly ConfigFault[]) {
    const heading = faults.length === 1 ? '1 fault in the settings' : `${faults.length} faults in the settings`;
    super([heading, ...faults.map(faultText)].join('\n'));
    this.faults = faults;
  }
}
