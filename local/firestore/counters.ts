/** What the server was asked to do, counted as Firestore bills it. */
export interface Counts {
  /** Documents returned (found or missing), skipped by an offset, or sent to listeners; at least one for each query. */
  readonly reads: number;
  readonly writes: number;
  readonly deletes: number;
  /** Calls by RPC name, such as `Commit`. */
  readonly rpcs: Readonly<Record<string, number>>;
}

export class Counters {
  #reads = 0;
  #writes = 0;
  #deletes = 0;
  readonly #rpcs = new Map<string, number>();

  read(documents: number): void {
    this.#reads += documents;
  }

  written(writes: number, deletes: number): void {
    this.#writes += writes;
    this.#deletes += deletes;
  }

  call(name: string): void {
    this.#rpcs.set(name, (this.#rpcs.get(name) ?? 0) + 1);
  }

  counts(): Counts {
    return { reads: this.#reads, writes: this.#writes, deletes: this.#deletes, rpcs: Object.fromEntries(this.#rpcs) };
  }
}
