import { notional, qty } from '../../../../functions/src/domain/money/units.ts';
import type { SymbolLimits } from '../../../../functions/src/schema/config/risk-config.ts';
import { checkTable } from './check-table.ts';
import { anInstrument } from './scenario.ts';

const own = (limits: Partial<SymbolLimits>) => ({
  risk: { perSymbol: { BTCUSDT: { maxOrderNotionalUsd: null, maxExposurePct: null, maxLeverage: null, minNotionalUsd: null, blockedSides: [], ...limits } } },
});

checkTable('below_min_notional', 'usd', [
  ['passes an order of exactly the floor', { order: { qty: '0.05' } }, null],
  ['refuses an order just below the floor', { order: { qty: '0.049' } }, ['4.9', '5', 'risk.json:minNotionalUsd']],
  ["names the symbol's own floor when that is higher", { config: own({ minNotionalUsd: 20 }), order: { qty: '0.199' } }, ['19.9', '20', 'risk.json:perSymbol.BTCUSDT.minNotionalUsd']],
  ["keeps the account's floor when the symbol's own is lower", { config: own({ minNotionalUsd: 1 }), order: { qty: '0.049' } }, ['4.9', '5', 'risk.json:minNotionalUsd']],
  ["names the venue's floor when that is higher", { order: { qty: '0.099' }, snapshot: { instrument: anInstrument({ minNotional: notional('10') }) } }, ['9.9', '10', 'markets:BTCUSDT.minNotional']],
  ["names the venue's smallest quantity when that is worth more", { order: { qty: '0.099' }, snapshot: { instrument: anInstrument({ minQty: qty('0.1') }) } }, ['9.9', '10', 'markets:BTCUSDT.minQty']],
  ['still knows the floor of config when the symbol is not listed', { order: { qty: '0.049' }, snapshot: { instrument: null } }, ['4.9', '5', 'risk.json:minNotionalUsd']],
]);

checkTable('min_notional_infeasible', 'usd', [
  ['passes a floor equal to the largest order', { nav: { navUsd: '1000' }, config: { risk: { minNotionalUsd: 100 } } }, null],
  ['refuses once NAV is too small for the floor', { nav: { navUsd: '999' }, config: { risk: { minNotionalUsd: 100 } } }, ['100', '99.9', 'risk.json:maxTradeNavPct']],
  ['names the cap that is tightest', { config: own({ maxOrderNotionalUsd: 4 }) }, ['5', '4', 'risk.json:perSymbol.BTCUSDT.maxOrderNotionalUsd']],
  ['is silent without a NAV', { nav: { health: 'unavailable' }, config: { risk: { minNotionalUsd: 1_000_000 } } }, null],
]);

checkTable('symbol_order_cap', 'usd', [
  ['passes without a cap of its own', { order: { qty: '9000' } }, null],
  ['passes an order equal to the cap', { config: own({ maxOrderNotionalUsd: 500 }) }, null],
  ['refuses an order above the cap', { config: own({ maxOrderNotionalUsd: 500 }), order: { qty: '5.001' } }, ['500.1', '500', 'risk.json:perSymbol.BTCUSDT.maxOrderNotionalUsd']],
]);

checkTable('trade_gt_equity_cap', 'pct', [
  ['passes exactly the share', { order: { qty: '15' } }, null],
  ['refuses above the share', { order: { qty: '15.001' } }, ['15.001', '15', 'risk.json:maxTradeEquityPct']],
  ['passes 400 of 4,400 dollars at 15 %', { nav: { navUsd: '4400' }, order: { qty: '4' } }, null],
  ['refuses 800 of 4,400 dollars at 15 %', { nav: { navUsd: '4400' }, order: { qty: '8' } }, ['18.181819', '15', 'risk.json:maxTradeEquityPct']],
  ['is silent without a NAV', { nav: { health: 'unavailable' }, order: { qty: '9000' } }, null],
]);

checkTable('trade_gt_max_trade_nav_pct', 'pct', [
  ['passes exactly the share', { order: { qty: '10' } }, null],
  ['refuses the smallest step above the share', { order: { qty: '10.001' } }, ['10.001', '10', 'risk.json:maxTradeNavPct']],
  ['shows an excess of less than it prints as an excess', { order: { qty: '10.0000000001' } }, ['10.000001', '10', 'risk.json:maxTradeNavPct']],
]);

checkTable('leverage_exceeded', 'ratio', [
  ['passes leverage equal to the limit', { order: { leverage: 4 } }, null],
  ['refuses leverage above the limit', { order: { leverage: 4.5 } }, ['4.5', '4', 'risk.json:maxLeverage']],
  ["refuses by the symbol's own limit when that is tighter", { config: own({ maxLeverage: 2 }), order: { leverage: 3 } }, ['3', '2', 'risk.json:perSymbol.BTCUSDT.maxLeverage']],
  ["keeps the account's limit when the symbol's own is looser", { config: own({ maxLeverage: 50 }), order: { leverage: 5 } }, ['5', '4', 'risk.json:maxLeverage']],
  ["refuses by the universe's limit when that is tightest", { config: { risk: { maxLeverage: 20 } }, order: { leverage: 6 } }, ['6', '5', 'universe.json:symbols.BTCUSDT.maxLeverage']],
]);
