/**
 * The operator: one person, who asks through `control`, asks again under the same request id until there is an answer,
 * and at times sends a request twice. What was answered is in force and on record; what was not may or may not be.
 */
import type { Answered } from '../../functions/src/app/requests/answered.ts';
import type { Refusal } from '../../functions/src/app/requests/refusal.ts';
import type { AuditEntry } from '../../functions/src/schema/records/audit-entry.ts';
import { tradingControl } from '../../functions/src/schema/records/trading-control.ts';
import type { ActRequest } from '../../functions/src/schema/requests/control-request.ts';
import type { TradingState } from '../../functions/src/schema/scalars.ts';
import type { RandomStream } from '../../local/venue/market/random-stream.ts';
import type { SimulatedTime } from '../support/engine/simulated-time.ts';
import type { Chaos } from './chaos.ts';
import { inForceAt, laxer } from './word.ts';
import type { Word } from './word.ts';

const MINUTE_MS = 60_000;
const LONGEST_MS = 30 * MINUTE_MS;
const ASK_AGAIN_MS = 10_000;
const REASON = 'simulation';
const VERBS = { HALTED: 'halt', REDUCING: 'reduce' } as const;

export interface OperatorOptions {
  readonly time: SimulatedTime;
  readonly chaos: Chaos;
  /** One request to `control`; null when it ended without an answer. */
  readonly ask: (request: ActRequest) => Promise<Answered | Refusal | null>;
  readonly symbols: readonly string[];
  /** Whether the engine keeps records at all, and sends orders. */
  readonly mayRecord: boolean;
  readonly mayTrade: boolean;
  readonly violated: (detail: string) => void;
}

export class Operator {
  readonly #options: OperatorOptions;
  readonly #asked = new Map<string, ActRequest>();
  readonly #answered = new Set<string>();
  readonly #disabled = new Map<string, { readonly since: number; readonly untilAt: number }>();
  #word: Word;
  /** Asked for and not answered. */
  #doubt: Word | null = null;
  #words = 0;
  #busy = 0;
  #last: Promise<void> = Promise.resolve();

  constructor(options: OperatorOptions) {
    this.#options = options;
    this.#word = { state: 'ACTIVE', since: options.time.now(), expiresAt: null };
  }

  get isBusy(): boolean {
    return this.#busy > 0;
  }

  /** What is surely in force by a clock that says `asOf`, and since when. */
  inForce(asOf: number): Pick<Word, 'state' | 'since'> {
    const word = inForceAt(this.#word, asOf);
    return this.#doubt === null ? word : laxer(word, inForceAt(this.#doubt, asOf));
  }

  /** Since when entries of the symbol are surely held; null when they may come. */
  disabledSince(symbol: string, asOf: number): number | null {
    const held = this.#disabled.get(symbol);
    return held === undefined || asOf >= held.untilAt ? null : held.since;
  }

  minute(): void {
    const { chaos } = this.#options;
    const [reduce, halt, disable, flatten] = [chaos.strike('operator.reduce'), chaos.strike('operator.halt'), chaos.strike('operator.disable'), chaos.strike('operator.flatten')];
    if (this.isBusy) return;
    if (halt !== null) this.#restrict('HALTED', halt);
    else if (reduce !== null) this.#restrict('REDUCING', reduce);
    if (disable !== null) this.#disable(disable);
    if (flatten !== null) this.#do(() => this.#flatten(flatten.unit() < 0.3 ? null : this.#someSymbol(flatten)));
  }

  /** Takes every restriction back. */
  free(): void {
    this.#words += 1;
    this.#do(() => this.#say('ACTIVE', null));
    for (const symbol of this.#disabled.keys()) this.#do(() => this.#enable(symbol));
  }

  closeEverything(): void {
    this.#do(() => this.#say('REDUCING', null));
    this.#do(() => this.#flatten(null));
  }

  /** What the audit must say of it all. */
  brokenPromises(audits: readonly AuditEntry[]): readonly string[] {
    const kept = new Set(audits.map((entry) => entry.requestId));
    return [
      ...[...this.#answered].filter((id) => !kept.has(id)).map((id) => `request ${id} was answered and is not in the audit`),
      ...audits.filter((entry) => entry.request !== JSON.stringify(this.#asked.get(entry.requestId))).map((entry) => `the audit tells of request ${entry.requestId} as nobody made it`),
    ];
  }

  /** One after the other. */
  #do(act: () => Promise<void>): void {
    this.#busy += 1;
    this.#last = this.#last.then(act).finally(() => {
      this.#busy -= 1;
    });
  }

  #restrict(state: 'HALTED' | 'REDUCING', strike: RandomStream): void {
    const { time } = this.#options;
    const minutes = Math.ceil(((0.1 + strike.unit()) * LONGEST_MS) / MINUTE_MS);
    // Half of them end by themselves, the others when the operator says so.
    const endsByItself = strike.unit() < 0.5;
    this.#do(() => this.#say(state, endsByItself ? minutes : null));
    const word = (this.#words += 1);
    if (endsByItself) return;
    time.later(minutes * MINUTE_MS, () => {
      if (word === this.#words) this.#do(() => this.#say('ACTIVE', null));
    });
  }

  async #say(state: TradingState, minutes: number | null): Promise<void> {
    const { time } = this.#options;
    const expected = minutes === null ? null : time.now();
    this.#doubt = { state, since: time.now(), expiresAt: expected };
    const answer = await this.#settled(state === 'ACTIVE' ? { verb: 'resume', ...this.#newAct() } : { verb: VERBS[state], ...this.#newAct(), minutes });
    this.#doubt = null;
    if (answer === null) return;
    const { expiresAt } = tradingControl.parse(fieldOf(answer.body, 'after'));
    this.#word = { state, since: time.now(), expiresAt };
  }

  #disable(strike: RandomStream): void {
    const { time } = this.#options;
    const symbol = this.#someSymbol(strike);
    const hours = strike.unit() < 0.5 ? 1 : null;
    this.#do(async () => {
      const askedAt = time.now();
      const answer = await this.#settled({ verb: 'disable-symbol', ...this.#newAct(), symbol, hours });
      if (answer === null) return;
      // Counted from before it was asked: by the engine's clock it may end that much earlier.
      this.#disabled.set(symbol, { since: time.now(), untilAt: hours === null ? Infinity : askedAt + hours * 60 * MINUTE_MS - MINUTE_MS });
      if (hours === null) time.later(Math.ceil(strike.unit() * LONGEST_MS), () => this.#do(() => this.#enable(symbol)));
    });
  }

  async #enable(symbol: string): Promise<void> {
    this.#disabled.delete(symbol);
    await this.#settled({ verb: 'enable-symbol', ...this.#newAct(), symbol });
  }

  async #flatten(symbol: string | null): Promise<void> {
    await this.#settled({ verb: 'flatten', ...this.#newAct(), symbol, positionSide: null });
  }

  /** Null when it was refused for a good reason; any other is broken. */
  async #settled(request: ActRequest): Promise<Answered | null> {
    const { ask, time, chaos, violated } = this.#options;
    this.#asked.set(request.requestId, request);
    const first = chaos.strike('operator.twice') === null ? [ask(request)] : [ask(request), ask(request)];
    for (let answers = await Promise.all(first); ; answers = [await ask(request)]) {
      const answered = answers.find((answer): answer is Answered => answer?.kind === 'answered');
      if (answered !== undefined) {
        this.#answered.add(request.requestId);
        return answered;
      }
      const refusal = answers.find((answer): answer is Refusal => answer?.kind === 'refused' && answer.code !== 'rate_limited');
      if (refusal !== undefined) {
        if (!this.#mayRefuse(request, refusal)) violated(`${request.verb} was refused: ${refusal.message}`);
        return null;
      }
      await time.sleep(ASK_AGAIN_MS);
    }
  }

  #mayRefuse(request: ActRequest, { code }: Refusal): boolean {
    const { mayRecord, mayTrade } = this.#options;
    if (!mayRecord) return code === 'records_closed';
    return request.verb === 'flatten' && code === 'conflict' && (!mayTrade || this.#word.state === 'HALTED');
  }

  #newAct(): { readonly requestId: string; readonly reason: string } {
    return { requestId: `request-${this.#asked.size + 1}`, reason: REASON };
  }

  #someSymbol(strike: RandomStream): string {
    const { symbols } = this.#options;
    const symbol = symbols[Math.floor(strike.unit() * symbols.length)];
    if (symbol === undefined) throw new Error('a scenario has symbols');
    return symbol;
  }
}

const fieldOf = (body: unknown, name: string): unknown => (typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined);
