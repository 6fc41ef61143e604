// The simulated exchange: one account, any number of contracts. Commands and market events go in with their times, answers and
// events come out; the same inputs always give the same state. Time only moves forward.
import { applyMarketEvent } from './apply-market-event.ts';
import { COMMANDS, type CommandArguments, type CommandName, type CommandResults } from './commands.ts';
import type { ExchangeEvent } from './exchange-event.ts';
import { type ExchangeSetup, initialState } from './exchange-setup.ts';
import type { ExchangeState } from './exchange-state.ts';
import type { MarketEvent } from './market-event.ts';
import type { MatchingContext } from './matching-context.ts';
import type { Answer } from './rejection.ts';

export type ExchangeListener = (event: ExchangeEvent) => void;

export class Exchange {
  readonly #ctx: MatchingContext;

  private constructor(state: ExchangeState, listener: ExchangeListener) {
    this.#ctx = { state, emit: listener };
  }

  /** `listener` hears every order, trade, algo and income change, in order. */
  static open(setup: ExchangeSetup, listener: ExchangeListener = ignore): Exchange {
    return new Exchange(initialState(setup), listener);
  }

  static restore(snapshot: ExchangeState, listener: ExchangeListener = ignore): Exchange {
    return new Exchange(structuredClone(snapshot), listener);
  }

  /** An independent copy as plain JSON. */
  snapshot(): ExchangeState {
    return structuredClone(this.#ctx.state);
  }

  /** To read from; only commands and market events may change it. */
  get state(): ExchangeState {
    return this.#ctx.state;
  }

  /** Runs a command at `now` (epoch ms); a `now` before the time already reached counts as that time. A refusal changes nothing. */
  execute<Name extends CommandName>(name: Name, argument: CommandArguments[Name], now: number): Answer<CommandResults[Name]> {
    this.#ctx.state.time = Math.max(this.#ctx.state.time, now);
    return structuredClone(COMMANDS[name](this.#ctx, argument));
  }

  /** Throws RangeError for an event older than the time already reached or for a crossed quote. */
  applyMarketEvent(event: MarketEvent): void {
    const { state } = this.#ctx;
    if (event.time < state.time) {
      throw new RangeError(`${event.kind} of ${event.symbol} at ${event.time} is older than the exchange's time ${state.time}: feed events in order`);
    }
    state.time = event.time;
    applyMarketEvent(this.#ctx, event);
  }
}

function ignore(): void {
  // Without a listener the state alone tells what happened.
}
