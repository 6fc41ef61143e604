/** Exposure beside its caps, in the exact sums that the gate compares: open at its mark, reservations of entries at their price. */
import { asDecimal, asEntries, asText } from '../records/fields.ts';
import type { DecimalText, Fields } from '../records/fields.ts';
import { HUNDRED, ZERO, decimal, divide, isPositive, text, toStatistic } from '../../../functions/src/domain/money/decimal.ts';
import type { Decimal } from '../../../functions/src/domain/money/decimal.ts';
import type { OpenExposure, Reservation, RiskState } from '../../../functions/src/schema/records/risk-state.ts';
import type { Caps } from '../settings.ts';

const PCT_PLACES = 4;

export interface CapRow {
  readonly label: string;
  readonly group: 'account' | 'tier' | 'symbol';
  /** Null when a line of it cannot be read. */
  readonly openUsd: DecimalText | null;
  readonly reservedUsd: DecimalText | null;
  /** Of NAV; null when NAV is unknown. */
  readonly openPct: number | null;
  readonly reservedPct: number | null;
  readonly capPct: number;
}

export interface ExposureView {
  readonly rows: readonly CapRow[];
  /** Distinct pairs of symbol and side, open or reserved; null when unknown. */
  readonly positions: number | null;
  readonly maxPositions: number;
}

interface Line {
  readonly symbol: string;
  readonly tier: string;
  readonly pair: string;
  readonly reserved: boolean;
  /** Null when its quantity or price cannot be read. */
  readonly usd: Decimal | null;
}

/** Null without a risk record. */
export function exposureView(risk: Fields<RiskState> | null, navUsd: DecimalText | null, caps: Caps): ExposureView | null {
  const lines = risk === null ? null : linesOf(risk);
  if (lines === null) return null;
  const nav = navUsd === null || !isPositive(decimal(navUsd)) ? null : decimal(navUsd);
  const row = (label: string, group: CapRow['group'], capPct: number, own: readonly Line[]): CapRow => {
    const [open, reserved] = [total(own.filter((line) => !line.reserved)), total(own.filter((line) => line.reserved))];
    return { label, group, capPct, openUsd: asDecimal(open), reservedUsd: asDecimal(reserved), openPct: pctOf(open, nav), reservedPct: pctOf(reserved, nav) };
  };
  const tierOf = (line: Line): string => caps.symbols.find(({ symbol }) => symbol === line.symbol)?.tier ?? line.tier;
  const held = new Set(lines.map(({ symbol }) => symbol));
  return {
    rows: [
      row('Gross', 'account', caps.maxGrossExposurePct, lines),
      ...caps.tiers.map(({ tier, maxExposurePct }) => row(tier, 'tier', maxExposurePct, lines.filter((line) => tierOf(line) === tier))),
      ...caps.symbols
        .filter(({ symbol }) => held.has(symbol))
        .map(({ symbol, maxExposurePct }) => row(symbol, 'symbol', maxExposurePct, lines.filter((line) => line.symbol === symbol))),
    ],
    positions: new Set(lines.map(({ pair }) => pair)).size,
    maxPositions: caps.maxConcurrentPositions,
  };
}

/** Null when the record has no such lists; an entry that cannot be read makes its sums unknown. */
function linesOf(risk: Fields<RiskState>): readonly Line[] | null {
  const open = asEntries<OpenExposure>(risk.exposures);
  const reservations = asEntries<Reservation>(risk.reservations);
  if (open === null || reservations === null) return null;
  const entries = reservations.filter(([, line]) => line?.purpose !== 'reduce' && line?.purpose !== 'close');
  return [
    ...open.map(([key, line]) => lineOf(key, line, line?.markPrice, false)),
    ...entries.map(([key, line]) => lineOf(key, line, line?.price, true)),
  ];
}

function lineOf(key: string, line: Fields<OpenExposure | Reservation> | null, price: unknown, reserved: boolean): Line {
  const [qty, each] = [asDecimal(line?.qty), asDecimal(price)];
  const symbol = asText(line?.symbol) ?? key;
  return {
    symbol,
    tier: asText(line?.tier) ?? 'unknown',
    pair: `${symbol}-${asText(line?.positionSide) ?? key}`,
    reserved,
    usd: qty === null || each === null ? null : decimal(qty).times(each),
  };
}

function total(lines: readonly Line[]): string | null {
  let sum: Decimal = ZERO;
  for (const { usd } of lines) {
    if (usd === null) return null;
    sum = sum.plus(usd);
  }
  return text(sum);
}

/** Rounded up: a share never looks smaller than it is. */
const pctOf = (usd: string | null, nav: Decimal | null): number | null =>
  usd === null || nav === null ? null : toStatistic(divide(decimal(usd).times(HUNDRED), nav, PCT_PLACES, 'up'));
