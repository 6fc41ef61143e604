/**
 * What each symbol has lost today: realised results less fees since the day opened, and what its open positions stand at.
 * A symbol at its cap is disabled for the configured time; that is stored, so it survives any restart.
 */
import type { Decimal } from '../money/decimal.ts';
import { ZERO, isNegative } from '../money/decimal.ts';
import type { RiskConfig } from '../../schema/config/risk-config.ts';
import type { OpenExposure, RiskState } from '../../schema/records/risk-state.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import { dayKeyOf } from '../account/day-key.ts';
import { readDecimal } from './read-decimal.ts';

const HOUR_MS = 3_600_000;

/** Booked since the day opened; a symbol without an entry has had no fill, and that is known. */
function resultToday({ symbolDay }: RiskState, symbol: string): string {
  const result = symbolDay.resultUsdBySymbol[symbol];
  return result === undefined ? '0' : result;
}

/** In dollars; zero when the symbol has gained or done nothing, null when a record of it cannot be read. */
export function symbolLossUsd(risk: RiskState, symbol: string): Decimal | null {
  let result = readDecimal(resultToday(risk, symbol));
  for (const exposure of Object.values(risk.exposures)) {
    if (exposure.symbol !== symbol) continue;
    const open = unrealizedUsd(exposure);
    result = result === null || open === null ? null : result.plus(open);
  }
  return result === null ? null : isNegative(result) ? result.abs() : ZERO;
}

function unrealizedUsd({ positionSide, ...exposure }: OpenExposure): Decimal | null {
  const [qty, entry, mark] = [readDecimal(exposure.qty), readDecimal(exposure.averageEntryPrice), readDecimal(exposure.markPrice)];
  if (qty === null || entry === null || mark === null) return null;
  const gain = mark.minus(entry).times(qty);
  return positionSide === 'long' ? gain : gain.neg();
}

type DayRules = Pick<RiskConfig, 'resetTimezone' | 'symbolDrawdownCapPct' | 'symbolDisableHours'>;

/** Opens a new day when one has come, and disables the symbols that are at their cap of `navUsd`; unchanged state is the same object. */
export function withSymbolDay(risk: RiskState, navUsd: Decimal | null, rules: DayRules, asOf: EpochMs): RiskState {
  const dayKey = dayKeyOf(asOf, rules.resetTimezone);
  const today = risk.symbolDay.dayKey === dayKey ? risk : { ...risk, symbolDay: { dayKey, resultUsdBySymbol: {} } };
  if (navUsd === null) return today;
  const cap = navUsd.times(String(rules.symbolDrawdownCapPct)).times('0.01');
  const symbols = new Set([...Object.keys(today.symbolDay.resultUsdBySymbol), ...Object.values(today.exposures).map((exposure) => exposure.symbol)]);
  const fallen = [...symbols].filter((symbol) => !isDisabled(today, symbol, asOf) && symbolLossUsd(today, symbol)?.gte(cap) === true);
  if (fallen.length === 0) return today;
  const until = asOf + rules.symbolDisableHours * HOUR_MS;
  return { ...today, disabledUntilAtBySymbol: { ...today.disabledUntilAtBySymbol, ...Object.fromEntries(fallen.map((symbol) => [symbol, until])) } };
}

function isDisabled(risk: RiskState, symbol: string, asOf: EpochMs): boolean {
  const until = risk.disabledUntilAtBySymbol[symbol];
  return until !== undefined && asOf < until;
}
