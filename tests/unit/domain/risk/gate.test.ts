import { describe, expect, it } from 'vitest';
import { codesOf, holding, NOW, verdictOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';

/** One scenario that is wrong in nearly every way a sound order can be. */
const EVERYTHING_WRONG: Scenario = {
  config: { risk: { minFeeEdgeBps: 3, symbolShareMinTotalUsd: 0, symbolShareMinSymbols: 1, symbolShareCapPct: 1, maxConcurrentPositions: 1 } },
  order: { symbol: 'XRPUSDT', side: 'sell', positionSide: 'short', qty: '900', price: '150', leverage: 90, signalAt: NOW - 3_600_000 },
  nav: { navUsd: '8000', availableMarginUsd: '1', health: 'anomaly', valueAt: NOW - 3_600_000 },
  positions: { ledgerAgrees: false, valueAt: NOW - 3_600_000 },
  risk: {
    ...holding([{ symbol: 'XRPUSDT', qty: '500' }]),
    attemptsAt: Array.from({ length: 9 }, () => NOW),
    errorsAt: Array.from({ length: 9 }, () => NOW),
    tradesAtBySymbol: { XRPUSDT: Array.from({ length: 9 }, () => NOW) },
    lastFillAtBySymbol: { XRPUSDT: NOW },
    disabledUntilAtBySymbol: { XRPUSDT: NOW + 1 },
  },
  snapshot: {
    positionMode: 'oneWay',
    instrument: null,
    quote: { kind: 'unavailable', cause: 'timeout' },
    bookImbalance: { kind: 'unavailable', cause: 'timeout' },
    control: { state: 'REDUCING', actor: 'ops', reason: 'test', changedAt: NOW, expiresAt: null },
    writeGate: 'closed',
    duplicateIntent: true,
  },
};

describe('evaluateGate', () => {
  it('approves a sound order in a quiet account', () => {
    expect(verdictOf()).toEqual({ approved: true, vetoes: [] });
  });

  it('runs every check and keeps the whole stack in its fixed order', () => {
    expect(codesOf(EVERYTHING_WRONG)).toEqual([
      'trading_reducing', 'write_gate_closed', 'duplicate_intent',
      'nav_stale', 'nav_anomaly', 'positions_unavailable', 'ledger_mismatch', 'nav_drawdown_limit', 'day_loss_limit',
      'not_whitelisted', 'not_listed', 'symbol_disabled', 'leverage_exceeded',
      'trade_gt_equity_cap', 'trade_gt_max_trade_nav_pct', 'symbol_exposure_cap', 'gross_exposure_cap', 'symbol_share_cap',
      'max_concurrent', 'opposite_leg_open', 'insufficient_margin', 'liquidation_distance',
      'cooldown', 'circuit_breaker', 'burst_limit', 'trade_rate_limit',
      'stale_signal', 'market_unavailable', 'ob_adverse', 'fee_edge',
    ]);
  });

  it('does not let one bad number hide what else is wrong', () => {
    const codes = codesOf({ order: { qty: 'NaN' }, nav: { navUsd: '0' }, risk: { errorsAt: Array.from({ length: 5 }, () => NOW) } });
    expect(codes).toEqual(['invalid_input', 'invalid_input', 'circuit_breaker']);
  });

  it('lets an exit pass whatever is wrong with NAV, caps, markets and leverage', () => {
    const exit = { ...EVERYTHING_WRONG.order, purpose: 'close', side: 'sell', positionSide: 'long', qty: '500' } as const;
    const open = { ...EVERYTHING_WRONG.snapshot, writeGate: 'open' } as const;
    expect(verdictOf({ ...EVERYTHING_WRONG, order: exit, snapshot: open })).toEqual({ approved: true, vetoes: [] });
  });

  it('stacks all four reasons that can hold an exit', () => {
    const codes = codesOf({
      order: { purpose: 'close', side: 'sell', qty: '2' },
      risk: holding([{ qty: '1' }]),
      snapshot: { writeGate: 'closed', control: { state: 'HALTED', actor: 'ops', reason: 'test', changedAt: NOW, expiresAt: null } },
    });
    expect(codes).toEqual(['exceeds_position', 'trading_halted', 'write_gate_closed']);
  });

  it('refuses the breaches of one order together: the golden case of several limits at once', () => {
    const codes = codesOf({
      config: { risk: { maxNavDrawdownPct: 6, dailyLossLimitPct: 5, errorCircuit: { maxErrors: 2, windowSeconds: 60 }, burstLimit: { maxOrders: 1, windowSeconds: 10 } } },
      nav: { navUsd: '9400' },
      risk: { lastFillAtBySymbol: { BTCUSDT: NOW - 50_000 }, errorsAt: [NOW - 9000, NOW - 1000], attemptsAt: [NOW - 1000] },
    });
    expect(codes).toEqual(['nav_drawdown_limit', 'day_loss_limit', 'cooldown', 'circuit_breaker', 'burst_limit']);
  });
});
