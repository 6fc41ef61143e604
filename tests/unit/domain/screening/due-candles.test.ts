import { describe, expect, it } from 'vitest';
import { dueCandles, TIMEFRAME_MS } from '../../../../functions/src/domain/screening/due-candles.ts';
import { universeConfig } from '../../../../functions/src/schema/config/universe-config.ts';
import type { Timeframe } from '../../../../functions/src/schema/scalars.ts';
import { aStrategy } from '../../../support/builders/a-strategy.ts';
import { aRiskState, holding, NOW, UNIVERSE } from '../risk/scenario.ts';

const MINUTE = 60_000;
const NOTHING = { decidedCandleAt: {} };

function due(strategies: Parameters<typeof dueCandles>[0], at: number, state = NOTHING, universe = UNIVERSE, risk = aRiskState()): string[] {
  return dueCandles(strategies, universe, state, risk, at).map(({ strategy, symbol, closeAt }) => `${strategy.name} ${symbol} ${new Date(closeAt).toISOString().slice(11, 16)}`);
}

const universeWith = (entries: readonly object[]) => universeConfig.parse({ symbols: entries });

describe('dueCandles', () => {
  it.each<[Timeframe, number, string]>([
    ['1m', NOW, '12:00'],
    ['5m', NOW, '12:00'],
    ['5m', NOW + 4 * MINUTE, '12:00'],
    ['15m', NOW + 14 * MINUTE, '12:00'],
    ['15m', NOW - 1, '11:45'],
    ['1h', NOW + 59 * MINUTE, '12:00'],
    ['4h', NOW + 3 * 60 * MINUTE, '12:00'],
    ['4h', NOW - 1, '08:00'],
  ])('takes the newest %s candle that has closed by the scheduled time', (timeframe, at, closed) => {
    expect(due([aStrategy({ timeframe })], at)).toEqual([`zscore-5m BTCUSDT ${closed}`]);
    expect(NOW % TIMEFRAME_MS[timeframe]).toBe(0);
  });

  it('has nothing due once the candle has been decided, until the next one closes', () => {
    const decided = { decidedCandleAt: { 'zscore-5m-BTCUSDT': NOW } };
    expect(due([aStrategy()], NOW, decided)).toEqual([]);
    expect(due([aStrategy()], NOW + 4 * MINUTE, decided)).toEqual([]);
    expect(due([aStrategy()], NOW + 5 * MINUTE, decided)).toEqual(['zscore-5m BTCUSDT 12:05']);
  });

  it('decides only the newest candle after a pause', () => {
    expect(due([aStrategy()], NOW, { decidedCandleAt: { 'zscore-5m-BTCUSDT': NOW - 60 * MINUTE } })).toEqual(['zscore-5m BTCUSDT 12:00']);
  });

  it('does not go back when a late schedule is delivered', () => {
    expect(due([aStrategy()], NOW - 10 * MINUTE, { decidedCandleAt: { 'zscore-5m-BTCUSDT': NOW } })).toEqual([]);
  });

  it('keeps strategies and symbols apart', () => {
    const strategies = [aStrategy({ symbols: ['BTCUSDT', 'ETHUSDT'] }), aStrategy({ name: 'other', symbols: ['BTCUSDT'] })];
    expect(due(strategies, NOW, { decidedCandleAt: { 'zscore-5m-BTCUSDT': NOW } })).toEqual(['zscore-5m ETHUSDT 12:00', 'other BTCUSDT 12:00']);
  });

  it('screens all enabled symbols where a strategy names none', () => {
    expect(due([aStrategy({ symbols: 'all' })], NOW)).toEqual(['BTCUSDT', 'ETHUSDT', 'SOLUSDT'].map((symbol) => `zscore-5m ${symbol} 12:00`));
  });

  it('leaves out disabled strategies, disabled symbols and symbols outside the universe', () => {
    const universe = universeConfig.parse({
      symbols: UNIVERSE.symbols.map((entry) => ({ ...entry, enabled: entry.symbol !== 'ETHUSDT' })),
    });
    const strategies = [aStrategy({ symbols: ['ETHUSDT', 'DOGEUSDT', 'SOLUSDT'] }), aStrategy({ name: 'off', enabled: false })];
    expect(due(strategies, NOW, NOTHING, universe)).toEqual(['zscore-5m SOLUSDT 12:00']);
    expect(due([aStrategy({ symbols: 'all' })], NOW, NOTHING, universe)).toHaveLength(2);
  });

  describe('of what a strategy holds where it may enter nothing more', () => {
    const held = aRiskState(holding([{ strategy: 'zscore-5m' }]));
    const bars = (changes: Parameters<typeof aStrategy>[0], universe = UNIVERSE, risk = held) =>
      dueCandles([aStrategy(changes)], universe, NOTHING, risk, NOW).map(({ symbol, entryBar }) => [symbol, entryBar]);
    const disabled = universeWith(UNIVERSE.symbols.map((entry) => ({ ...entry, enabled: entry.symbol !== 'BTCUSDT' })));
    const gone = universeWith(UNIVERSE.symbols.filter(({ symbol }) => symbol !== 'BTCUSDT'));

    it.each<[string, Parameters<typeof aStrategy>[0], typeof UNIVERSE, readonly (readonly [string, string | null])[]]>([
      ['a disabled symbol', {}, disabled, [['BTCUSDT', 'the symbol is not enabled in the universe']]],
      ['a symbol that left the universe', { symbols: 'all' }, gone, [['ETHUSDT', null], ['SOLUSDT', null], ['BTCUSDT', 'the symbol is not enabled in the universe']]],
      ['a symbol that left its list', { symbols: ['ETHUSDT'] }, UNIVERSE, [['ETHUSDT', null], ['BTCUSDT', 'the strategy does not trade the symbol']]],
      ['a disabled strategy', { enabled: false, symbols: 'all' }, UNIVERSE, [['BTCUSDT', 'the strategy is not enabled']]],
      ['a symbol that it may enter', {}, UNIVERSE, [['BTCUSDT', null]]],
    ])('has the candles of %s, and says whether it may enter', (_title, changes, universe, expected) => {
      expect(bars(changes, universe)).toEqual(expected);
    });

    it('has nothing due once it is closed, or while others hold it', () => {
      expect(bars({ enabled: false }, UNIVERSE, aRiskState())).toEqual([]);
      expect(bars({ enabled: false }, UNIVERSE, aRiskState(holding([{ strategy: 'other' }, { symbol: 'ETHUSDT', strategy: null }])))).toEqual([]);
    });

    it('has each candle once', () => {
      expect(due([aStrategy({ enabled: false })], NOW, { decidedCandleAt: { 'zscore-5m-BTCUSDT': NOW } }, UNIVERSE, held)).toEqual([]);
    });
  });
});
