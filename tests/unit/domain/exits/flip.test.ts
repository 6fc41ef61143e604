import { describe, expect, it } from 'vitest';
import { afterClose, flipIdOf, newFlip, withoutOwnClose } from '../../../../functions/src/domain/exits/flip.ts';
import { intentId } from '../../../../functions/src/domain/identity/derived-id.ts';
import type { IntentRecord } from '../../../../functions/src/schema/records/intent.ts';
import type { RiskState } from '../../../../functions/src/schema/records/risk-state.ts';
import type { SignalRecord } from '../../../../functions/src/schema/records/verdict.ts';
import { anExit, anIntent } from '../../../support/engine/planted-intent.ts';
import { aRiskState, holding } from '../risk/scenario.ts';

const signal: SignalRecord = { strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: 900, action: 'enter', indicator: 'z', value: 3, threshold: 2 };
const idOf = (positionSide: 'long' | 'short', purpose: 'open' | 'close') => intentId({ candleCloseAt: 900, strategy: 'zscore-5m', symbol: 'BTCUSDT', positionSide, purpose });
const close = anExit({ createdAt: 1000, intentId: idOf('long', 'close'), signal });
const open = anIntent({ createdAt: 1000, intentId: idOf('short', 'open'), signal, positionSide: 'short', side: 'sell', expiresAt: 9000 });
const before = aRiskState({ ...holding([{ qty: '0.008' }]), lastFillAtBySymbol: { BTCUSDT: 100 } });
const flip = newFlip(close, open, before);

const settled: IntentRecord = { ...close, status: 'settled', executedQty: close.qty };
const flat = aRiskState({ lastFillAtBySymbol: { BTCUSDT: 1500 } });

describe('a flip whose close has ended', () => {
  it('opens the other side when all is closed in time, and remembers the fill of its own close', () => {
    expect(afterClose(flip, settled, flat, 2000)).toMatchObject({ status: 'opening', reason: null, lastFillBeforeAt: 100, closeFillAt: 1500, endedAt: 2000 });
  });

  it.each<[string, IntentRecord, RiskState, number, RegExp]>([
    ['closed in part only', { ...settled, executedQty: '0.003' }, flat, 2000, /settled with 0\.003 of 0\.008/],
    ['failed', { ...close, status: 'failed' }, flat, 2000, /ended failed/],
    ['was vetoed', { ...close, status: 'vetoed' }, flat, 2000, /ended vetoed/],
    ['left something open', settled, before, 2000, /still open/],
    ['is followed by an entry of the old side', settled, aRiskState(holding([], [{ intentId: 'x', purpose: 'open' }])), 2000, /intent x opens long again/],
    ['took until the deadline', settled, flat, 9000, /longer than the signal lives/],
  ])('is given up when the close %s', (_what, ended, risk, now, reason) => {
    expect(afterClose(flip, ended, risk, now)).toMatchObject({ status: 'abandoned', reason: expect.stringMatching(reason), endedAt: now });
  });

  it('is decided once', () => {
    const opened = afterClose(flip, settled, flat, 2000);
    expect(afterClose(opened, { ...close, status: 'failed' }, flat, 3000)).toBe(opened);
  });
});

describe('flipIdOf', () => {
  it('is the same for both legs', () => {
    expect([flipIdOf(close), flipIdOf(open)]).toEqual([close.intentId, close.intentId]);
  });

  it('is none for an entry without a signal, and for what neither opens nor closes', () => {
    expect([flipIdOf({ ...open, signal: null }), flipIdOf({ ...open, purpose: 'reduce' })]).toEqual([null, null]);
  });
});

describe('withoutOwnClose', () => {
  const opened = afterClose(flip, settled, flat, 2000);

  it('counts the cooldown from the fill before the flip', () => {
    expect(withoutOwnClose(flat, opened, open).lastFillAtBySymbol).toEqual({ BTCUSDT: 100 });
    expect(withoutOwnClose(flat, { ...opened, lastFillBeforeAt: null }, open).lastFillAtBySymbol).toEqual({});
  });

  it('counts any later fill, and changes nothing for another intent', () => {
    const later = aRiskState({ lastFillAtBySymbol: { BTCUSDT: 1501 } });
    expect(withoutOwnClose(later, opened, open)).toBe(later);
    expect(withoutOwnClose(flat, opened, close)).toBe(flat);
  });
});
