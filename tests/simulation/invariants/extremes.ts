const WINDOW_MS = 15 * 60_000;

interface Entry {
  readonly at: number;
  readonly value: number;
}

/** Lowest and highest value of the last quarter of an hour. */
export class Extremes {
  readonly #rising: Entry[] = [];
  readonly #falling: Entry[] = [];

  note(at: number, value: number): void {
    const entry = { at, value };
    append(this.#rising, entry, (earlier) => earlier >= value);
    append(this.#falling, entry, (earlier) => earlier <= value);
  }

  get lowest(): number {
    return this.#rising[0]?.value ?? Infinity;
  }

  get highest(): number {
    return this.#falling[0]?.value ?? -Infinity;
  }
}

/** What the newest outdoes can never be an extreme again, so the first of what is left is the extreme. */
function append(entries: Entry[], newest: Entry, isOutdone: (earlier: number) => boolean): void {
  for (let last = entries.at(-1); last !== undefined && isOutdone(last.value); last = entries.at(-1)) entries.pop();
  entries.push(newest);
  for (let first = entries[0]; first !== undefined && first.at < newest.at - WINDOW_MS; first = entries[0]) entries.shift();
}
