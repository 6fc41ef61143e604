/** A turn that one holder has at a time; others get it in the order they asked. */
export class Turn {
  #held = false;
  readonly #waiting: (() => void)[] = [];
  #whenIdle: (() => void)[] = [];

  async take(): Promise<void> {
    if (!this.#held) {
      this.#held = true;
      return;
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  pass(): void {
    const next = this.#waiting.shift();
    if (next !== undefined) return next();
    this.#held = false;
    for (const resolve of this.#whenIdle.splice(0)) resolve();
  }

  async idle(): Promise<void> {
    if (this.#held) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }
}
