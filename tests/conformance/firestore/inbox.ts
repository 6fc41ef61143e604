/** Collects what a listener is told, so that a test can wait for it. */
export class Inbox<T> {
  readonly #items: Promise<T>[] = [];
  readonly #takers: ((item: Promise<T>) => void)[] = [];

  readonly accept = (item: T): void => this.#put(Promise.resolve(item));

  readonly fail = (error: Error): void => {
    const failure = Promise.reject(error);
    // A test may never ask for it; that must not end the process.
    failure.catch(() => undefined);
    this.#put(failure);
  };

  #put(item: Promise<T>): void {
    const taker = this.#takers.shift();
    if (taker === undefined) this.#items.push(item);
    else taker(item);
  }

  /** The next item, or the listener's error. */
  next(): Promise<T> {
    return this.#items.shift() ?? new Promise((resolve) => this.#takers.push(resolve));
  }

  /** Items that nobody has asked for yet. */
  get waiting(): number {
    return this.#items.length;
  }
}
