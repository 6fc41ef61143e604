import type { TradingControl } from '../../../../functions/src/schema/records/trading-control.ts';
import { checkTable } from './check-table.ts';
import { anInstrument, NOW, RISK, UNIVERSE } from './scenario.ts';

const control = (state: TradingControl['state'], expiresAt: number | null = null): TradingControl => ({
  state, actor: 'ops', reason: 'test', changedAt: NOW - 1000, expiresAt,
});
const closing = { purpose: 'close', side: 'sell' } as const;

checkTable('trading_halted', 'state', [
  ['passes without a control document', {}, null],
  ['passes while ACTIVE', { snapshot: { control: control('ACTIVE') } }, null],
  ['refuses entries', { snapshot: { control: control('HALTED') } }, ['HALTED', null, 'control/trading:state']],
  ['refuses exits', { order: closing, snapshot: { control: control('HALTED') } }, ['HALTED', null, 'control/trading:state']],
  ['holds until just before it expires', { snapshot: { control: control('HALTED', NOW + 1) } }, ['HALTED', null, 'control/trading:state']],
  ['is over when it expires', { snapshot: { control: control('HALTED', NOW) } }, null],
]);

checkTable('trading_reducing', 'state', [
  ['refuses entries', { snapshot: { control: control('REDUCING') } }, ['REDUCING', null, 'control/trading:state']],
  ['passes exits', { order: closing, snapshot: { control: control('REDUCING') } }, null],
  ['is over when it expires', { snapshot: { control: control('REDUCING', NOW) } }, null],
]);

checkTable('write_gate_closed', 'state', [
  ['passes an open gate', {}, null],
  ['refuses entries at a closed gate', { snapshot: { writeGate: 'closed' } }, ['closed', null, 'control/write_gate']],
  ['refuses exits at a closed gate', { order: closing, snapshot: { writeGate: 'closed' } }, ['closed', null, 'control/write_gate']],
]);

checkTable('duplicate_intent', 'state', [
  ['passes a new signal', {}, null],
  ['refuses a repeated signal', { snapshot: { duplicateIntent: true } }, [null, null, 'state/screen:decidedCandleAt']],
]);

const disabledInUniverse = { universe: { symbols: UNIVERSE.symbols.map((entry) => ({ ...entry, enabled: false })) } };
checkTable('not_whitelisted', 'state', [
  ['passes an enabled symbol of the universe', {}, null],
  ['refuses a symbol outside the universe', { order: { symbol: 'XRPUSDT' } }, ['XRPUSDT', null, 'universe.json:symbols']],
  ['refuses a symbol that the universe disables', { config: disabledInUniverse }, ['BTCUSDT', null, 'universe.json:symbols']],
]);

checkTable('not_listed', 'state', [
  ['passes a trading instrument', {}, null],
  ['refuses a symbol the venue does not list', { snapshot: { instrument: null } }, [null, null, 'markets:BTCUSDT']],
  ['refuses a suspended instrument', { snapshot: { instrument: anInstrument({ status: 'suspended' }) } }, ['suspended', null, 'markets:BTCUSDT']],
  ['refuses the instrument of another symbol', { snapshot: { instrument: anInstrument({ symbol: 'ETHUSDT' }) } }, ['trading', null, 'markets:BTCUSDT']],
]);

checkTable('symbol_disabled', 'epochMs', [
  ['refuses until the stored time', { risk: { disabledUntilAtBySymbol: { BTCUSDT: NOW + 1 } } }, [String(NOW), String(NOW + 1), 'state/risk:disabledUntilAtBySymbol.BTCUSDT']],
  ['passes from the stored time on', { risk: { disabledUntilAtBySymbol: { BTCUSDT: NOW } } }, null],
  ['leaves other symbols alone', { risk: { disabledUntilAtBySymbol: { ETHUSDT: NOW + 1 } } }, null],
]);

const blocked = { risk: { perSymbol: { ...RISK.perSymbol, BTCUSDT: { maxOrderNotionalUsd: null, maxExposurePct: null, maxLeverage: null, minNotionalUsd: null, blockedSides: ['short' as const] } } } };
checkTable('side_blocked', 'state', [
  ['passes the other side', { config: blocked }, null],
  ['refuses the blocked side', { config: blocked, order: { side: 'sell', positionSide: 'short' } }, ['short', null, 'risk.json:perSymbol.BTCUSDT.blockedSides']],
  ['lets the blocked side be closed', { config: blocked, order: { side: 'buy', positionSide: 'short', purpose: 'close' } }, null],
]);
