/** One deliberate fault per property of the gate: a text of a source file, what it becomes, and the test that must then fail. */
export interface GateMutation {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  readonly becomes: string;
  readonly caughtBy: string;
}

export const GATE_MUTATIONS: readonly GateMutation[] = [
  { name: 'a limit counts the wrong way round', file: 'functions/src/domain/risk/checks/stale-signal.ts', text: 'ageSeconds > signalAge.value', becomes: 'ageSeconds > 300 - signalAge.value', caughtBy: 'tests/property/risk/tighter-caps.test.ts' },
  { name: 'an exit is held by a drawdown', file: 'functions/src/domain/risk/gate.ts', text: '[invalidInput, exceedsPosition, tradingHalted, writeGateClosed]', becomes: '[invalidInput, exceedsPosition, tradingHalted, writeGateClosed, navUnavailable]', caughtBy: 'tests/property/risk/exits-pass.test.ts' },
  { name: 'a reservation does not count', file: 'functions/src/domain/risk/exposure.ts', text: 'if (reserved.intentId !== viewer.intentId) addReservation', becomes: 'if (reserved.intentId === viewer.intentId) addReservation', caughtBy: 'tests/property/risk/caps-hold.test.ts' },
  { name: 'the order itself does not count against its tier', file: 'functions/src/domain/risk/checks/tier-cap.ts', text: 'exposure.tierUsd.plus(order.notionalUsd)', becomes: 'exposure.tierUsd.plus(order.notionalUsd).minus(order.notionalUsd)', caughtBy: 'tests/property/risk/caps-hold.test.ts' },
  { name: 'one place too many', file: 'functions/src/domain/risk/checks/max-concurrent.ts', text: 'exposure.pairs >= concurrent.value', becomes: 'exposure.pairs > concurrent.value', caughtBy: 'tests/property/risk/caps-hold.test.ts' },
  { name: 'quantities are rounded up', file: 'functions/src/domain/money/quantize.ts', text: 'return asQty(floorTo(value, step));', becomes: 'return asQty(ceilTo(value, step));', caughtBy: 'tests/property/money/decimal.test.ts' },
  { name: 'a sized order is rounded up', file: 'functions/src/domain/sizing/final-order.ts', text: "price.times(stepSize), 0, 'down')", becomes: "price.times(stepSize), 0, 'up')", caughtBy: 'tests/property/screening/sized-entries.test.ts' },
  { name: 'a NAV that is unavailable passes', file: 'functions/src/domain/risk/checks/nav-unavailable.ts', text: "nav.kind === 'unavailable' ? veto", becomes: "nav.kind === 'unsound' ? veto", caughtBy: 'tests/property/risk/unknown-is-not-zero.test.ts' },
  { name: 'a NAV that makes no sense passes', file: 'functions/src/domain/risk/checks/invalid-nav.ts', text: "nav.kind === 'unsound' ?", becomes: "nav.kind === 'unavailable' ?", caughtBy: 'tests/property/risk/unknown-is-not-zero.test.ts' },
  { name: 'an old NAV passes', file: 'functions/src/domain/risk/checks/nav-stale.ts', text: 'ageSeconds <= navFreshness.value ?', becomes: 'ageSeconds >= 0 ?', caughtBy: 'tests/property/risk/unknown-is-not-zero.test.ts' },
  { name: 'the screener does not see the write gate', file: 'functions/src/domain/screening/decide.ts', text: 'const snapshot = buildSnapshot(source, symbol, false);', becomes: "const snapshot = buildSnapshot({ ...source, writeGate: 'open' }, symbol, false);", caughtBy: 'tests/property/screening/same-verdict.test.ts' },
  { name: 'the first exposure stands for its symbol', file: 'functions/src/domain/risk/exposure.ts', text: 'tally.gross = tally.gross.plus(notional);', becomes: 'if (tally.pairs.size === 0) tally.gross = tally.gross.plus(notional);', caughtBy: 'tests/property/risk/key-order.test.ts' },
  { name: 'approval and reservation are apart', file: 'functions/src/app/orders/approve.ts', text: 'reserve(', becomes: '((state: RiskState, ..._rest: unknown[]) => state)(', caughtBy: 'tests/integration/engine/last-slot.test.ts' },
];
