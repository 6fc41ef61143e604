import { describe, expect, it } from 'vitest';
import { toRecord } from '../../../../functions/src/domain/market/instrument-record.ts';
import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { asQty } from '../../../../functions/src/domain/money/units.ts';
import type { SnapshotSource } from '../../../../functions/src/domain/risk/build-snapshot.ts';
import { decideAll, entrySymbols, seriesKey } from '../../../../functions/src/domain/screening/decide.ts';
import type { Decisions } from '../../../../functions/src/domain/screening/decide.ts';
import { NOTHING_LEARNED } from '../../../../functions/src/domain/learning/learned.ts';
import type { Learned } from '../../../../functions/src/domain/learning/learned.ts';
import { intelConfig } from '../../../../functions/src/schema/config/intel-config.ts';
import { intentRecord } from '../../../../functions/src/schema/records/intent.ts';
import { decisionRecord } from '../../../../functions/src/schema/records/tick.ts';
import type { RiskState } from '../../../../functions/src/schema/records/risk-state.ts';
import type { StrategyConfig } from '../../../../functions/src/schema/config/strategies-config.ts';
import { aStrategy, candlesOf } from '../../../support/builders/a-strategy.ts';
import { aScore, anExpectancyState, resultsOf, scoresOf } from '../../../support/builders/learned-records.ts';
import { aMark, aNav, anInstrument, aPositionsState, aQuote, aRiskState, DEFAULT_LIMITS, aVenueSettings, BRACKETS, holding, limitsOf, NOW } from '../risk/scenario.ts';

const SYMBOLS = ['BTCUSDT', 'ETHUSDT'] as const;
const STRETCHED = [100, 100, 100, 96];
const CALM = [96, 104, 100, 100];
const TICK = 'screen-20260115T1200-abcdef';

/** Everything was read; both symbols trade at 100. */
function aSource(changes: Partial<SnapshotSource> = {}): SnapshotSource {
  return {
    asOf: NOW,
    limits: DEFAULT_LIMITS,
    markets: { instruments: SYMBOLS.map((symbol) => toRecord(anInstrument({ symbol }))), positionMode: 'hedge', brackets: BRACKETS, fetchedAt: NOW },
    quotes: { kind: 'found', value: SYMBOLS.map((symbol) => aQuote({ symbol })), asOf: NOW },
    books: { kind: 'unavailable', cause: 'not read' },
    marks: { kind: 'found', value: SYMBOLS.map((symbol) => aMark({ symbol })), asOf: NOW },
    nav: aNav(),
    positions: aPositionsState(),
    venueSettings: aVenueSettings(),
    venueBudget: null,
    risk: aRiskState(),
    control: null,
    toggles: null,
    writeGate: 'open',
    ...changes,
  };
}

interface Given {
  readonly symbols?: readonly string[];
  readonly strategy?: StrategyConfig;
  readonly closes?: readonly number[];
  readonly lastCloseAt?: number;
  readonly source?: Partial<SnapshotSource>;
  readonly entryBar?: string | null;
}

function decided({ symbols = ['BTCUSDT'], strategy = aStrategy(), closes = STRETCHED, lastCloseAt = NOW, source = {}, entryBar = null }: Given = {}): Decisions {
  const candles = new Map(SYMBOLS.map((symbol) => [seriesKey('5m', symbol), candlesOf(closes, lastCloseAt)]));
  const due = symbols.map((symbol) => ({ strategy, symbol, closeAt: NOW, entryBar }));
  const result = decideAll(due, candles, aSource(source), TICK);
  for (const decision of result.decisions) expect(decisionRecord.parse(decision)).toEqual(decision);
  for (const intent of result.intents) expect(intentRecord.parse(intent)).toEqual(intent);
  return result;
}

const own = { strategy: 'zscore-5m', qty: '5' } as const;

describe('decideAll on an entry', () => {
  // 25 bps of 10,000 over an ATR of 3 % of the price: 833.33 dollars.
  it('turns a signal into a sized intent with all that led to it', () => {
    const { decisions, intents } = decided();
    expect(intents).toHaveLength(1);
    expect(intents[0]).toMatchObject({
      tickId: TICK, symbol: 'BTCUSDT', tier: 'CORE', side: 'buy', positionSide: 'long', purpose: 'open', status: 'pending', qty: '8.333', referencePrice: '100.01',
      leverage: 3, createdAt: NOW, expiresAt: NOW + 120_000, signal: { strategy: 'zscore-5m', candleCloseAt: NOW, action: 'enter', indicator: 'z', threshold: -1.5 },
    });
    expect(decisions).toEqual([expect.objectContaining({ outcome: 'intent', reason: null, intentId: intents[0]?.intentId, sizing: intents[0]?.sizing })]);
  });

  it('sells at the bid to go short', () => {
    expect(decided({ closes: [100, 100, 100, 104] }).intents[0]).toMatchObject({ side: 'sell', positionSide: 'short', referencePrice: '99.99' });
  });

  it('decides the same again for the same candle, under the same id', () => {
    expect(decided()).toEqual(decided());
  });

  it.each<[string, Given, string, string]>([
    ['skips a candle that could not be read', { symbols: ['SOLUSDT'] }, 'skipped', 'the candle that closed could not be read'],
    ['skips a series that ends before the candle', { lastCloseAt: NOW - 300_000 }, 'skipped', 'the candle that closed could not be read'],
    ['skips a series that runs beyond the candle', { lastCloseAt: NOW + 300_000 }, 'skipped', 'the candle that closed could not be read'],
    ['says what the strategy said', { closes: CALM }, 'noSignal', 'close is not stretched'],
    ['skips while there is no quote', { source: { quotes: { kind: 'unavailable', cause: 'timeout' } } }, 'skipped', 'no quote: timeout'],
    ['abstains where there is no size', { source: { nav: null } }, 'abstained', 'nav_unavailable'],
    ['abstains where an entry filter refuses', { source: { risk: aRiskState(holding([{ strategy: 'other' }])) } }, 'abstained', 'held_by_another'],
  ])('%s', (_title, given, outcome, reason) => {
    const { decisions, intents } = decided(given);
    expect([decisions[0]?.outcome, decisions[0]?.reason, intents]).toEqual([outcome, reason, []]);
  });

  it('keeps the whole veto stack and the size that was refused', () => {
    const nav = aNav({ valueAt: NOW - 3_600_000 });
    const { decisions, intents } = decided({ source: { nav, writeGate: 'closed' } });
    expect(intents).toEqual([]);
    expect(decisions[0]).toMatchObject({ outcome: 'vetoed', positionSide: 'long', sizing: { finalUsd: expect.any(String) } });
    expect(decisions[0]?.vetoes.map(({ code }) => code)).toEqual(expect.arrayContaining(['nav_stale', 'write_gate_closed']));
    expect(decisions[0]?.reason).toBe(decisions[0]?.vetoes[0]?.code);
  });
});

describe('decideAll on several candles of one tick', () => {
  const strategy = aStrategy({ symbols: [...SYMBOLS] });

  it.each([
    [SYMBOLS, 'BTCUSDT'],
    [SYMBOLS.toReversed(), 'ETHUSDT'],
  ])('lets only as many enter as there are places, in the order of %j', (symbols, winner) => {
    const { decisions, intents } = decided({ symbols, strategy, source: { limits: limitsOf({ risk: { maxConcurrentPositions: 1 } }) } });
    expect(intents.map(({ symbol }) => symbol)).toEqual([winner]);
    expect(decisions.map(({ outcome, reason }) => [outcome, reason])).toEqual([['intent', null], ['vetoed', 'max_concurrent']]);
  });

  it('gives a later entry only the room that earlier ones have left', () => {
    const limits = limitsOf({ risk: { tiers: { CORE: { maxExposurePct: 12 }, SATELLITE: { maxExposurePct: 12 } } } });
    const { intents } = decided({ symbols: SYMBOLS, strategy, source: { limits } });
    expect(intents.map(({ sizing }) => sizing?.clamps.some(({ name }) => name === 'tier_cap'))).toEqual([false, true]);
    // 1,200 dollars less 8.333 at the ask, at the dearest price that the collar allows.
    expect(intents.map(({ qty }) => qty)).toEqual(['8.333', '3.629']);
  });

  it('does not let what was vetoed or skipped take any room', () => {
    const alone = decided({ symbols: ['ETHUSDT'], strategy });
    const after = decided({ symbols: ['SOLUSDT', 'ETHUSDT'], strategy });
    expect(after.intents).toEqual(alone.intents);
  });

  it('does not enter the same symbol twice for two strategies', () => {
    const candles = new Map([[seriesKey('5m', 'BTCUSDT'), candlesOf(STRETCHED, NOW)]]);
    const due = [aStrategy(), aStrategy({ name: 'other' })].map((of) => ({ strategy: of, symbol: 'BTCUSDT', closeAt: NOW, entryBar: null }));
    expect(decideAll(due, candles, aSource(), TICK).decisions.map(({ outcome }) => outcome)).toEqual(['intent', 'abstained']);
  });
});

describe('entrySymbols', () => {
  const due = SYMBOLS.map((symbol) => ({ strategy: aStrategy(), symbol, closeAt: NOW, entryBar: null }));
  const book = new Map([[seriesKey('5m', 'BTCUSDT'), candlesOf(STRETCHED, NOW)], [seriesKey('5m', 'ETHUSDT'), candlesOf(STRETCHED.map(() => 100), NOW)]]);

  it('are those that a strategy wants to enter and may: each costs a call', () => {
    expect(entrySymbols(due, book, aRiskState())).toEqual(['BTCUSDT']);
    expect(entrySymbols(due, book, aRiskState(holding([], [{ strategy: 'zscore-5m' }])))).toEqual([]);
    expect(entrySymbols(due.map((candle) => ({ ...candle, entryBar: 'the strategy is not enabled' })), book, aRiskState())).toEqual([]);
  });
});

describe('decideAll where config lets the strategy enter nothing more', () => {
  const entryBar = 'the strategy is not enabled';

  it('closes on the signal of the strategy as ever', () => {
    const { decisions, intents, flips } = decided({ entryBar, closes: CALM, source: { risk: aRiskState(holding([own])) } });
    expect([intents.map(({ purpose, qty }) => [purpose, qty]), flips, decisions[0]?.outcome, decisions[0]?.reason]).toEqual([[['close', '5']], [], 'intent', null]);
  });

  it('closes for the other side without opening it, and says why', () => {
    const short = { ...own, positionSide: 'short' } as const;
    const given = { strategy: aStrategy({ flip: 'saga', params: { lookback: 4, entryZ: 1.5, exitZ: 0.5 } }), source: { risk: aRiskState(holding([short])) } };
    expect(decided(given).flips).toHaveLength(1);
    const { decisions, intents, flips } = decided({ ...given, entryBar });
    expect([intents.map(({ purpose, positionSide }) => [purpose, positionSide]), flips]).toEqual([[['close', 'short']], []]);
    expect(decisions[0]).toMatchObject({ outcome: 'intent', reason: `no flip: ${entryBar}`, signal: { action: 'exit' } });
  });

  it('enters nothing, and says why', () => {
    const { decisions, intents } = decided({ entryBar });
    expect(intents).toEqual([]);
    expect(decisions[0]).toMatchObject({ outcome: 'abstained', reason: entryBar, positionSide: 'long', signal: { action: 'enter' } });
  });
});

const leaning = (bidQty: string, askQty: string): Partial<SnapshotSource> => ({
  quotes: { kind: 'found', value: [aQuote({ bidQty: asQty(decimal(bidQty)), askQty: asQty(decimal(askQty)) })], asOf: NOW },
});

describe('decideAll on the order book', () => {
  // The signal buys: 0.5 of the book in its favour is what config calls aligned.
  it.each([
    ['aligned at the threshold', leaning('3', '1'), true],
    ['not aligned below it', leaning('2.9', '1'), false],
    ['not aligned when against', leaning('1', '1.5'), false],
    ['unknown when nothing is displayed', leaning('0', '0'), null],
  ])('marks a decision as %s', (_title, source, expected) => {
    expect(decided({ source }).decisions[0]?.bookAligned).toBe(expected);
  });
});

const exiting = (risk: Partial<RiskState>, source: Partial<SnapshotSource> = {}): Decisions =>
  decided({ closes: CALM, source: { risk: aRiskState(risk), ...source } });

describe('decideAll on an exit', () => {
  it('closes all that is held, at the touch', () => {
    const { intents } = exiting(holding([own]));
    expect(intents[0]).toMatchObject({ purpose: 'close', side: 'sell', positionSide: 'long', qty: '5', referencePrice: '99.99', sizing: null });
  });

  it('buys a short back', () => {
    expect(exiting(holding([{ ...own, positionSide: 'short' }])).intents[0]).toMatchObject({ purpose: 'close', side: 'buy', positionSide: 'short', referencePrice: '100.01' });
  });

  it('leaves out what another exit is closing already', () => {
    const pending = { intentId: 'stop', purpose: 'close', side: 'sell', qty: '2' } as const;
    expect(exiting(holding([own], [pending])).intents[0]?.qty).toBe('3');
    expect(exiting(holding([own], [{ ...pending, qty: '5' }])).decisions[0]).toMatchObject({ outcome: 'abstained', reason: 'the position is being closed already' });
  });

  it('does not close what another strategy holds', () => {
    expect(exiting(holding([{ ...own, strategy: 'other' }])).intents).toEqual([]);
  });

  it('goes through without NAV, in drawdown, without places and while trading is reducing', () => {
    const risk = holding([own]);
    const control = { state: 'REDUCING', reason: 'test', actor: 'test', changedAt: NOW, expiresAt: null } as const;
    const blind = { nav: null, positions: aPositionsState({ health: 'unavailable' }), limits: limitsOf({ risk: { maxConcurrentPositions: 1 } }) };
    for (const source of [blind, { nav: aNav({ drawdownPct: '99' }) }, { control }]) expect(exiting(risk, source).intents).toHaveLength(1);
  });

  it('stays due while there is no quote to price it by', () => {
    const { decisions } = exiting(holding([own]), { quotes: { kind: 'unavailable', cause: 'timeout' } });
    expect(decisions[0]).toMatchObject({ outcome: 'skipped', reason: 'no quote: timeout', positionSide: 'long', signal: { action: 'exit' } });
  });

  it('frees no room for entries of the same tick before it has filled', () => {
    const limits = limitsOf({ risk: { maxConcurrentPositions: 1 } });
    const candles = new Map([[seriesKey('5m', 'BTCUSDT'), candlesOf(CALM, NOW)], [seriesKey('5m', 'ETHUSDT'), candlesOf(STRETCHED, NOW)]]);
    const due = SYMBOLS.map((symbol) => ({ strategy: aStrategy(), symbol, closeAt: NOW, entryBar: null }));
    const { decisions } = decideAll(due, candles, aSource({ limits, risk: aRiskState(holding([own])) }), TICK);
    expect(decisions.map(({ outcome, reason }) => [outcome, reason])).toEqual([['intent', null], ['vetoed', 'max_concurrent']]);
  });
});

const rules = (learned: Partial<Learned>) => ({ learned: { ...NOTHING_LEARNED, ...learned }, intel: intelConfig.parse({}) });
const losing = (trades: number) => anExpectancyState({ bySymbol: { BTCUSDT: resultsOf(trades, -1) }, byHourUtc: { '12': resultsOf(trades, -1), '11': resultsOf(trades, -100) } });

describe('what was learned', () => {
  const filtered = aStrategy({ entryFilters: { atrRegime: null, expectancy: { minSymbolBps: 0, minHourBps: -5 } } });
  const decide = (learned: Partial<Learned>, strategy: StrategyConfig = filtered, risk = aRiskState()) => {
    const closes = Object.keys(risk.exposures).length > 0 ? CALM : STRETCHED;
    const candles = new Map([[seriesKey('5m', 'BTCUSDT'), candlesOf(closes, NOW)]]);
    return decideAll([{ strategy, symbol: 'BTCUSDT', closeAt: NOW, entryBar: null }], candles, aSource({ risk }), TICK, rules(learned));
  };

  it('keeps a strategy out of a symbol and an hour that have lost, with what was seen and where the limit is', () => {
    const { decisions, intents } = decide({ expectancy: losing(200) });
    expect(intents).toEqual([]);
    expect(decisions).toMatchObject([{ outcome: 'abstained', reason: 'expectancy_symbol' }]);
    expect(decisions[0]?.vetoes).toEqual([
      { code: 'expectancy_symbol', observed: '-10.0000', limit: '0', unit: 'bps', configPath: 'strategies.json:zscore-5m.entryFilters.expectancy.minSymbolBps' },
      { code: 'expectancy_hour', observed: '-10.0000', limit: '-5', unit: 'bps', configPath: 'strategies.json:zscore-5m.entryFilters.expectancy.minHourBps' },
    ]);
  });

  it.each<[string, Partial<Learned>, StrategyConfig]>([
    ['of 199 trades', { expectancy: losing(199) }, filtered],
    ['of nothing', {}, filtered],
    ['that this strategy does not look at', { expectancy: losing(200) }, aStrategy()],
  ])('keeps no strategy out by a record %s', (_, learned, strategy) => {
    expect(decide(learned, strategy).intents).toHaveLength(1);
  });

  it('lets in what stands exactly at the limit', () => {
    const even = anExpectancyState({ bySymbol: { BTCUSDT: resultsOf(200, 0) }, byHourUtc: { '12': resultsOf(200, -0.5) } });
    expect(decide({ expectancy: even }).intents).toHaveLength(1);
  });

  it('sizes an entry by its score, and says so in the intent', () => {
    const [plain] = decide({}).intents;
    const [scored] = decide({ scores: scoresOf({ BTCUSDT: aScore({ sizeFactor: 0.6 }) }) }).intents;
    expect([plain?.qty, scored?.qty]).toEqual(['8.333', '4.999']);
    expect([plain?.sizing?.multipliers, scored?.sizing?.multipliers]).toMatchObject([[], [{ name: 'symbol_score', factor: 0.6, samples: 250 }]]);
  });

  it('never touches an exit', () => {
    const scores = scoresOf({ BTCUSDT: aScore({ sizeFactor: 0.5 }) });
    const { intents } = decide({ expectancy: losing(200), scores }, filtered, aRiskState(holding([own])));
    expect(intents).toMatchObject([{ purpose: 'close', qty: '5', sizing: null }]);
  });
});
