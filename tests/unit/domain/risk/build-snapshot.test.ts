import { describe, expect, it } from 'vitest';
import { buildSnapshot } from '../../../../functions/src/domain/risk/build-snapshot.ts';
import type { SnapshotSource } from '../../../../functions/src/domain/risk/build-snapshot.ts';
import { price, qty } from '../../../../functions/src/domain/money/units.ts';
import { aMark, aNav, aPositionsState, aQuote, aRiskState, aVenueSettings, DEFAULT_LIMITS, limitsOf, NOW, RISK } from './scenario.ts';

function aSource(changes: Partial<SnapshotSource> = {}): SnapshotSource {
  return {
    asOf: NOW,
    limits: DEFAULT_LIMITS,
    markets: null,
    quotes: { kind: 'found', value: [aQuote({ symbol: 'ETHUSDT' }), aQuote({ bidQty: qty('30'), askQty: qty('10') })], asOf: NOW },
    marks: { kind: 'found', value: [aMark()], asOf: NOW },
    books: { kind: 'unavailable', cause: 'not read' },
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

const level = (size: string) => ({ price: price('100'), qty: qty(size) });

describe('buildSnapshot', () => {
  it("takes the symbol's own quote and mark out of the batch, with the time of the read", () => {
    const snapshot = buildSnapshot(aSource(), 'BTCUSDT', false);
    expect(snapshot.quote).toMatchObject({ kind: 'found', value: { symbol: 'BTCUSDT' }, asOf: NOW });
    expect(snapshot.mark).toMatchObject({ kind: 'found', value: { symbol: 'BTCUSDT' }, asOf: NOW });
  });

  it('says that a symbol missing from the batch is unavailable', () => {
    expect(buildSnapshot(aSource(), 'SOLUSDT', false).quote).toEqual({ kind: 'unavailable', cause: 'the venue does not show SOLUSDT' });
  });

  it('passes the cause of a failed read on to quote and imbalance', () => {
    const failed = { kind: 'unavailable', cause: 'timeout' } as const;
    const snapshot = buildSnapshot(aSource({ quotes: failed }), 'BTCUSDT', false);
    expect([snapshot.quote, snapshot.bookImbalance]).toEqual([failed, failed]);
  });

  it('takes the imbalance of the sizes displayed at the best prices', () => {
    expect(buildSnapshot(aSource(), 'BTCUSDT', false).bookImbalance).toEqual({ kind: 'found', value: 0.5, asOf: NOW });
  });

  it('knows no imbalance where nothing is displayed', () => {
    const empty = aSource({ quotes: { kind: 'found', value: [aQuote({ bidQty: qty('0'), askQty: qty('0') })], asOf: NOW } });
    expect(buildSnapshot(empty, 'BTCUSDT', false).bookImbalance).toMatchObject({ kind: 'unavailable' });
  });

  const deep = limitsOf({ risk: { orderBook: { ...RISK.orderBook, depthLevels: 3 } } });
  const book = { symbol: 'BTCUSDT', bids: [level('1'), level('2'), level('4'), level('1000')], asks: [level('1'), level('1'), level('1')], at: NOW };

  it('adds up the levels that config asks for, and no more, where it asks for more than the best', () => {
    const source = aSource({ limits: deep, books: { kind: 'found', value: [book], asOf: NOW - 5 } });
    expect(buildSnapshot(source, 'BTCUSDT', false).bookImbalance).toEqual({ kind: 'found', value: 0.4, asOf: NOW - 5 });
  });

  it('never falls back to the best quote when the book could not be read', () => {
    const failed = { kind: 'unavailable', cause: 'timeout' } as const;
    expect(buildSnapshot(aSource({ limits: deep, books: failed }), 'BTCUSDT', false).bookImbalance).toEqual(failed);
    expect(buildSnapshot(aSource({ limits: deep, books: { kind: 'found', value: [], asOf: NOW } }), 'BTCUSDT', false).bookImbalance).toMatchObject({ kind: 'unavailable' });
  });

  it('knows neither instrument nor position mode before metadata has been read', () => {
    expect(buildSnapshot(aSource(), 'BTCUSDT', true)).toMatchObject({ instrument: null, positionMode: null, duplicateIntent: true });
  });
});
