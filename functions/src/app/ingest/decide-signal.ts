/** Reads what a decision on an outside signal takes, and decides, with the functions of the screener. */
import { decideWish, undecided } from '../../domain/screening/decide.ts';
import type { Decided } from '../../domain/screening/decide.ts';
import { TIMEFRAME_MS } from '../../domain/screening/due-candles.ts';
import { derivedId } from '../../domain/identity/derived-id.ts';
import type { Candle } from '../../domain/market/market.ts';
import { heldBy } from '../../domain/screening/held-by.ts';
import { outsideWish } from '../../domain/screening/outside-wish.ts';
import type { StrategyWish } from '../../domain/screening/strategy.ts';
import { candlesNeeded } from '../../domain/screening/wish-of.ts';
import type { ExternalStrategy } from '../../schema/config/strategies-config.ts';
import { MARKETS } from '../../schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../schema/records/nav-state.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../schema/records/positions-state.ts';
import { RATE_BUDGETS } from '../../schema/records/rate-budget.ts';
import { EMPTY_RISK_STATE, RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../schema/records/symbol-toggles.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../schema/records/venue-settings.ts';
import type { SignalRequest } from '../../schema/requests/signal-request.ts';
import type { EngineDeps } from '../engine-deps.ts';
import { readLearned } from '../screen/read-learned.ts';
import { readMarket } from '../market/read-market.ts';
import { refused } from '../requests/refusal.ts';
import type { Refusal } from '../requests/refusal.ts';

const RETRY_SECONDS = 5;

export interface SignalDecision {
  readonly value: Decided;
  /** What the strategy held in the symbol when it was decided. */
  readonly held: OpenExposure | null;
}

export type DecidedSignal = ({ readonly kind: 'decided' } & SignalDecision) | Refusal;

/** The tick under which the decision is kept. */
export const signalTickId = ({ strategy, id }: SignalRequest): string => `ingest-${derivedId('ingest', strategy, id)}`;

export async function decideSignal(deps: EngineDeps, signal: SignalRequest, strategy: ExternalStrategy): Promise<DecidedSignal> {
  const [records, { learned }] = await deps.step('ingest.read-state', () => Promise.all([readState(deps), readLearned(deps, deps.clock.now())]));
  const risk = records.risk ?? EMPTY_RISK_STATE;
  const held = heldBy(strategy, signal.symbol, risk);
  const wish = outsideWish(strategy, signal, held);
  const source = { ...records, risk, limits: deps.limits, writeGate: deps.orderGate.kind };
  const origin = { strategy, symbol: signal.symbol, at: signal.at, signalId: signal.id };
  if (wish.kind === 'none') {
    return { kind: 'decided', held, value: undecided(origin, source, { outcome: 'noSignal', reason: wish.reason }) };
  }
  const { market, series } = await deps.step('ingest.read-market', () => readAll(deps, signal.symbol, strategy, wish));
  const asOf = deps.clock.now();
  if (series === null || (wish.kind === 'enter' && !isFresh(series, strategy, asOf))) return unreadable('its candles cannot be read');
  const rules = { learned, intel: deps.config.intel };
  const value = decideWish(origin, wish, series, { ...source, ...market, rules, asOf }, signalTickId(signal));
  return value.decision.outcome === 'skipped' ? unreadable(value.decision.reason ?? 'it cannot be read') : { kind: 'decided', held, value };
}

function readState(deps: EngineDeps) {
  return deps.store.get({
    nav: { collection: NAV_STATE, id: NAV_STATE_ID },
    positions: { collection: POSITIONS_STATE, id: POSITIONS_STATE_ID },
    risk: { collection: RISK_STATE, id: RISK_STATE_ID },
    control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID },
    toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID },
    markets: { collection: MARKETS, id: deps.venueName },
    venueSettings: { collection: VENUE_SETTINGS, id: VENUE_SETTINGS_ID },
    venueBudget: { collection: RATE_BUDGETS, id: deps.venueName },
  });
}

/** An exit is not sized, so it waits for no candle. */
async function readAll(deps: EngineDeps, symbol: string, strategy: ExternalStrategy, { kind }: StrategyWish) {
  const [market, candles] = await Promise.all([
    readMarket(deps, { symbol, purpose: kind === 'enter' ? 'open' : 'close' }),
    kind === 'enter' ? deps.venue.candles([symbol], strategy.timeframe, candlesNeeded(strategy)) : null,
  ]);
  if (candles === null) return { market, series: [] };
  const found = candles.kind === 'found' ? candles.value.find((one) => one.symbol === symbol) : undefined;
  return { market, series: found?.candles ?? null };
}

/** The candle that has just closed may be missing for a moment; the one before must be there. */
function isFresh(series: readonly Candle[], { timeframe }: ExternalStrategy, asOf: number): boolean {
  const last = series.at(-1);
  return last !== undefined && asOf - last.closeAt < 2 * TIMEFRAME_MS[timeframe];
}

const unreadable = (reason: string): Refusal => refused('try_again', `the market cannot be judged now: ${reason}`, 'send the same signal again', RETRY_SECONDS);
