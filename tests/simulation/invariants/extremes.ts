const WINDOW_MS = 15 * 60_000;

/** Lowest and highest value of the last quarter of an hour. */
export class Extremes {
  #values: { readonly at: number; readonly value: number }[] = [];

  note(at: number, value: number): void {
    this.#values = [...this.#values.filter((entry) => entry.at >= at - WINDOW_MS), { at, value }];
  }

  get lowest(): number {
    return Math.min(...this.#values.map(({ value }) => value));
  }

  get highest(): number {
    return Math.max(...this.#values.map(({ value }) => value));
  }
}
