// The exchange in its market: before anything is asked of it, every market event up to now has been applied. Commands are journaled
// when accepted, so that a restart reaches the same state.
import type { CommandArguments, CommandName, CommandResults } from '../../functions/src/domain/matching/commands.ts';
import { Exchange } from '../../functions/src/domain/matching/exchange.ts';
import { symbolsAtStake } from '../../functions/src/domain/matching/symbols-at-stake.ts';
import type { ExchangeSetup } from '../../functions/src/domain/matching/exchange-setup.ts';
import type { Answer } from '../../functions/src/domain/matching/rejection.ts';
import { Journal, type JournaledCommand } from './journal.ts';
import type { MarketFeed } from './market/market-feed.ts';

export type AccountSetup = Omit<ExchangeSetup, 'time' | 'instruments'>;

const COMMANDS_PER_SNAPSHOT = 500;

export class VenueEngine {
  readonly feed: MarketFeed;
  readonly exchange: Exchange;
  readonly #clock: () => number;
  readonly #journal: Journal | null;
  #reached: number;
  #sinceSnapshot = 0;

  /** With a data file the account continues where the file left it and `account` is used for a new file only. */
  constructor(feed: MarketFeed, clock: () => number, account: AccountSetup, dataFile: string | null) {
    this.feed = feed;
    this.#clock = clock;
    this.#journal = dataFile === null ? null : new Journal(dataFile);
    const stored = this.#journal?.snapshot() ?? null;
    this.exchange =
      stored === null
        ? Exchange.open({ ...account, time: feed.startTime - 1, instruments: feed.instruments })
        : Exchange.restore(stored);
    this.#reached = this.exchange.state.time;
    if (stored === null) this.#journal?.compact(this.exchange.state);
    for (const command of this.#journal?.commands() ?? []) this.#replay(command);
  }

  /** Applies the market up to the clock, or stays where it is when the clock is behind. Throws RangeError before the feed begins. */
  advance(): number {
    const now = Math.max(this.#clock(), this.#reached);
    if (now < this.feed.startTime) {
      throw new RangeError(`the venue's clock is at ${now}, before its market data begin at ${this.feed.startTime}: start the clock later`);
    }
    this.advanceTo(now);
    return now;
  }

  /** Applies the market up to `time`; an earlier time changes nothing. */
  advanceTo(time: number): void {
    if (time <= this.#reached) return;
    const held = new Set(symbolsAtStake(this.exchange.state));
    for (const event of this.feed.events(this.#reached, time, (symbol) => held.has(symbol))) this.exchange.applyMarketEvent(event);
    this.#reached = time;
  }

  execute<Name extends CommandName>(name: Name, argument: CommandArguments[Name]): Answer<CommandResults[Name]> {
    const now = this.advance();
    const answer = this.exchange.execute(name, argument, now);
    if (answer.ok) this.#record({ name, argument, now });
    return answer;
  }

  close(): void {
    this.#journal?.close();
  }

  #record(command: JournaledCommand): void {
    if (this.#journal === null) return;
    this.#journal.append(command);
    this.#sinceSnapshot += 1;
    if (this.#sinceSnapshot < COMMANDS_PER_SNAPSHOT) return;
    this.#journal.compact(this.exchange.state);
    this.#sinceSnapshot = 0;
  }

  #replay<Name extends CommandName>({ name, argument, now }: JournaledCommand<Name>): void {
    this.advanceTo(now);
    const answer = this.exchange.execute(name, argument, now);
    if (!answer.ok) {
      throw new Error(`the journal's ${name} at ${now} is now refused with ${answer.code} (${answer.message}): was the market feed changed?`);
    }
  }
}
