/**
 * Why a strategy may not enter although it wants to: what it has under way, what others hold, and how the market moves.
 * How many positions it may hold is the gate's to say, which counts under concurrency too. Exits pass no filter. All
 * filters run; what they say is kept with the decision, or the intent, like vetoes.
 */
import type { Candle } from '../market/market.ts';
import { isEntry } from '../risk/order-reading.ts';
import type { StrategyConfig } from '../../schema/config/strategies-config.ts';
import type { IntentRecord } from '../../schema/records/intent.ts';
import type { OpenExposure, Reservation, RiskState } from '../../schema/records/risk-state.ts';
import type { VetoRecord } from '../../schema/records/verdict.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import { atrRegime, atrRegimeCandles } from './indicators/atr-regime.ts';

/** Closed candles that the filters of a strategy look at. */
export function candlesForFilters({ entryFilters: { atrRegime: regime } }: StrategyConfig): number {
  return regime === null ? 0 : atrRegimeCandles(regime.atrPeriod, regime.lookback);
}

/** Empty when the strategy may enter. */
export function entryRefusals(
  strategy: StrategyConfig,
  symbol: string,
  positionSide: PositionSide,
  candles: readonly Candle[],
  risk: RiskState,
): VetoRecord[] {
  const lines = linesOf(risk);
  const refusals = [
    entryUnderWay(strategy, symbol, risk),
    heldByAnother(strategy, symbol, positionSide, lines),
    wildMarket(strategy, candles),
  ];
  return refusals.filter((found) => found !== null);
}

/**
 * The same look once more, at the records that an entry is approved on: what was decided beside it may have come first.
 * Its strategy held nothing then, so a position that it holds now is another entry's. Empty when the entry may go on.
 */
export function takenSince({ intentId, symbol, positionSide, purpose, signal }: IntentRecord, risk: RiskState): VetoRecord[] {
  if (purpose !== 'open' || signal === null) return [];
  const strategy = { name: signal.strategy };
  const { [intentId]: _own, ...reservations } = risk.reservations;
  const others = { ...risk, reservations };
  const refusals = [entryUnderWay(strategy, symbol, others), heldAlready(strategy, symbol, others), heldByAnother(strategy, symbol, positionSide, linesOf(others))];
  return refusals.filter((found) => found !== null);
}

type Named = Pick<StrategyConfig, 'name'>;

interface Line extends Pick<OpenExposure | Reservation, 'symbol' | 'positionSide' | 'strategy'> {
  readonly path: string;
}

/** What is open and what entries under way will open. */
function linesOf({ exposures, reservations }: RiskState): readonly Line[] {
  const open = Object.entries(exposures).map(([key, line]) => ({ ...line, path: `state/risk:exposures.${key}` }));
  const underWay = Object.values(reservations).filter(({ purpose }) => isEntry(purpose));
  return [...open, ...underWay.map((line) => ({ ...line, path: `state/risk:reservations.${line.intentId}` }))];
}

/** A strategy holds one side of a symbol, by one order: a second signal before the first has ended would double it. */
function entryUnderWay({ name }: Named, symbol: string, { reservations }: RiskState): VetoRecord | null {
  const own = Object.values(reservations).find((line) => line.strategy === name && line.symbol === symbol && isEntry(line.purpose));
  return own === undefined ? null : refusal('entry_under_way', 'state', own.intentId, null, `state/risk:reservations.${own.intentId}`);
}

function heldAlready({ name }: Named, symbol: string, { exposures }: RiskState): VetoRecord | null {
  const own = Object.entries(exposures).find(([, line]) => line.strategy === name && line.symbol === symbol);
  return own === undefined ? null : refusal('held_already', 'state', own[1].positionSide, null, `state/risk:exposures.${own[0]}`);
}

/** One position, one owner: two strategies in the same position would close each other's part of it. */
function heldByAnother({ name }: Named, symbol: string, positionSide: PositionSide, lines: readonly Line[]): VetoRecord | null {
  const other = lines.find((line) => line.symbol === symbol && line.positionSide === positionSide && line.strategy !== name);
  return other === undefined ? null : refusal('held_by_another', 'state', other.strategy, null, other.path);
}

/** Ancestor rule: no entries while the ATR is well above its own median. A regime that cannot be told is no regime. */
function wildMarket({ name, entryFilters: { atrRegime: regime } }: StrategyConfig, candles: readonly Candle[]): VetoRecord | null {
  if (regime === null) return null;
  const path = `strategies.json:strategies.${name}.entryFilters.atrRegime.maxRatio`;
  const ratio = atrRegime(candles, regime.atrPeriod, regime.lookback);
  if (ratio !== null && ratio <= regime.maxRatio) return null;
  return refusal('atr_regime', 'ratio', ratio === null ? null : String(ratio), String(regime.maxRatio), path);
}

function refusal(code: string, unit: string, observed: string | null, limit: string | null, configPath: string): VetoRecord {
  return { code, observed, limit, unit, configPath };
}
