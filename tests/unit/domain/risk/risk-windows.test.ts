import { describe, expect, it } from 'vitest';
import { countWithin, noteAttempt, noteError, noteFill, noteTrade } from '../../../../functions/src/domain/risk/risk-windows.ts';
import { aRiskState, DEFAULT_LIMITS, NOW } from './scenario.ts';

const limits = DEFAULT_LIMITS.forSymbol('BTCUSDT');

describe('windows of recent events', () => {
  it('count an event that is exactly one window old and not an older one', () => {
    expect(countWithin([NOW - 60_001, NOW - 60_000, NOW], NOW, 60_000)).toBe(2);
  });

  it('keep attempts for as long as the burst window', () => {
    const state = noteAttempt(aRiskState({ attemptsAt: [NOW - 60_001, NOW - 60_000] }), NOW, limits);
    expect(state.attemptsAt).toEqual([NOW - 60_000, NOW]);
  });

  it('keep errors for as long as the circuit window, whatever shorter windows exist', () => {
    const state = noteError(aRiskState({ errorsAt: [NOW - 300_001, NOW - 299_999] }), NOW, limits);
    expect(state.errorsAt).toEqual([NOW - 299_999, NOW]);
  });

  it('keep trades of every symbol for an hour and forget symbols without any', () => {
    const before = { BTCUSDT: [NOW - 3_600_001, NOW - 1], ETHUSDT: [NOW - 3_600_001], SOLUSDT: [NOW - 5] };
    const state = noteTrade(aRiskState({ tradesAtBySymbol: before }), 'BTCUSDT', NOW, limits);
    expect(state.tradesAtBySymbol).toEqual({ BTCUSDT: [NOW - 1, NOW], SOLUSDT: [NOW - 5] });
  });

  it('start a symbol that has not traded yet', () => {
    expect(noteTrade(aRiskState(), 'BTCUSDT', NOW, limits).tradesAtBySymbol).toEqual({ BTCUSDT: [NOW] });
  });

  it('remember the newest fill of a symbol, whatever order reports come in', () => {
    const late = noteFill(noteFill(aRiskState(), 'BTCUSDT', NOW), 'BTCUSDT', NOW - 5);
    expect(late.lastFillAtBySymbol).toEqual({ BTCUSDT: NOW });
  });
});
