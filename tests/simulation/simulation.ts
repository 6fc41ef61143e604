/**
 * One seed from beginning to end: trading under faults for its time, then faults off and on until nothing is open, the
 * books compared, every position closed while trading is only REDUCING, and the books compared again.
 */
import { control } from '../../functions/src/app/control/control.ts';
import type { EngineDeps } from '../../functions/src/app/engine-deps.ts';
import type { Answered } from '../../functions/src/app/requests/answered.ts';
import type { Refusal } from '../../functions/src/app/requests/refusal.ts';
import { createMemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import type { CommitFault, MemoryStore } from '../../functions/src/adapters/store-memory/memory-store.ts';
import { createSimulatedVenue } from '../../functions/src/adapters/venue-simulated/create-simulated-venue.ts';
import { viewAsset } from '../../functions/src/domain/matching/account-view.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../functions/src/schema/records/nav-state.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../functions/src/schema/records/positions-state.ts';
import { ALL_FLAGS_OFF } from '../../functions/src/schema/feature-flags.ts';
import type { ActRequest } from '../../functions/src/schema/requests/control-request.ts';
import { edited, parsed } from '../unit/config/config-files.ts';
import { SimulatedTime } from '../support/engine/simulated-time.ts';
import { Chaos } from './chaos.ts';
import type { FaultRates, Struck } from './chaos.ts';
import { compose, deployed, haveProbed, namespaceOf, turnSecondKey } from './deployment.ts';
import type { Deployed } from './deployment.ts';
import { desk } from './desk.ts';
import { isTrueAlarm } from './invariants/final.ts';
import { judgement } from './invariants/judgement.ts';
import { OrderWatch } from './invariants/order-watch.ts';
import { untruth } from './invariants/published-state.ts';
import { laggingVenue } from './lagging-venue.ts';
import { movingMarket } from './moving-market.ts';
import type { MovingMarket } from './moving-market.ts';
import { Operator } from './operator.ts';
import { Others } from './others.ts';
import { Platform } from './platform.ts';
import type { Run } from './run.ts';
import { runHash } from './run-hash.ts';
import { drawScenario } from './scenario.ts';
import type { Scenario } from './scenario.ts';
import { Trace } from './trace.ts';
import type { Invariant, Violation } from './violation.ts';

const MINUTE_MS = 60_000;
/** As shipped. */
const LEARN_MS = 15 * MINUTE_MS;
const LEFTOVER_CHECK_MS = 15 * MINUTE_MS;
const QUIET_WITHIN_MINUTES = 60;
const COMPARED_AFTER_MS = 4 * MINUTE_MS;

/** Changes what a run is given, as a fault in the engine would. Made anew for every simulation. */
export type Mutate = () => (deps: EngineDeps) => EngineDeps;

export interface SimulationOptions {
  readonly seed: number;
  readonly hours: number;
  /** The only faults that may strike, by key. */
  readonly only?: ReadonlySet<string>;
  /** Rates of these kinds in place of what the seed draws. */
  readonly rates?: FaultRates;
  readonly mutate?: Mutate;
}

export interface Outcome {
  readonly seed: number;
  readonly scenario: Scenario;
  readonly violation: Violation | null;
  readonly hash: string;
  readonly orders: number;
  readonly trades: number;
  readonly struck: readonly Struck[];
  readonly trace: readonly string[];
}

export async function simulate(options: SimulationOptions): Promise<Outcome> {
  return new Simulation(options).run();
}

class Simulation {
  readonly #scenario: Scenario;
  readonly #time: SimulatedTime;
  readonly #chaos: Chaos;
  readonly #trace: Trace;
  readonly #store: MemoryStore;
  readonly #market: MovingMarket;
  readonly #watch: OrderWatch;
  readonly #operator: Operator;
  readonly #others: Others;
  readonly #platform: Platform;
  readonly #settings: readonly Deployed[];
  readonly #mayTrade: boolean;
  #deployed: Deployed;
  #used: Deployed[];
  #trading = true;
  #violation: Violation | null = null;

  constructor({ seed, hours, only, rates, mutate }: SimulationOptions) {
    const drawn = drawScenario(seed, hours);
    const scenario = { ...drawn, rates: { ...drawn.rates, ...rates } };
    this.#scenario = scenario;
    this.#time = new SimulatedTime(scenario.startAt, () => undefined);
    const now = (): number => this.#time.now();
    this.#chaos = new Chaos({ seed, rates: scenario.rates, only: only ?? null, now });
    this.#trace = new Trace(scenario.startAt, now);
    this.#settings = scenario.settings.map((edits) => deployed(parsed(edited(...edits))));
    const [first] = this.#settings;
    if (first === undefined) throw new Error('a scenario has settings');
    this.#deployed = first;
    this.#used = [first];
    const stamp = { engineVersion: 'simulated', configHash: 'simulated', flags: 'none', runId: () => 'simulated', now };
    this.#store = createMemoryStore({ namespace: namespaceOf(scenario.keys), stamp, commitFault: () => this.#commitFault(), rerun: () => this.#chaos.strike('store.rerun') !== null });
    this.#mayTrade = scenario.keys === 'paper' || scenario.keys === 'prod-both';
    this.#operator = new Operator({
      time: this.#time,
      chaos: this.#chaos,
      symbols: first.config.universe.symbols.map(({ symbol }) => symbol),
      mayRecord: scenario.keys !== 'prod-no-variable',
      mayTrade: this.#mayTrade,
      ask: (request) => this.#ask(request),
      violated: (detail) => this.#violated('operator', detail),
    });
    this.#watch = new OrderWatch({
      state: () => this.#market.exchange.state,
      configs: () => this.#used.map(({ config }) => config),
      operator: () => this.#operator.inForce(now() + scenario.clockSkewMs),
      disabledSince: (symbol) => this.#operator.disabledSince(symbol, now()),
      mayTrade: this.#mayTrade,
      violated: (invariant, detail) => this.#violated(invariant, detail),
    });
    this.#market = movingMarket(scenario, this.#chaos, (event) => {
      this.#trace.exchange(event);
      this.#watch.hear(event);
    });
    this.#others = new Others(this.#market.exchange, this.#chaos);
    const mutated = mutate?.() ?? ((deps: EngineDeps) => deps);
    this.#platform = new Platform({
      time: this.#time,
      chaos: this.#chaos,
      deps: async (run) => mutated(await this.#deps(run)),
      note: (line) => this.#trace.note(line),
      failedByBug: (error) => this.#violated('noBug', `${error.name}: ${error.message}`),
    });
  }

  async run(): Promise<Outcome> {
    const { startAt, minutes, keys, seed } = this.#scenario;
    await turnSecondKey(this.#store, keys, startAt);
    await haveProbed(this.#store, keys, startAt);
    this.#keepMarketMoving();
    this.#keepScheduling();
    await this.#until(startAt + minutes * MINUTE_MS);
    this.#chaos.end();
    this.#market.calm(this.#time.now());
    this.#trading = false;
    this.#operator.free();
    await this.#quiet();
    this.#judge();
    if (this.#mayTrade) await this.#closeEverything();
    const { state } = this.#market.exchange;
    return {
      seed,
      scenario: this.#scenario,
      violation: this.#violation,
      hash: runHash(state, this.#store.dump()),
      orders: Object.keys(state.closedOrders).length + Object.values(state.openOrders).flat().length,
      trades: state.trades.length,
      struck: this.#chaos.struck,
      trace: this.#trace.lines,
    };
  }

  #deps(run: Run): Promise<EngineDeps> {
    const { exchange, candles, advanceTo } = this.#market;
    const now = (): number => this.#time.now();
    const venue = laggingVenue(createSimulatedVenue({ exchange, clock: this.#time, candles }), this.#chaos, now);
    return compose(run, this.#scenario.keys, this.#deployed, {
      store: this.#store,
      bus: this.#platform.bus,
      venue,
      clock: this.#time,
      skewMs: this.#scenario.clockSkewMs,
      flags: { ...ALL_FLAGS_OFF, ...this.#scenario.flags },
      chaos: this.#chaos,
      arrive: () => advanceTo(now()),
      note: (line) => this.#trace.note(line),
      incident: (kind, summary) => {
        if (!isTrueAlarm(kind, exchange.state, this.#isDisturbed)) this.#violated('books', `incident ${kind}: ${summary}`);
      },
    });
  }

  get #isDisturbed(): boolean {
    return Object.keys(this.#scenario.rates).length > 0;
  }

  /** As the function of that name does for an operator who has proved who they are. */
  async #ask(request: ActRequest): Promise<Answered | Refusal | null> {
    let answer: Answered | Refusal | null = null;
    await this.#platform.run(`control ${request.verb}`, async (deps) => {
      answer = await control(desk(deps), { uid: 'operator', name: 'operator', role: 'operator' }, request);
    });
    return answer;
  }

  #commitFault(): CommitFault {
    if (this.#chaos.strike('store.failBefore') !== null) return 'failBefore';
    return this.#chaos.strike('store.failAfter') === null ? 'none' : 'failAfter';
  }

  #violated(invariant: Invariant, detail: string): void {
    this.#violation ??= { invariant, detail, at: this.#time.now() };
    this.#trace.note(`VIOLATION ${invariant}: ${detail}`);
  }

  #keepMarketMoving(): void {
    const look = (): void => {
      const now = this.#time.now();
      this.#market.advanceTo(now);
      this.#time.later(this.#market.nextLookAt(now) - now, look);
    };
    look();
  }

  #keepScheduling(): void {
    const minute = (): void => {
      const now = this.#time.now();
      this.#watch.note(now, Number(viewAsset(this.#market.exchange.state, 'USDT').marginBalance));
      void this.#comparePublished();
      if (this.#trading) {
        this.#redeploy();
        this.#operator.minute();
        this.#others.minute(now);
        this.#platform.tick('screen');
      }
      this.#platform.tick('sync');
      if (now % LEARN_MS === 0) this.#platform.tick('learn');
      this.#time.later(MINUTE_MS, minute);
    };
    this.#watch.note(this.#time.now(), Number(viewAsset(this.#market.exchange.state, 'USDT').marginBalance));
    this.#time.later(MINUTE_MS, minute);
  }

  async #comparePublished(): Promise<void> {
    const { nav, positions } = await this.#store.get({ nav: { collection: NAV_STATE, id: NAV_STATE_ID }, positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID } });
    const found = untruth(nav, positions, this.#market.exchange.state);
    if (found !== null) this.#violated('nav', found);
  }

  #redeploy(): void {
    const redeploy = this.#chaos.strike('redeploy');
    if (redeploy === null) return;
    this.#time.later(Math.floor(redeploy.unit() * MINUTE_MS), () => {
      this.#platform.killAll('redeployed');
      const next = this.#settings[Math.floor(redeploy.unit() * this.#settings.length)] ?? this.#deployed;
      this.#deployed = next;
      if (!this.#used.includes(next)) this.#used = [...this.#used, next];
      this.#trace.note('redeployed');
    });
  }

  async #until(at: number): Promise<void> {
    if (this.#violation === null) await this.#time.runUntil(at, () => this.#violation !== null);
  }

  /** On until nothing is open, and past the quarter of an hour at which sync also looks for what was left behind. */
  async #quiet(): Promise<void> {
    const latest = this.#time.now() + QUIET_WITHIN_MINUTES * MINUTE_MS;
    do await this.#until(this.#time.now() + MINUTE_MS);
    while (this.#violation === null && this.#time.now() < latest && (this.#operator.isBusy || this.#platform.active > 0 || this.#platform.bus.outstanding > 0 || this.#openWork().length > 0));
    const open = this.#openWork();
    if (this.#violation === null && open.length > 0) this.#violated('liveness', `still open ${QUIET_WITHIN_MINUTES} minutes after the last fault: ${open.join(', ')}`);
    const now = this.#time.now();
    await this.#until(now - (now % LEFTOVER_CHECK_MS) + LEFTOVER_CHECK_MS + 3 * MINUTE_MS);
    // An exit may have come of itself meanwhile: sums are compared once income must have been published.
    while (this.#violation === null && this.#time.now() - this.#lastTradeAt() < COMPARED_AFTER_MS) await this.#until(this.#time.now() + MINUTE_MS);
  }

  #lastTradeAt(): number {
    return this.#market.exchange.state.trades.at(-1)?.time ?? 0;
  }

  #openWork(): readonly string[] {
    return [...this.#store.dump()].filter(([path, fields]) => path.includes('/outbox/') && fields['state'] === 'open').map(([path]) => path);
  }

  #judge(): void {
    if (this.#violation !== null) return;
    const findings = judgement(this.#store.dump(), { keys: this.#scenario.keys, venue: this.#market.exchange.state, isDisturbed: this.#isDisturbed, operator: this.#operator });
    for (const [invariant, detail] of findings) this.#violated(invariant, detail);
  }

  /** Invariant 6: an operator flattens all that is open, in REDUCING. */
  async #closeEverything(): Promise<void> {
    if (this.#violation !== null) return;
    this.#operator.closeEverything();
    await this.#quiet();
    if (this.#violation !== null) return;
    const held = Object.entries(this.#market.exchange.state.positions).filter(([, position]) => Number(position.qty) !== 0);
    for (const [key, { qty }] of held) this.#violated('closable', `${key} is still ${qty} after everything was to be closed`);
    this.#judge();
  }
}
