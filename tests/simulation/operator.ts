/** The operator, who now and then restricts trading for a while and lets it go on again. */
import type { MemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../functions/src/schema/records/trading-control.ts';
import type { TradingState } from '../../functions/src/schema/scalars.ts';
import type { SimulatedTime } from '../support/engine/simulated-time.ts';
import type { Chaos } from './chaos.ts';
import { insist } from './insist.ts';

const LONGEST_MS = 30 * 60_000;

export class Operator {
  readonly #store: MemoryStore;
  readonly #time: SimulatedTime;
  #said: { readonly state: TradingState; readonly since: number; readonly expiresAt: number | null };
  #word = 0;

  constructor(store: MemoryStore, time: SimulatedTime) {
    this.#store = store;
    this.#time = time;
    this.#said = { state: 'ACTIVE', since: time.now(), expiresAt: null };
  }

  /** What is in force by a clock that says `asOf`, and since when: a word with an expiry ends by the clock of whoever reads it. */
  inForce(asOf: number): { readonly state: TradingState; readonly since: number } {
    const { state, since, expiresAt } = this.#said;
    return expiresAt !== null && asOf >= expiresAt ? { state: 'ACTIVE', since: expiresAt } : { state, since };
  }

  async minute(chaos: Chaos): Promise<void> {
    const reduce = chaos.strike('operator.reduce');
    const halt = chaos.strike('operator.halt');
    const [strike, state] = halt === null ? [reduce, 'REDUCING' as const] : [halt, 'HALTED' as const];
    if (strike === null) return;
    const endsAt = this.#time.now() + Math.ceil((0.1 + strike.unit()) * LONGEST_MS);
    // Half of them end by themselves, the others when the operator says so.
    await this.say(state, strike.unit() < 0.5 ? endsAt : null);
    const word = this.#word;
    this.#time.later(endsAt - this.#time.now(), () => {
      if (word === this.#word) void this.say('ACTIVE', null);
    });
  }

  async say(state: TradingState, expiresAt: number | null): Promise<void> {
    const now = this.#time.now();
    this.#word += 1;
    this.#said = { state, since: now, expiresAt };
    await insist(this.#store, (writer) => writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, { state, actor: 'operator', reason: 'simulation', changedAt: now, expiresAt }));
  }
}
