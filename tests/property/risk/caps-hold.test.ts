import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGateInput } from '../../../functions/src/domain/risk/build-gate-input.ts';
import { evaluateGate } from '../../../functions/src/domain/risk/gate.ts';
import type { ProposedOrder } from '../../../functions/src/domain/risk/proposed-order.ts';
import { applyExposure, release, reserve, shrinkReservation } from '../../../functions/src/domain/risk/reservations.ts';
import { noteAttempt, noteTrade } from '../../../functions/src/domain/risk/risk-windows.ts';
import { decimal, text } from '../../../functions/src/domain/money/decimal.ts';
import type { RiskState } from '../../../functions/src/schema/records/risk-state.ts';
import { anInstrument, anOrder, aMark, aQuote, aRiskState, aSnapshot, DEFAULT_LIMITS, NOW, RISK } from '../../unit/domain/risk/scenario.ts';
import { aStrategy } from '../../support/builders/a-strategy.ts';
import { positionSide, sideOf, symbol, SYMBOLS } from './arbitraries.ts';

const NAV_USD = 10_000;
const PRICE = 100;
const TIER: Record<string, string> = { BTCUSDT: 'CORE', ETHUSDT: 'CORE', SOLUSDT: 'SATELLITE' };

const STRATEGIES = ['one', 'two'];
const PLACES_EACH = 2;
/** Fewer than the strategies have together, so that both limits come to bear. */
const PLACES = 3;
const strategies = { strategies: STRATEGIES.map((name) => aStrategy({ name, maxConcurrentPositions: PLACES_EACH })) };

type Event =
  | { readonly kind: 'propose'; readonly symbol: string; readonly positionSide: 'long' | 'short'; readonly lots: number; readonly strategy: string }
  | { readonly kind: 'fill'; readonly which: number; readonly percent: number }
  | { readonly kind: 'end'; readonly which: number };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('propose'), symbol, positionSide, lots: fc.integer({ min: 1, max: 12_000 }), strategy: fc.constantFrom(...STRATEGIES) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fill'), which: fc.nat(20), percent: fc.integer({ min: 1, max: 100 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('end'), which: fc.nat(20) }) },
);

/** Lots of a thousandth as decimal text. */
const qtyOf = (lots: number): string => (lots / 1000).toFixed(3);
const lotsOf = (qty: string): number => Math.round(Number(qty) * 1000);

function propose(risk: RiskState, order: ProposedOrder): RiskState {
  const snapshot = aSnapshot({
    config: { strategies, risk: { maxConcurrentPositions: PLACES, burstLimit: { maxOrders: 30, windowSeconds: 60 }, maxTradesPerSymbolPerHour: 12 } },
    snapshot: {
      risk,
      instrument: anInstrument({ symbol: order.symbol }),
      quote: { kind: 'found', value: aQuote({ symbol: order.symbol }), asOf: NOW },
      mark: { kind: 'found', value: aMark({ symbol: order.symbol }), asOf: NOW },
    },
  });
  if (!evaluateGate(buildGateInput(snapshot, order)).approved) return risk;
  const limits = DEFAULT_LIMITS.forSymbol(order.symbol);
  return noteTrade(noteAttempt(reserve(risk, order, { tier: TIER[order.symbol] ?? '', strategy: order.strategy }, NOW), NOW, limits), order.symbol, NOW, limits);
}

function fill(risk: RiskState, intentId: string, percent: number): RiskState {
  const reservation = risk.reservations[intentId];
  if (reservation === undefined) return risk;
  const lots = Math.max(1, Math.floor((lotsOf(reservation.qty) * percent) / 100));
  const { symbol: of, positionSide: side } = reservation;
  const held = risk.exposures[`${of}-${side}`]?.qty ?? '0';
  const position = {
    symbol: of, positionSide: side, tier: TIER[of] ?? '', strategy: risk.exposures[`${of}-${side}`]?.strategy ?? reservation.strategy, openedAt: NOW, averageEntryPrice: String(PRICE),
    qty: text(decimal(held).plus(qtyOf(lots))),
  };
  return applyExposure(shrinkReservation(risk, intentId, decimal(qtyOf(lots))), position, { price: String(PRICE), filledAt: NOW });
}

const lines = (risk: RiskState) => [...Object.values(risk.exposures), ...Object.values(risk.reservations)];

function step(risk: RiskState, happening: Event, index: number): RiskState {
  if (happening.kind === 'propose') {
    const { symbol: of, positionSide: side, lots, strategy } = happening;
    // One position, one owner, as the entry filters see to it.
    if (lines(risk).some((line) => line.symbol === of && line.positionSide === side && line.strategy !== strategy)) return risk;
    return propose(risk, anOrder({ intentId: `intent-${index}`, symbol: of, positionSide: side, side: sideOf(side, 'open'), qty: qtyOf(lots), price: String(PRICE), leverage: 2, strategy }));
  }
  const open = Object.keys(risk.reservations);
  const intentId = open[happening.which % Math.max(open.length, 1)];
  if (intentId === undefined) return risk;
  return happening.kind === 'fill' ? fill(risk, intentId, happening.percent) : release(risk, intentId);
}

/** Dollars per symbol in whole lots, added up without any code of the gate: one lot is 0.1 dollars here. */
function carriedUsd(risk: RiskState, ofSymbols: readonly string[]): number {
  const own = lines(risk).filter((line) => ofSymbols.includes(line.symbol));
  return (own.reduce((lots, line) => lots + lotsOf(line.qty), 0) * PRICE) / 1000;
}

function expectWithinCaps(risk: RiskState): void {
  expect(carriedUsd(risk, SYMBOLS)).toBeLessThanOrEqual((NAV_USD * RISK.maxGrossExposurePct) / 100);
  for (const one of SYMBOLS) expect(carriedUsd(risk, [one])).toBeLessThanOrEqual((NAV_USD * RISK.maxSymbolExposurePct) / 100);
  for (const [tier, { maxExposurePct }] of Object.entries(RISK.tiers)) {
    expect(carriedUsd(risk, SYMBOLS.filter((one) => TIER[one] === tier))).toBeLessThanOrEqual((NAV_USD * maxExposurePct) / 100);
  }
  const pairsOf = (some: ReturnType<typeof lines>) => new Set(some.map((line) => `${line.symbol}-${line.positionSide}`)).size;
  expect(pairsOf(lines(risk))).toBeLessThanOrEqual(PLACES);
  for (const name of STRATEGIES) expect(pairsOf(lines(risk).filter((line) => line.strategy === name))).toBeLessThanOrEqual(PLACES_EACH);
  for (const trades of Object.values(risk.tradesAtBySymbol)) expect(trades.length).toBeLessThanOrEqual(12);
}

const histories = fc.array(event, { minLength: 5, maxLength: 40 });

describe('approvals with reservations', () => {
  it('never exceed a cap, whatever is proposed, filled or ended in between', () => {
    fc.assert(
      fc.property(histories, (events) => {
        let risk = aRiskState();
        for (const [index, happening] of events.entries()) {
          risk = step(risk, happening, index);
          expectWithinCaps(risk);
        }
        for (const intentId of Object.keys(risk.reservations)) risk = fill(risk, intentId, 100);
        expectWithinCaps(risk);
        expect(risk.reservations).toEqual({});
      }),
      { numRuns: 200 },
    );
  });

  it('come near the caps in such histories, so that exceeding one would show: the tiers hold 45 % of NAV together', () => {
    const carried = fc.sample(histories, { seed: 1, numRuns: 600 }).map((events) => carriedUsd(events.reduce(step, aRiskState()), SYMBOLS));
    expect(Math.max(...carried)).toBeGreaterThan(3000);
  });
});
