// Random numbers without history: the stream for (seed, index) is the same whenever and in whatever order it is asked
// for. The mixing step is the 32-bit finaliser "0x21f0aaad, 0x735a2d97" of C. Wellons' hash-prospector on a Weyl sequence.

const WEYL = 0x9e3779b9;
const UNIT = 2 ** -32;

function mix(value: number): number {
  let z = value;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}

/** 32-bit FNV-1a of the text's UTF-16 units: a seed per (market seed, symbol, purpose). */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mix(hash);
}

export class RandomStream {
  #state: number;

  constructor(seed: number, index: number) {
    this.#state = mix(seed ^ mix(index + WEYL));
  }

  /** Uniform in [0, 1). */
  unit(): number {
    this.#state = (this.#state + WEYL) | 0;
    return mix(this.#state) * UNIT;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit();
  }

  /** Standard normal, by Box and Muller. */
  gaussian(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()));
    return radius * Math.cos(2 * Math.PI * this.unit());
  }
}
