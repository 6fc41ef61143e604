/** Times of commits: microseconds since 1970, each greater than all before it, however the clock behaves. */
export class CommitClock {
  readonly #nowMs: () => number;
  #last: number;

  /** @param last the greatest time already given out, in microseconds */
  constructor(nowMs: () => number, last: number) {
    this.#nowMs = nowMs;
    this.#last = last;
  }

  /** The time of a new commit. */
  next(): number {
    this.#last = Math.max(this.#last + 1, this.#nowMicros());
    return this.#last;
  }

  /** A time at which everything committed so far is visible, and which no later commit will have. */
  readTime(): number {
    this.#last = Math.max(this.#last, this.#nowMicros());
    return this.#last;
  }

  #nowMicros(): number {
    return Math.floor(this.#nowMs() * 1000);
  }
}
