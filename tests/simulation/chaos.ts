/**
 * What goes wrong, drawn from the seed. Every occasion on which something could has a key, its kind and how manieth of
 * the kind it is, and whether it strikes depends on seed and key alone: leaving one fault out moves no other, so a
 * failing run can be cut down to the faults it needs and be replayed from their keys.
 */
import { RandomStream, seedOf } from '../../local/venue/market/random-stream.ts';

/** Chance per occasion of each kind, 0 to 1. A kind that is not named never strikes. */
export type FaultRates = Readonly<Record<string, number>>;

export interface Struck {
  readonly key: string;
  readonly at: number;
}

export interface ChaosOptions {
  readonly seed: number;
  readonly rates: FaultRates;
  /** The only faults that may strike; null for all that the seed draws. */
  readonly only: ReadonlySet<string> | null;
  readonly now: () => number;
}

export class Chaos {
  readonly #options: ChaosOptions;
  readonly #kinds = new Map<string, { readonly seed: number; occasions: number }>();
  readonly struck: Struck[] = [];
  #over = false;

  constructor(options: ChaosOptions) {
    this.#options = options;
  }

  /** From now on nothing strikes. */
  end(): void {
    this.#over = true;
  }

  /** Null where nothing goes wrong; otherwise what decides how, anew for every occasion. `of` makes a key readable. */
  strike(kind: string, of = ''): RandomStream | null {
    const rate = this.#options.rates[kind];
    if (this.#over || rate === undefined || rate <= 0) return null;
    const name = of === '' ? kind : `${kind}:${of}`;
    const stream = this.#next(name);
    if (stream.random.unit() >= rate) return null;
    const key = `${name}#${stream.occasion}`;
    if (this.#options.only !== null && !this.#options.only.has(key)) return null;
    this.struck.push({ key, at: this.#options.now() });
    return stream.random;
  }

  /** A draw that is no fault, such as how long a call takes. */
  draw(kind: string): number {
    return this.#next(kind).random.unit();
  }

  #next(name: string): { readonly random: RandomStream; readonly occasion: number } {
    let kind = this.#kinds.get(name);
    if (kind === undefined) {
      kind = { seed: seedOf(`${this.#options.seed} ${name}`), occasions: 0 };
      this.#kinds.set(name, kind);
    }
    kind.occasions += 1;
    return { random: new RandomStream(kind.seed, kind.occasions), occasion: kind.occasions };
  }
}
