/**
 * The world one seed is played in, put together from its scenario: time, store, market and platform, the operator and all
 * others, what is deployed at the time, and those who watch.
 */
import { control } from '../../functions/src/app/control/control.ts';
import type { EngineDeps } from '../../functions/src/app/engine-deps.ts';
import type { Answered } from '../../functions/src/app/requests/answered.ts';
import type { Refusal } from '../../functions/src/app/requests/refusal.ts';
import { createMemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import type { CommitFault, MemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import { createSimulatedVenue } from '../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import { ALL_FLAGS_OFF } from '../../functions/src/schema/feature-flags.ts';
import type { ActRequest } from '../../functions/src/schema/requests/control-request.ts';
import { edited, parsed } from '../unit/config/config-files.ts';
import { SimulatedTime } from '../support/engine/simulated-time.ts';
import { Chaos } from './chaos.ts';
import type { FaultRates } from './chaos.ts';
import { compose, deployed, haveProbed, namespaceOf, turnSecondKey } from './deployment.ts';
import type { Deployed } from './deployment.ts';
import { desk } from './desk.ts';
import { isTrueAlarm } from './invariants/final.ts';
import { OrderWatch } from './invariants/order-watch.ts';
import { laggingVenue } from './lagging-venue.ts';
import { movingMarket } from './moving-market.ts';
import type { MovingMarket } from './moving-market.ts';
import { Operator } from './operator.ts';
import { Others } from './others.ts';
import { Platform } from './platform.ts';
import type { Run } from './run.ts';
import { drawScenario } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { Trace } from './trace.ts';
import type { Invariant, Violation } from './violation.ts';

/** Changes what a run is given, as a fault in the engine would. Made anew for every simulation. */
export type Mutate = () => (deps: EngineDeps) => EngineDeps;

export interface WorldOptions {
  readonly seed: number;
  readonly hours: number;
  /** The only faults that may strike, by key. */
  readonly only?: ReadonlySet<string>;
  /** Rates of these kinds in place of what the seed draws. */
  readonly rates?: FaultRates;
  readonly mutate?: Mutate;
}

export class World {
  readonly scenario: Scenario;
  readonly time: SimulatedTime;
  readonly chaos: Chaos;
  readonly trace: Trace;
  readonly store: MemoryStore;
  readonly market: MovingMarket;
  readonly watch: OrderWatch;
  readonly operator: Operator;
  readonly others: Others;
  readonly platform: Platform;
  readonly #settings: readonly Deployed[];
  readonly mayTrade: boolean;
  #deployed: Deployed;
  #used: Deployed[];
  #violation: Violation | null = null;

  constructor({ seed, hours, only, rates, mutate }: WorldOptions) {
    const drawn = drawScenario(seed, hours);
    const scenario = { ...drawn, rates: { ...drawn.rates, ...rates } };
    this.scenario = scenario;
    this.time = new SimulatedTime(scenario.startAt, () => undefined);
    const now = (): number => this.time.now();
    this.chaos = new Chaos({ seed, rates: scenario.rates, only: only ?? null, now });
    this.trace = new Trace(scenario.startAt, now);
    this.#settings = scenario.settings.map((edits) => deployed(parsed(edited(...edits))));
    const [first] = this.#settings;
    if (first === undefined) throw new Error('a scenario has settings');
    this.#deployed = first;
    this.#used = [first];
    const stamp = { engineVersion: 'simulated', configHash: 'simulated', flags: 'none', runId: () => 'simulated', now };
    this.store = createMemoryStore({ namespace: namespaceOf(scenario.keys), stamp, commitFault: () => this.#commitFault(), rerun: () => this.chaos.strike('store.rerun') !== null });
    this.mayTrade = scenario.keys === 'paper' || scenario.keys === 'prod-both';
    this.operator = new Operator({
      time: this.time,
      chaos: this.chaos,
      symbols: first.config.universe.symbols.map(({ symbol }) => symbol),
      mayRecord: scenario.keys !== 'prod-no-variable',
      mayTrade: this.mayTrade,
      ask: (request) => this.#ask(request),
      violated: (detail) => this.violated('operator', detail),
    });
    this.watch = new OrderWatch({
      state: () => this.market.exchange.state,
      configs: () => this.#used.map(({ config }) => config),
      operator: () => this.operator.inForce(now() + scenario.clockSkewMs),
      disabledSince: (symbol) => this.operator.disabledSince(symbol, now()),
      mayTrade: this.mayTrade,
      violated: (invariant, detail) => this.violated(invariant, detail),
    });
    this.market = movingMarket(scenario, this.chaos, (event) => {
      this.trace.exchange(event);
      this.watch.hear(event);
    });
    this.others = new Others(this.market.exchange, this.chaos);
    const mutated = mutate?.() ?? ((deps: EngineDeps) => deps);
    this.platform = new Platform({
      time: this.time,
      chaos: this.chaos,
      deps: async (run) => mutated(await this.#deps(run)),
      note: (line) => this.trace.note(line),
      failedByBug: (error) => this.violated('noBug', `${error.name}: ${error.message}`),
    });
  }

  /** What is in the store before the engine first runs here. */
  async prepare(): Promise<void> {
    const { keys, startAt } = this.scenario;
    await turnSecondKey(this.store, keys, startAt);
    await haveProbed(this.store, keys, startAt);
  }

  get violation(): Violation | null {
    return this.#violation;
  }

  get isDisturbed(): boolean {
    return Object.keys(this.scenario.rates).length > 0;
  }

  /** The first is the one that counts: what follows may come of it. */
  violated(invariant: Invariant, detail: string): void {
    this.#violation ??= { invariant, detail, at: this.time.now() };
    this.trace.note(`VIOLATION ${invariant}: ${detail}`);
  }

  /** Kills what runs; from now on another of the scenario's settings is in force, chosen by a number from 0 to below 1. */
  redeploy(choice: number): void {
    this.platform.killAll('redeployed');
    const next = this.#settings[Math.floor(choice * this.#settings.length)] ?? this.#deployed;
    this.#deployed = next;
    if (!this.#used.includes(next)) this.#used = [...this.#used, next];
    this.trace.note('redeployed');
  }

  #deps(run: Run): Promise<EngineDeps> {
    const { exchange, candles, advanceTo } = this.market;
    const now = (): number => this.time.now();
    const venue = laggingVenue(createSimulatedVenue({ exchange, clock: this.time, candles }), this.chaos, now);
    return compose(run, this.scenario.keys, this.#deployed, {
      store: this.store,
      bus: this.platform.bus,
      venue,
      clock: this.time,
      skewMs: this.scenario.clockSkewMs,
      flags: { ...ALL_FLAGS_OFF, ...this.scenario.flags },
      chaos: this.chaos,
      arrive: () => {
        advanceTo(now());
        this.watch.note(now());
      },
      note: (line) => this.trace.note(line),
      incident: (kind, summary) => {
        if (!isTrueAlarm(kind, exchange.state, this.isDisturbed)) this.violated('books', `incident ${kind}: ${summary}`);
      },
    });
  }

  /** As the function of that name does for an operator who has proved who they are. */
  async #ask(request: ActRequest): Promise<Answered | Refusal | null> {
    let answer: Answered | Refusal | null = null;
    await this.platform.run(`control ${request.verb}`, async (deps) => {
      answer = await control(desk(deps), { uid: 'operator', name: 'operator', role: 'operator' }, request);
    });
    return answer;
  }

  #commitFault(): CommitFault {
    if (this.chaos.strike('store.failBefore') !== null) return 'failBefore';
    return this.chaos.strike('store.failAfter') === null ? 'none' : 'failAfter';
  }
}
