// Request parameters by name, read strictly: what an endpoint does not know, or is sent twice, or is malformed, is refused.
import { WireRefusal, invalidParameter, missingParameter } from './wire-refusal.ts';

export class Parameters {
  readonly #values: ReadonlyMap<string, string>;

  private constructor(values: ReadonlyMap<string, string>) {
    this.#values = values;
  }

  /** Query first, then form body; the same name twice is refused. */
  static parse(query: string, body: string): Parameters {
    const values = new Map<string, string>();
    for (const [name, value] of [...new URLSearchParams(query), ...new URLSearchParams(body)]) {
      if (values.has(name)) throw new WireRefusal(400, -1101, 'Duplicate values for a parameter detected.');
      if (value === '') throw new WireRefusal(400, -1105, `Parameter '${name}' was empty.`);
      values.set(name, value);
    }
    return new Parameters(values);
  }

  refuseUnknown(known: readonly string[]): void {
    const read = [...this.#values.keys()].filter((name) => known.includes(name)).length;
    if (read === this.#values.size) return;
    throw new WireRefusal(400, -1104, `Not all sent parameters were read; read '${read}' parameter(s) but was sent '${this.#values.size}'.`);
  }

  text(name: string): string {
    const value = this.#values.get(name);
    if (value === undefined) throw missingParameter(name);
    return value;
  }

  optionalText(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** A whole number within the range, or the fallback when absent. */
  integer(name: string, range: { readonly min: number; readonly max: number }, fallback?: number): number {
    const value = this.#values.get(name);
    if (value === undefined) {
      if (fallback === undefined) throw missingParameter(name);
      return fallback;
    }
    const parsed = /^-?\d{1,16}$/.test(value) ? Number(value) : Number.NaN;
    if (!(parsed >= range.min && parsed <= range.max)) throw invalidParameter(name);
    return parsed;
  }

  /** Epoch milliseconds. */
  optionalTime(name: string): number | undefined {
    return this.#values.has(name) ? this.integer(name, { min: 0, max: Number.MAX_SAFE_INTEGER }) : undefined;
  }

  boolean(name: string): boolean {
    const value = this.optionalBoolean(name);
    if (value === undefined) throw missingParameter(name);
    return value;
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.#values.get(name)?.toLowerCase();
    if (value === undefined || value === 'true' || value === 'false') return value === undefined ? undefined : value === 'true';
    throw invalidParameter(name);
  }

  /** A decimal id of up to 19 digits, kept as text. */
  optionalId(name: string): string | undefined {
    const value = this.#values.get(name);
    if (value !== undefined && !/^\d{1,19}$/.test(value)) throw invalidParameter(name);
    return value;
  }
}
