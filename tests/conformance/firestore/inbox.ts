/** Collects what a listener is told, so that a test can wait for it. */
type Told<T> = { readonly item: T } | { readonly error: Error };

export class Inbox<T> {
  readonly #told: Told<T>[] = [];
  #wake: () => void = () => undefined;

  readonly accept = (item: T): void => this.#put({ item });

  readonly fail = (error: Error): void => this.#put({ error });

  #put(told: Told<T>): void {
    this.#told.push(told);
    this.#wake();
  }

  /** The next item. @throws the listener's error when that comes next */
  async next(): Promise<T> {
    const told = this.#told.shift();
    if (told === undefined) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      return await this.next();
    }
    if ('error' in told) throw told.error;
    return told.item;
  }

  /** Items that nobody has asked for yet. */
  get waiting(): number {
    return this.#told.length;
  }
}
