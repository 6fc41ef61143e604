import { describe, expect, it } from 'vitest';
import { entryRefusals, takenSince } from '../../../../functions/src/domain/screening/entry-filters.ts';
import type { Candle } from '../../../../functions/src/domain/market/market.ts';
import type { StrategyConfig } from '../../../../functions/src/schema/config/strategies-config.ts';
import type { OpenExposure, Reservation } from '../../../../functions/src/schema/records/risk-state.ts';
import type { IntentRecord } from '../../../../functions/src/schema/records/intent.ts';
import { vetoRecord } from '../../../../functions/src/schema/records/verdict.ts';
import type { VetoRecord } from '../../../../functions/src/schema/records/verdict.ts';
import { anIntent } from '../../../support/builders/an-intent.ts';
import { aRiskState, holding } from '../risk/scenario.ts';
import { configured } from './configured.ts';
import { candlesOf } from './series.ts';

const MINE = 'always-on-5m';
const OTHER = 'zscore-5m';

interface Situation {
  readonly strategy?: StrategyConfig;
  readonly open?: readonly Partial<OpenExposure>[];
  readonly underWay?: readonly Partial<Reservation>[];
  readonly candles?: readonly Candle[];
}

/** The strategy wants to enter BTCUSDT long. */
function refusals({ strategy = configured('always_on'), open = [], underWay = [], candles = [] }: Situation): VetoRecord[] {
  const found = entryRefusals(strategy, 'BTCUSDT', 'long', candles, aRiskState(holding(open, underWay)));
  return found.map((refusal) => vetoRecord.parse(refusal));
}

const codes = (situation: Situation): string[] => refusals(situation).map(({ code }) => code);

describe('a strategy may enter', () => {
  it.each<readonly [string, Situation]>([
    ['an empty account', {}],
    ['while another holds the other side', { open: [{ strategy: OTHER, positionSide: 'short' }] }],
    ['while another holds another symbol', { open: [{ strategy: OTHER, symbol: 'ETHUSDT' }] }],
    ['while an exit of another is under way on the same side', { underWay: [{ strategy: OTHER, purpose: 'close', side: 'sell' }] }],
    ['while its own entry into another symbol is under way', { underWay: [{ strategy: MINE, symbol: 'ETHUSDT' }] }],
  ])('%s', (_title, situation) => {
    expect(codes(situation)).toEqual([]);
  });
});

describe('one position has one owner:', () => {
  it('a position of another strategy on the same side refuses the entry and is named', () => {
    expect(refusals({ open: [{ strategy: OTHER }] })).toEqual([
      { code: 'held_by_another', unit: 'state', observed: OTHER, limit: null, configPath: 'state/risk:exposures.BTCUSDT-long' },
    ]);
  });

  it('a position that nobody here opened refuses it too', () => {
    expect(refusals({ open: [{ strategy: null }] })).toMatchObject([{ code: 'held_by_another', observed: null }]);
  });

  it('so does an entry of another strategy that is under way, and the path leads to its reservation', () => {
    expect(refusals({ underWay: [{ strategy: OTHER, intentId: 'theirs' }] })).toMatchObject([{ code: 'held_by_another', configPath: 'state/risk:reservations.theirs' }]);
  });

  it.each(['long', 'short'] as const)('the own entry, %s, that is under way in the symbol refuses a second', (positionSide) => {
    expect(refusals({ underWay: [{ strategy: MINE, intentId: 'first', positionSide }] })).toEqual([
      { code: 'entry_under_way', unit: 'state', observed: 'first', limit: null, configPath: 'state/risk:reservations.first' },
    ]);
  });
});

describe('the ATR regime', () => {
  const calm = Array.from({ length: 12 }, () => 100);
  const strategy = configured('always_on', { entryFilters: { atrRegime: { atrPeriod: 2, lookback: 9, maxRatio: 1.5 } } });
  const path = 'strategies.json:strategies.always-on-5m.entryFilters.atrRegime.maxRatio';

  it('refuses while the market is wilder than its limit, with the ratio', () => {
    const [refusal] = refusals({ strategy, candles: candlesOf([...calm, 120]) });
    expect(refusal).toMatchObject({ code: 'atr_regime', unit: 'ratio', limit: '1.5', configPath: path });
    expect(Number(refusal?.observed)).toBeCloseTo(5, 10);
  });

  it('passes a usual market, and one exactly at its limit', () => {
    expect(codes({ strategy, candles: candlesOf(calm) })).toEqual([]);
    const atLimit = configured('always_on', { entryFilters: { atrRegime: { atrPeriod: 2, lookback: 9, maxRatio: 1 } } });
    expect(codes({ strategy: atLimit, candles: candlesOf(calm) })).toEqual([]);
  });

  it('refuses when it cannot be told', () => {
    expect(refusals({ strategy, candles: candlesOf(calm).slice(0, 5) })).toEqual([{ code: 'atr_regime', unit: 'ratio', observed: null, limit: '1.5', configPath: path }]);
  });

  it('is no concern of a strategy without it', () => {
    expect(codes({ candles: candlesOf([...calm, 120]) })).toEqual([]);
  });
});

it('all that speaks against an entry is said at once', () => {
  const strategy = configured('always_on', { entryFilters: { atrRegime: { atrPeriod: 2, lookback: 9, maxRatio: 1.5 } } });
  const underWay = [{ strategy: MINE, positionSide: 'short' as const }];
  expect(codes({ strategy, open: [{ strategy: OTHER }], underWay })).toEqual(['entry_under_way', 'held_by_another', 'atr_regime']);
});

describe('at its approval an entry', () => {
  const signal = { strategy: MINE, timeframe: '5m', candleCloseAt: 0, action: 'enter', indicator: 'z', value: -3, threshold: -2 } as const;
  const taken = ({ open = [], underWay = [] }: Situation, changes: Partial<IntentRecord> = {}): VetoRecord[] =>
    takenSince(anIntent({ signal, ...changes }), aRiskState(holding(open, underWay))).map((refusal) => vetoRecord.parse(refusal));

  it('is refused by an entry of its strategy into the symbol that came first', () => {
    expect(taken({ underWay: [{ strategy: MINE, intentId: 'first', positionSide: 'short' }] })).toEqual([
      { code: 'entry_under_way', unit: 'state', observed: 'first', limit: null, configPath: 'state/risk:reservations.first' },
    ]);
  });

  it.each(['long', 'short'] as const)('is refused by the %s position of its strategy that has been opened since', (positionSide) => {
    expect(taken({ open: [{ strategy: MINE, positionSide }] })).toEqual([
      { code: 'held_already', unit: 'state', observed: positionSide, limit: null, configPath: `state/risk:exposures.BTCUSDT-${positionSide}` },
    ]);
  });

  it('is refused by what another strategy holds or is entering on its side', () => {
    expect(taken({ open: [{ strategy: OTHER }] })).toMatchObject([{ code: 'held_by_another', observed: OTHER }]);
    expect(taken({ underWay: [{ strategy: OTHER, intentId: 'theirs' }] })).toMatchObject([{ code: 'held_by_another', configPath: 'state/risk:reservations.theirs' }]);
  });

  it.each<readonly [string, Situation, Partial<IntentRecord>]>([
    ['its own reservation', { underWay: [{ strategy: MINE, intentId: 'mine' }] }, {}],
    ['exits under way', { underWay: [{ strategy: MINE, intentId: 'out', purpose: 'close', side: 'sell' }] }, {}],
    ['what is held in another symbol', { open: [{ strategy: MINE, symbol: 'ETHUSDT' }] }, {}],
    ['its own position when it is to add to it', { open: [{ strategy: MINE }] }, { purpose: 'increase' }],
    ['anything when it is an exit', { open: [{ strategy: MINE }], underWay: [{ strategy: OTHER, intentId: 'theirs' }] }, { purpose: 'close', side: 'sell' }],
  ])('is not refused by %s', (_title, situation, changes) => {
    expect(taken(situation, changes)).toEqual([]);
  });
});
