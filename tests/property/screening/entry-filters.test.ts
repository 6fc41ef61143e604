/** Any number of strategies on any symbols in one tick, from any account. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRecord } from '../../../functions/src/domain/market/instrument-record.ts';
import type { SnapshotSource } from '../../../functions/src/domain/risk/build-snapshot.ts';
import { decideAll, seriesKey } from '../../../functions/src/domain/screening/decide.ts';
import type { Decisions } from '../../../functions/src/domain/screening/decide.ts';
import type { StrategyConfig } from '../../../functions/src/schema/config/strategies-config.ts';
import type { RiskState } from '../../../functions/src/schema/records/risk-state.ts';
import type { PositionSide } from '../../../functions/src/schema/scalars.ts';
import { aMark, anInstrument, aNav, aPositionsState, aQuote, aRiskState, aVenueSettings, BRACKETS, DEFAULT_LIMITS, holding, limitsOf } from '../../unit/domain/risk/scenario.ts';
import { configured } from '../../unit/domain/screening-strategies/configured.ts';
import { candlesOf, NOW } from '../../unit/domain/screening-strategies/series.ts';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT', 'SOLUSDT'] as const;
const NAMES = ['one', 'two', 'three'] as const;
const ROOMY = { maxConcurrentPositions: 1000, cooldownSeconds: 0, tiers: { CORE: { maxExposurePct: 150 }, SATELLITE: { maxExposurePct: 150 } } };
const CANDLES = candlesOf(Array.from({ length: 30 }, () => 100));
const BOOK = new Map(SYMBOLS.map((symbol) => [seriesKey('5m', symbol), CANDLES]));

const symbol = fc.constantFrom(...SYMBOLS);
const positionSide = fc.constantFrom<PositionSide>('long', 'short');
const owner = fc.constantFrom(...NAMES, null);

interface Line {
  readonly symbol: (typeof SYMBOLS)[number];
  readonly positionSide: PositionSide;
  readonly strategy: string | null;
}

const line: fc.Arbitrary<Line> = fc.record({ symbol, positionSide, strategy: owner });
const account = fc.record({ open: fc.array(line, { maxLength: 3 }), underWay: fc.array(line, { maxLength: 2 }) }).map(({ open, underWay }) =>
  aRiskState(
    holding(
      open.map((one) => ({ ...one, qty: '0.1' })),
      underWay.map((one, index) => ({ ...one, qty: '0.1', intentId: `earlier-${index}`, side: one.positionSide === 'long' ? ('buy' as const) : ('sell' as const) })),
    ),
  ),
);
const strategies = fc.tuple(...NAMES.map((name) => fc.record({ side: positionSide, maxConcurrentPositions: fc.integer({ min: 1, max: 3 }) }).map(({ side, ...rest }) => configured('always_on', { name, params: { side }, ...rest }))));

function sourceOf(risk: RiskState, configs: readonly StrategyConfig[]): SnapshotSource {
  return {
    asOf: NOW,
    limits: limitsOf({ risk: ROOMY, strategies: { strategies: [...configs] } }),
    markets: { positionMode: 'hedge', brackets: BRACKETS, instruments: SYMBOLS.map((name) => toRecord(anInstrument({ symbol: name }))), fetchedAt: NOW },
    quotes: { kind: 'found', value: SYMBOLS.map((name) => aQuote({ symbol: name, at: NOW })), asOf: NOW },
    marks: { kind: 'found', value: SYMBOLS.map((name) => aMark({ symbol: name, at: NOW })), asOf: NOW },
    books: { kind: 'unavailable', cause: 'not read' },
    nav: aNav({ valueAt: NOW }),
    positions: aPositionsState({ valueAt: NOW }),
    venueSettings: aVenueSettings(DEFAULT_LIMITS, { valueAt: NOW }),
    venueBudget: null,
    risk,
    control: null,
    toggles: null,
    writeGate: 'open',
  };
}

const tick = fc.record({ risk: account, configs: strategies, order: fc.shuffledSubarray(NAMES.flatMap((name) => SYMBOLS.map((symbolName) => [name, symbolName] as const))) }).map(({ risk, configs, order }) => {
  const due = order.flatMap(([name, symbolName]) => configs.filter((config) => config.name === name).map((strategy) => ({ strategy, symbol: symbolName, closeAt: NOW, entryBar: null })));
  return { risk, configs, result: decideAll(due, BOOK, sourceOf(risk, configs), 'tick') };
});

const pair = ({ symbol: name, positionSide: side }: Pick<Line, 'symbol' | 'positionSide'> | { symbol: string; positionSide: PositionSide }): string => `${name}-${side}`;
const entriesOf = ({ intents }: Decisions) => intents.filter(({ purpose }) => purpose === 'open').map((intent) => ({ ...intent, strategy: intent.signal?.strategy ?? null }));

/** Held or under way before the tick. */
const linesOf = (risk: RiskState) => [...Object.values(risk.exposures), ...Object.values(risk.reservations)];

describe('the entries of one tick', () => {
  it('never take a strategy above its own number of positions', () => {
    fc.assert(
      fc.property(tick, ({ risk, configs, result }) => {
        for (const { name, maxConcurrentPositions } of configs) {
          const entered = entriesOf(result).filter(({ strategy }) => strategy === name);
          if (entered.length === 0) continue;
          const places = new Set([...linesOf(risk).filter(({ strategy }) => strategy === name), ...entered].map(pair));
          expect(places.size).toBeLessThanOrEqual(maxConcurrentPositions);
        }
      }),
    );
  });

  it('never give a position two owners', () => {
    fc.assert(
      fc.property(tick, ({ risk, result }) => {
        const entries = entriesOf(result);
        expect(new Set(entries.map(pair)).size).toBe(entries.length);
        const taken = new Set(linesOf(risk).map(pair));
        expect(entries.map(pair).filter((place) => taken.has(place))).toEqual([]);
      }),
    );
  });

  it('are as many as an empty account has places for', () => {
    fc.assert(
      fc.property(strategies, (configs) => {
        const due = configs.flatMap((strategy) => SYMBOLS.map((name) => ({ strategy, symbol: name, closeAt: NOW, entryBar: null })));
        const [first] = configs;
        const entered = entriesOf(decideAll(due, BOOK, sourceOf(aRiskState(), configs), 'tick')).filter(({ strategy }) => strategy === first?.name);
        expect(entered.length).toBe(first?.maxConcurrentPositions);
      }),
    );
  });

  it('refused by a filter say which one, what was seen and where the limit stands', () => {
    fc.assert(
      fc.property(tick, ({ result }) => {
        const filtered = result.decisions.filter(({ outcome, vetoes }) => outcome === 'abstained' && vetoes.length > 0);
        expect(filtered.map(({ reason }) => reason)).toEqual(filtered.map(({ vetoes }) => vetoes[0]?.code));
        const paths = filtered.flatMap(({ vetoes }) => vetoes.map(({ configPath }) => configPath));
        expect(paths.filter((path) => !/^(strategies\.json|state\/risk):./.test(path))).toEqual([]);
      }),
    );
  });
});
