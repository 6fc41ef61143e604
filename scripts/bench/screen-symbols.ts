/** CPU of one whole screening decision: 200 symbols with 200 candles each, every one of which signals. */
import type { Candle } from '../../functions/src/domain/market/market.ts';
import { decideAll, seriesKey } from '../../functions/src/domain/screening/decide.ts';
import type { CandleBook } from '../../functions/src/domain/screening/decide.ts';
import { dueCandles } from '../../functions/src/domain/screening/due-candles.ts';
import type { EngineConfig } from '../../functions/src/schema/config/engine-config.ts';
import { benchConfig, benchSymbols } from './bench-config.ts';
import { besideLoop } from './calibration.ts';
import type { Figure } from './figure.ts';
import { NOW, quietAccount } from './quiet-account.ts';

const SYMBOLS = 200;
const CANDLES = 200;
const CEILING_MS = 100;
const MINUTE_MS = 60_000;
const TICK_ID = 'bbbbbbbbbbbbbbbbbbbb';

export async function measureScreen(): Promise<readonly Figure[]> {
  const symbols = benchSymbols(SYMBOLS);
  return [
    figureOf('screen_200_symbols_ms', benchConfig(symbols, { strategy: STRATEGY }).config, { kind: 'ceiling', value: CEILING_MS, holds: 'always' }),
    figureOf('screen_200_symbols_all_intents_ms', benchConfig(symbols, { strategy: { ...STRATEGY, maxConcurrentPositions: 1000 }, risk: WIDE }).config, null),
  ];
}

const STRATEGY = {
  timeframe: '1m',
  sizing: { volTargetBps: 1.5, atrPeriod: 14, minNotionalUsd: 100, maxNotionalUsd: 150 },
  params: { lookback: CANDLES, entryZ: 1, exitZ: 0.3 },
} as const;

/** Every signal becomes an intent, and each is judged with all earlier ones reserved: the dearest a tick can be. */
const WIDE = {
  maxConcurrentPositions: 1000,
  maxGrossExposurePct: 2000,
  tiers: { CORE: { maxExposurePct: 2000 } },
  minMarginHeadroomPct: 0,
} as const;

function figureOf(name: string, config: EngineConfig, bound: Figure['bound']): Figure {
  const symbols = config.universe.symbols.map(({ symbol }) => symbol);
  const source = quietAccount(config, symbols);
  const due = dueCandles(config.strategies.strategies, config.universe, { decidedCandleAt: {} }, source.risk, NOW);
  const book: CandleBook = new Map(symbols.map((symbol) => [seriesKey('1m', symbol), stretched()]));
  const { decisions, intents } = decideAll(due, book, source, TICK_ID);
  const signals = decisions.filter((decision) => decision.signal !== null).length;
  if (signals !== SYMBOLS || intents.length === 0) {
    throw new Error(`of ${SYMBOLS} symbols ${signals} signalled and ${intents.length} became intents; all should signal and some pass (${String(decisions[0]?.reason)})`);
  }
  const { ms, ratio } = besideLoop(() => void decideAll(due, book, source, TICK_ID));
  const note = `CPU, ${CANDLES} candles each: ${signals} signals judged, ${intents.length} intents`;
  return { name, value: ms, unit: 'ms', bound, comparison: { ratio, to: 'a calibration loop' }, judged: { by: 'ratio', better: 'less' }, note };
}

/** A quiet market that falls in its last minute. */
function stretched(): readonly Candle[] {
  return Array.from({ length: CANDLES }, (_, index) => {
    const closeAt = NOW - (CANDLES - 1 - index) * MINUTE_MS;
    const wave = 100 + Math.sin(index / 5) * 0.1;
    const close = index === CANDLES - 1 ? 99.5 : wave;
    return { openAt: closeAt - MINUTE_MS, closeAt, open: wave, high: wave + 0.05, low: Math.min(close, wave) - 0.05, close, volume: 100 };
  });
}
