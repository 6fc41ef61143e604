/** Keeps the first few of many items: those beyond the limit are dropped on the way, so that they cost neither memory nor sorting. */
export class FirstInOrder<T> {
  readonly #compare: (a: T, b: T) => number;
  readonly #limit: number;
  #items: T[] = [];
  /** The last item that is surely kept; what comes after it is not. */
  #bar: T | undefined;

  /** @param limit how many items to keep; may be infinite */
  constructor(compare: (a: T, b: T) => number, limit: number) {
    this.#compare = compare;
    this.#limit = limit;
  }

  add(item: T): void {
    if (this.#bar !== undefined && this.#compare(item, this.#bar) >= 0) return;
    this.#items.push(item);
    // Sorting only when twice the limit has gathered costs O(log limit) for each item.
    if (this.#items.length > 2 * this.#limit + 16) this.#shrink();
  }

  inOrder(): readonly T[] {
    this.#shrink();
    return this.#items;
  }

  #shrink(): void {
    this.#items.sort(this.#compare);
    if (this.#items.length < this.#limit) return;
    this.#items = this.#items.slice(0, this.#limit);
    this.#bar = this.#items.at(-1);
  }
}
