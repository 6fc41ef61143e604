import { aStrategy } from '../../../support/builders/a-strategy.ts';
import { checkTable } from './check-table.ts';
import type { Expected } from './check-table.ts';
import { holding, UNIVERSE } from './scenario.ts';

const own = (maxExposurePct: number) => ({
  risk: { perSymbol: { BTCUSDT: { maxOrderNotionalUsd: null, maxExposurePct, maxLeverage: null, minNotionalUsd: null, blockedSides: [] } } },
});

checkTable('symbol_exposure_cap', 'pct', [
  ['passes exposure equal to the cap', { risk: holding([{ qty: '35' }]) }, null],
  ['refuses exposure above the cap', { risk: holding([{ qty: '35.001' }]) }, ['40.001', '40', 'risk.json:maxSymbolExposurePct']],
  ['adds both sides of the symbol', { risk: holding([{ qty: '20' }, { positionSide: 'short', qty: '15.001' }]) }, ['40.001', '40', 'risk.json:maxSymbolExposurePct']],
  ['adds reservations', { risk: holding([{ qty: '20' }], [{ qty: '15.001' }]) }, ['40.001', '40', 'risk.json:maxSymbolExposurePct']],
  ['leaves other symbols out', { risk: holding([{ symbol: 'ETHUSDT', qty: '90' }]) }, null],
  ["refuses by the symbol's own cap when that is tighter", { config: own(4) }, ['5', '4', 'risk.json:perSymbol.BTCUSDT.maxExposurePct']],
  ["keeps the account's cap when the symbol's own is looser", { config: own(90), risk: holding([{ qty: '36' }]) }, ['41', '40', 'risk.json:maxSymbolExposurePct']],
  ['counts open exposure at its mark', { risk: holding([{ qty: '10', averageEntryPrice: '100', markPrice: '400' }]) }, ['45', '40', 'risk.json:maxSymbolExposurePct']],
]);

checkTable('tier_cap', 'pct', [
  ['passes exposure equal to the cap', { risk: holding([{ symbol: 'ETHUSDT', qty: '25' }]) }, null],
  ['refuses exposure above the cap', { risk: holding([{ symbol: 'ETHUSDT', qty: '25.001' }]) }, ['30.001', '30', 'risk.json:tiers.CORE.maxExposurePct']],
  ['leaves other tiers out', { risk: holding([{ symbol: 'SOLUSDT', tier: 'SATELLITE', qty: '90' }]) }, null],
  ["goes by the symbol's tier of today, not by the recorded one", { risk: holding([{ symbol: 'ETHUSDT', tier: 'SATELLITE', qty: '26' }]) }, ['31', '30', 'risk.json:tiers.CORE.maxExposurePct']],
  ['goes by the recorded tier once the symbol has left the universe', { risk: holding([{ symbol: 'XRPUSDT', tier: 'CORE', qty: '26' }]) }, ['31', '30', 'risk.json:tiers.CORE.maxExposurePct']],
  ['is silent for a symbol without a tier', { order: { symbol: 'XRPUSDT', qty: '9000' } }, null],
]);

checkTable('gross_exposure_cap', 'pct', [
  ['passes exposure equal to the cap', { risk: holding([{ symbol: 'SOLUSDT', qty: '145' }]) }, null],
  ['refuses exposure above the cap', { risk: holding([{ symbol: 'SOLUSDT', qty: '145.001' }]) }, ['150.001', '150', 'risk.json:maxGrossExposurePct']],
  ['adds longs and shorts', { risk: holding([{ symbol: 'SOLUSDT', qty: '100' }, { symbol: 'ETHUSDT', positionSide: 'short', qty: '46' }]) }, ['151', '150', 'risk.json:maxGrossExposurePct']],
  ['adds reservations', { risk: holding([], [{ symbol: 'SOLUSDT', qty: '146' }]) }, ['151', '150', 'risk.json:maxGrossExposurePct']],
  ['leaves its own reservation out', { risk: holding([], [{ intentId: 'mine', qty: '146' }]) }, null],
  ['leaves exits under way out', { risk: holding([{ qty: '1' }], [{ purpose: 'close', side: 'sell', qty: '1', price: '20000' }]) }, null],
]);

const shares = { risk: { symbolShareCapPct: 50, symbolShareMinTotalUsd: 2000, symbolShareMinSymbols: 3 } };
const two = [{ symbol: 'ETHUSDT', qty: '10' }, { symbol: 'SOLUSDT', qty: '5' }];
checkTable('symbol_share_cap', 'pct', [
  ['passes a share equal to the cap', { config: shares, order: { qty: '15' }, risk: holding(two) }, null],
  ['refuses a share above the cap', { config: shares, order: { qty: '20' }, risk: holding(two) }, ['57.142858', '50', 'risk.json:symbolShareCapPct']],
  ['looks away below the smallest total', { config: { risk: { ...shares.risk, symbolShareMinTotalUsd: 3500.1 } }, order: { qty: '20' }, risk: holding(two) }, null],
  ['looks away with too few symbols', { config: shares, order: { qty: '90' }, risk: holding(two.slice(1)) }, null],
  ['does not lock out the only symbol ever traded', { config: shares, order: { qty: '90' }, risk: holding([{ qty: '90' }]) }, null],
]);

const four = [{ symbol: 'ETHUSDT' }, { symbol: 'SOLUSDT' }, { symbol: 'XRPUSDT' }, { symbol: 'BTCUSDT', positionSide: 'short' as const }];
checkTable('max_concurrent', 'count', [
  ['passes the last free place', { risk: holding(four.slice(1)) }, null],
  ['refuses when every place is taken', { risk: holding(four) }, ['4', '4', 'risk.json:maxConcurrentPositions']],
  ['counts reservations', { risk: holding(four.slice(1), [{ symbol: 'ETHUSDT' }]) }, ['4', '4', 'risk.json:maxConcurrentPositions']],
  ['counts a position and its own reservation once', { risk: holding(four.slice(1), [{ symbol: 'SOLUSDT' }]) }, null],
  ['passes an increase of a position when every place is taken', { order: { purpose: 'increase' }, risk: holding([...four.slice(1), {}]) }, null],
  ['leaves exits under way out', { risk: holding(four.slice(1), [{ symbol: 'ETHUSDT', purpose: 'close', side: 'sell' }]) }, null],
  ['leaves flat exposures out', { risk: holding([...four.slice(1), { symbol: 'ETHUSDT', qty: '0' }]) }, null],
]);

const MINE = 'zscore-5m';
const ETH = { strategy: MINE, symbol: 'ETHUSDT' };
const SOL = { strategy: MINE, symbol: 'SOLUSDT' };
const twoPlaces = { config: { strategies: { strategies: [aStrategy({ name: MINE, maxConcurrentPositions: 2 })] } }, order: { strategy: MINE } };
const STRATEGY_FULL: Expected = ['2', '2', 'strategies.json:strategies.zscore-5m.maxConcurrentPositions'];
checkTable('max_concurrent', 'count', [
  ['passes the last free place of the strategy', { ...twoPlaces, risk: holding([ETH]) }, null],
  ['refuses when every place of the strategy is taken', { ...twoPlaces, risk: holding([ETH, SOL]) }, STRATEGY_FULL],
  ["counts the strategy's reservations", { ...twoPlaces, risk: holding([ETH], [SOL]) }, STRATEGY_FULL],
  ['counts a position of the strategy and the rest of its own entry once', { ...twoPlaces, risk: holding([ETH], [ETH]) }, null],
  ['counts both sides of a symbol as two places', { ...twoPlaces, risk: holding([ETH, { ...ETH, positionSide: 'short' }]) }, STRATEGY_FULL],
  ["leaves the strategy's exits under way out", { ...twoPlaces, risk: holding([ETH], [{ ...SOL, purpose: 'close', side: 'sell' }]) }, null],
  ['leaves its flat exposures out', { ...twoPlaces, risk: holding([ETH, { ...SOL, qty: '0' }]) }, null],
  ['leaves its own reservation out when it judges the order again', { ...twoPlaces, risk: holding([ETH], [{ ...SOL, intentId: 'mine' }]) }, null],
  ['passes an increase of a position that the strategy holds', { ...twoPlaces, order: { strategy: MINE, purpose: 'increase' }, risk: holding([ETH, { strategy: MINE }]) }, null],
  ['does not count positions of other strategies', { ...twoPlaces, risk: holding([ETH, { ...SOL, strategy: 'other' }]) }, null],
  ['asks only the account of an order without a strategy', { ...twoPlaces, order: { strategy: null }, risk: holding([ETH, SOL]) }, null],
  ['asks only the account of a strategy that config does not have', { ...twoPlaces, order: { strategy: 'gone' }, risk: holding([{ ...ETH, strategy: 'gone' }, { ...SOL, strategy: 'gone' }]) }, null],
]);

const short = holding([{ positionSide: 'short', qty: '2' }]);
checkTable('opposite_leg_open', 'qty', [
  ['passes in hedge mode', { risk: short }, null],
  ['refuses in one-way mode', { risk: short, snapshot: { positionMode: 'oneWay' } }, ['2', '0', 'markets:positionMode']],
  ['refuses while the mode is not known', { risk: short, snapshot: { positionMode: null } }, ['2', '0', 'markets:positionMode']],
  ['counts an entry under way on the other side', { risk: holding([], [{ positionSide: 'short', side: 'sell', qty: '3' }]), snapshot: { positionMode: 'oneWay' } }, ['3', '0', 'markets:positionMode']],
  ['passes in one-way mode with the same side open', { risk: holding([{}]), snapshot: { positionMode: 'oneWay' } }, null],
]);

checkTable('insufficient_margin', 'usd', [
  // Headroom is 10 % of 10,000; the order has 3x leverage.
  ['passes an order that leaves exactly the headroom', { nav: { availableMarginUsd: '1200' }, order: { qty: '6' } }, null],
  ['refuses an order that touches the headroom', { nav: { availableMarginUsd: '1200' }, order: { qty: '6.001' } }, ['600.1', '600', 'risk.json:minMarginHeadroomPct']],
  ['goes by the leverage set at the venue when that is lower', { nav: { availableMarginUsd: '1200' }, order: { qty: '9', leverage: 50 } }, ['900', '800', 'risk.json:minMarginHeadroomPct']],
  ['takes off the margin of entries under way', { nav: { availableMarginUsd: '1200' }, risk: holding([], [{ symbol: 'ETHUSDT', qty: '2' }]), order: { qty: '6' } }, ['600', '300', 'risk.json:minMarginHeadroomPct']],
  ['refuses with negative available margin', { nav: { availableMarginUsd: '-1' } }, ['500', '-3003', 'risk.json:minMarginHeadroomPct']],
  ['asks for no headroom when config wants none', { config: { risk: { minMarginHeadroomPct: 0 } }, nav: { availableMarginUsd: '200' }, order: { qty: '6' } }, null],
]);

const item = { symbol: 'BTCUSDT', positionSide: 'long' as const, qty: '1', ledgerQty: '1', entryPrice: '100', markPrice: '100', notionalUsd: '100', unrealizedUsd: '0' };
checkTable('liquidation_distance', 'pct', [
  ['passes a liquidation price at the limit', { positions: { items: [{ ...item, liquidationPrice: '90' }] } }, null],
  ['refuses a liquidation price nearer than the limit', { positions: { items: [{ ...item, liquidationPrice: '90.01' }] } }, ['9.99', '10', 'risk.json:minLiquidationDistancePct']],
  ['looks at the position side of the order only', { positions: { items: [{ ...item, positionSide: 'short', liquidationPrice: '101' }] } }, null],
  ['passes a leg for which the venue names no price', { positions: { items: [{ ...item, liquidationPrice: null }] } }, null],
  ['refuses a short whose price is past its liquidation price', { order: { side: 'sell', positionSide: 'short' }, positions: { items: [{ ...item, positionSide: 'short', liquidationPrice: '99' }] } }, ['0', '10', 'risk.json:minLiquidationDistancePct']],
  ['refuses while the maintenance margin of the symbol is not known', { snapshot: { brackets: {} } }, [null, '10', 'markets:BTCUSDT.brackets']],
  ['never asks for it to exit', { order: { side: 'sell', purpose: 'close', qty: '1' }, risk: holding([{ qty: '1' }]), snapshot: { brackets: {} } }, null],
]);

// All of a NAV of 10,000 stands behind 1,000 at 100: with 0.5 % maintenance, from 50,000 dollars on 1 % less 250.
const large = (qty: string) => ({ order: { qty }, config: { risk: { minLiquidationDistancePct: 10 } } });
checkTable('liquidation_distance', 'pct', [
  ['passes a cross position that NAV carries beyond the limit', large('900'), null],
  ['refuses a cross position that it does not', large('1000'), ['9.343434', '10', 'risk.json:minLiquidationDistancePct']],
  ['counts what is held at its mark', { ...large('100'), risk: holding([{ qty: '900', averageEntryPrice: '10' }]) }, ['9.343434', '10', 'risk.json:minLiquidationDistancePct']],
  ['counts its own entries under way', { ...large('100'), risk: holding([], [{ qty: '900' }]) }, ['9.343434', '10', 'risk.json:minLiquidationDistancePct']],
  ['takes off the maintenance margin of the other positions', { ...large('900'), risk: holding([{ symbol: 'ETHUSDT', qty: '2000' }]) }, ['8.529741', '10', 'risk.json:minLiquidationDistancePct']],
  ['counts a position whose maintenance margin is not known whole', { ...large('10'), risk: holding([{ symbol: 'XRPUSDT', qty: '100' }]) }, ['0', '10', 'risk.json:minLiquidationDistancePct']],
  ['is silent on an unknown NAV, which is refused by itself', { ...large('1000'), snapshot: { nav: null } }, null],
]);

const isolated = (targetLeverage: number) => ({ universe: { symbols: UNIVERSE.symbols.map((entry) => ({ ...entry, marginMode: 'isolated' as const, targetLeverage })) } });
checkTable('liquidation_distance', 'pct', [
  ['passes an isolated leg whose own margin lasts', { config: isolated(9) }, null],
  // 100 of margin per 1,000, half a percent of it needed to keep the rest: 9.547 % down.
  ['refuses an isolated leg whose margin less maintenance is gone before the limit', { config: isolated(10) }, ['9.547738', '10', 'risk.json:minLiquidationDistancePct']],
  ['leaves other positions out of an isolated leg', { config: isolated(9), risk: holding([{ symbol: 'ETHUSDT', qty: '5000' }]) }, null],
]);
