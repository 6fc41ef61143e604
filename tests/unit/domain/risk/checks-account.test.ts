import { checkTable } from './check-table.ts';
import type { VenueSettings } from '../../../../functions/src/schema/records/venue-settings.ts';
import { aVenueSettings, DEFAULT_LIMITS, holding, NOW } from './scenario.ts';

checkTable('nav_unavailable', 'state', [
  ['passes a healthy NAV', {}, null],
  ['refuses when NAV was never read', { snapshot: { nav: null } }, ['never read', null, 'state/nav:health']],
  ['refuses when the last read failed, however fresh the value', { nav: { health: 'unavailable', healthReason: 'timeout' } }, ['timeout', null, 'state/nav:health']],
]);

checkTable('nav_stale', 'seconds', [
  ['passes a NAV of exactly the allowed age', { nav: { valueAt: NOW - 180_000 } }, null],
  ['refuses an older NAV', { nav: { valueAt: NOW - 180_001 } }, ['180.001', '180', 'risk.json:navFreshnessSeconds']],
  ['goes by when the value was taken, not by when sync looked', { nav: { valueAt: NOW - 200_000, checkedAt: NOW } }, ['200', '180', 'risk.json:navFreshnessSeconds']],
  ['passes a clock that is slightly ahead', { nav: { valueAt: NOW + 500 } }, null],
  ['refuses a NAV from far in the future', { nav: { valueAt: NOW + 180_001 } }, ['180.001', '180', 'risk.json:navFreshnessSeconds']],
  ['refuses a time that is not a number', { nav: { valueAt: Number.NaN } }, ['NaN', '180', 'risk.json:navFreshnessSeconds']],
]);

checkTable('nav_anomaly', 'state', [
  ['passes a healthy NAV', {}, null],
  ['refuses after a jump', { nav: { health: 'anomaly' } }, ['anomaly', null, 'state/nav:health']],
]);

checkTable('positions_unavailable', 'seconds', [
  ['passes a fresh read', {}, null],
  ['passes a read of exactly the allowed age', { positions: { valueAt: NOW - 180_000 } }, null],
  ['refuses an older read', { positions: { valueAt: NOW - 180_001 } }, ['180.001', '180', 'risk.json:navFreshnessSeconds']],
  ['refuses when positions were never read', { snapshot: { positions: null } }, [null, null, 'state/positions:health']],
  ['refuses when the last read failed', { positions: { health: 'unavailable' } }, [null, null, 'state/positions:health']],
  ['names an exposure it cannot read', { risk: holding([{ qty: '-1' }]) }, [null, null, 'state/risk:exposures.BTCUSDT-long']],
  ['names an exposure without a price', { risk: holding([{ markPrice: '0' }]) }, [null, null, 'state/risk:exposures.BTCUSDT-long']],
  ['names a reservation it cannot read', { risk: holding([], [{ qty: 'NaN' }]) }, [null, null, 'state/risk:reservations.other']],
  ['names an exit under way that it cannot read', { risk: holding([], [{ purpose: 'close', side: 'sell', qty: '-1' }]) }, [null, null, 'state/risk:reservations.other']],
]);

checkTable('ledger_mismatch', 'state', [
  ['passes when ledger and venue agree', {}, null],
  ['passes while work in flight makes a comparison meaningless', { positions: { ledgerAgrees: null } }, null],
  ['refuses when they differ', { positions: { ledgerAgrees: false } }, [null, null, 'state/positions:ledgerAgrees']],
]);

checkTable('nav_drawdown_limit', 'pct', [
  ['passes just above the limit', { nav: { navUsd: '9000.01' } }, null],
  ['refuses at the limit', { nav: { navUsd: '9000' } }, ['10', '10', 'risk.json:maxNavDrawdownPct']],
  ['passes a NAV above its high-water mark', { nav: { navUsd: '10500' } }, null],
  ['compares with the high-water mark, not with the opening of the day', { nav: { navUsd: '9000', dayOpenNavUsd: '9000', highWaterMarkUsd: '9500' } }, null],
  ['is silent without a NAV', { nav: { health: 'unavailable', navUsd: '1' } }, null],
]);

checkTable('day_loss_limit', 'pct', [
  ['passes just above the limit', { nav: { navUsd: '9500.01' } }, null],
  ['refuses at the limit', { nav: { navUsd: '9500' } }, ['5', '5', 'risk.json:dailyLossLimitPct']],
  ['compares with the opening of the day, not with the high-water mark', { nav: { navUsd: '9200', dayOpenNavUsd: '9300' } }, null],
]);

checkTable('cooldown', 'seconds', [
  ['passes a symbol that has never filled', {}, null],
  ['refuses within the span', { risk: { lastFillAtBySymbol: { BTCUSDT: NOW - 59_999 } } }, ['59.999', '60', 'risk.json:cooldownSeconds']],
  ['passes once the span is over', { risk: { lastFillAtBySymbol: { BTCUSDT: NOW - 60_000 } } }, null],
  ['leaves other symbols alone', { risk: { lastFillAtBySymbol: { ETHUSDT: NOW } } }, null],
]);

const times = (count: number, at: number): number[] => Array.from({ length: count }, () => at);
checkTable('circuit_breaker', 'count', [
  ['passes one error below the limit', { risk: { errorsAt: times(4, NOW) } }, null],
  ['refuses at the limit', { risk: { errorsAt: times(5, NOW - 300_000) } }, ['5', '5', 'risk.json:errorCircuit.maxErrors']],
  ['forgets errors older than the window', { risk: { errorsAt: times(5, NOW - 300_001) } }, null],
]);

checkTable('burst_limit', 'count', [
  ['passes one attempt below the limit', { risk: { attemptsAt: times(5, NOW) } }, null],
  ['refuses at the limit', { risk: { attemptsAt: times(6, NOW - 60_000) } }, ['6', '6', 'risk.json:burstLimit.maxOrders']],
  ['forgets attempts older than the window', { risk: { attemptsAt: times(6, NOW - 60_001) } }, null],
]);

checkTable('trade_rate_limit', 'count', [
  ['passes one trade below the limit', { risk: { tradesAtBySymbol: { BTCUSDT: times(5, NOW) } } }, null],
  ['refuses at the limit', { risk: { tradesAtBySymbol: { BTCUSDT: times(6, NOW - 3_600_000) } } }, ['6', '6', 'risk.json:maxTradesPerSymbolPerHour']],
  ['forgets trades older than an hour', { risk: { tradesAtBySymbol: { BTCUSDT: times(6, NOW - 3_600_001) } } }, null],
  ['leaves other symbols alone', { risk: { tradesAtBySymbol: { ETHUSDT: times(6, NOW) } } }, null],
]);

const fallen = (resultUsd: string) => ({ symbolDay: { dayKey: '2026-01-01', resultUsdBySymbol: { BTCUSDT: resultUsd } } });

// 3 % of 10,000 USD.
checkTable('symbol_drawdown_cap', 'pct', [
  ['passes a symbol that did nothing today', {}, null],
  ['passes a loss just below the cap', { risk: fallen('-299.99') }, null],
  ['refuses at the cap', { risk: fallen('-300') }, ['3', '3', 'risk.json:symbolDrawdownCapPct']],
  ['passes a gain of any size', { risk: fallen('5000') }, null],
  ['counts what an open position stands at', { risk: { ...fallen('-100'), ...holding([{ qty: '1', averageEntryPrice: '50250', markPrice: '50000' }]) } }, ['3.5', '3', 'risk.json:symbolDrawdownCapPct']],
  ['refuses what it cannot read', { risk: fallen('oops') }, [null, '3', 'risk.json:symbolDrawdownCapPct']],
]);

const EXIT = { order: { side: 'sell', purpose: 'close', qty: '1' } as const, risk: holding([{ qty: '1' }]) };
const settings = (changes: Partial<VenueSettings>) => ({ snapshot: { venueSettings: aVenueSettings(DEFAULT_LIMITS, changes) } });
const account = { canTrade: true, positionMode: 'hedge', multiAssets: false, clockOffsetMs: 0 } as const;
checkTable('venue_unavailable', 'seconds', [
  ['passes settings of exactly the allowed age', settings({ valueAt: NOW - 3_600_000 }), null],
  ['refuses older ones', settings({ valueAt: NOW - 3_600_001 }), ['3600.001', '3600', 'runtime.json:venueSettings.maxAgeMinutes']],
  ['refuses before the settings have ever been read', { snapshot: { venueSettings: null } }, [null, null, 'state/venue_settings:cause']],
  ['refuses while no read has succeeded', settings({ account: null, cause: 'timeout' }), [null, null, 'state/venue_settings:cause']],
  ['refuses a key that may not trade', settings({ account: { ...account, canTrade: false } }), [null, null, 'state/venue_settings:account.canTrade']],
  ['lives on what it knows when one read has failed', settings({ health: 'unavailable', cause: 'timeout' }), null],
  ['never holds an exit', { ...EXIT, snapshot: { venueSettings: null } }, null],
]);

const bySymbol = (leverage: number, marginMode: 'cross' | 'isolated' = 'cross') => ({ BTCUSDT: { leverage, marginMode } });
checkTable('venue_settings_mismatch', 'value', [
  ['passes what config wants', {}, null],
  ['refuses another leverage', settings({ bySymbol: bySymbol(20) }), ['20', '4', 'universe.json:symbols.BTCUSDT.targetLeverage']],
  ['refuses a lower leverage too, since margin is counted with the wanted one', settings({ bySymbol: bySymbol(2) }), ['2', '4', 'universe.json:symbols.BTCUSDT.targetLeverage']],
  ['refuses another margin mode', settings({ bySymbol: bySymbol(4, 'isolated') }), ['isolated', 'cross', 'universe.json:symbols.BTCUSDT.marginMode']],
  ['refuses another position mode', settings({ account: { ...account, positionMode: 'oneWay' } }), ['oneWay', 'hedge', 'runtime.json:venueSettings.positionMode']],
  ['refuses multi-assets mode', settings({ account: { ...account, multiAssets: true } }), ['multiAssets', 'singleAsset', 'runtime.json:venueSettings.multiAssets']],
  ['refuses a symbol that the venue shows nothing for', settings({ bySymbol: {} }), [null, 'cross', 'universe.json:symbols.BTCUSDT.marginMode']],
  ['looks at no other symbol', settings({ bySymbol: { ...bySymbol(4), ETHUSDT: { leverage: 125, marginMode: 'isolated' } } }), null],
  ['is silent outside the universe, where nothing is wanted', { order: { symbol: 'XRPUSDT' } }, null],
  ['never holds an exit', { ...EXIT, ...settings({ bySymbol: bySymbol(20) }) }, null],
]);

const used = (weight: number, endsInMs = 1, bannedUntil: number | null = null) => ({
  snapshot: { venueBudget: { lines: { weight1m: { used: weight, limit: 2400, until: NOW + endsInMs } }, bannedUntil } },
});
checkTable('venue_budget_low', 'pct', [
  ['passes while nobody has told of any use', {}, null],
  ['passes less than the share of entries', used(1439), null],
  ['refuses from that share on', used(1440), ['60', '60', 'runtime.json:venueBudget.entriesMaxPct']],
  ['passes when the window has ended', used(2400, 0), null],
  ['refuses while the venue wants no calls at all', used(0, 1, NOW + 1), ['100', '60', 'runtime.json:venueBudget.entriesMaxPct']],
  ['never holds an exit', { ...EXIT, ...used(2400) }, null],
]);
