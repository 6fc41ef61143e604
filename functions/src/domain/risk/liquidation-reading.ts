/** Where the order's leg would be liquidated once the order has filled. */
import { tierFor, tiersOf, maintenanceMargin } from '../market/margin-tiers.ts';
import { decimal, divide, ZERO } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import type { MarketMetadata } from '../../schema/records/market-metadata.ts';
import type { OpenExposure, Reservation, RiskState } from '../../schema/records/risk-state.ts';
import type { SymbolLimits } from './limits.ts';
import { liquidationPrice } from './liquidation-price.ts';
import type { NavReading } from './nav-reading.ts';
import { isEntry } from './order-reading.ts';
import type { OrderReading } from './order-reading.ts';
import type { ProposedOrder } from './proposed-order.ts';
import { readDecimal } from './read-decimal.ts';
import { readLine } from './read-line.ts';

export type LiquidationReading =
  | { readonly kind: 'never' }
  | { readonly kind: 'at'; readonly price: Decimal }
  /** The symbol's maintenance margin is not known. */
  | { readonly kind: 'unknown' }
  /** The order or the NAV cannot be read, which other checks refuse. */
  | { readonly kind: 'notAsked' };

/**
 * Under cross margin all of NAV stands behind every position, and every other line, entries under way included, needs its
 * maintenance margin. An isolated leg has what the venue's leverage took from the wallet when it was entered.
 */
export function readLiquidation(
  order: ProposedOrder,
  reading: OrderReading,
  { risk, nav, brackets, limits }: { readonly risk: RiskState; readonly nav: NavReading; readonly brackets: MarketMetadata['brackets']; readonly limits: SymbolLimits },
): LiquidationReading {
  if (!isEntry(order.purpose) || reading.kind !== 'sound' || nav.kind !== 'known') return { kind: 'notAsked' };
  const tiers = tiersOf(brackets, order.symbol);
  if (tiers === null) return { kind: 'unknown' };
  const isIsolated = limits.venueSettings?.marginMode.value === 'isolated';
  let qty: Decimal = reading.qty;
  let notional: Decimal = reading.notionalUsd;
  let entry: Decimal = reading.notionalUsd;
  let othersMaintenance = ZERO;
  for (const line of entryLines(risk, order.intentId)) {
    const known = readLine(line);
    // An unreadable line is `positions_unavailable`.
    if (known === null) return { kind: 'notAsked' };
    if (line.symbol === order.symbol && line.positionSide === order.positionSide) {
      qty = qty.plus(known.qty);
      notional = notional.plus(known.notionalUsd);
      entry = entry.plus(entryCost(line, known.qty) ?? known.notionalUsd);
    } else if (!isIsolated) {
      othersMaintenance = othersMaintenance.plus(maintenanceMargin(tiersOf(brackets, line.symbol), known.notionalUsd));
    }
  }
  const price = liquidationPrice({
    positionSide: order.positionSide,
    qty,
    cost: isIsolated ? entry : notional,
    balance: isIsolated ? divide(entry, limits.venueLeverage, PLACES, 'down') : nav.navUsd,
    othersMaintenance,
    tier: tierFor(tiers, notional),
  });
  return price === null ? { kind: 'never' } : { kind: 'at', price };
}

const PLACES = 8;

function* entryLines({ exposures, reservations }: RiskState, intentId: string): Generator<OpenExposure | Reservation> {
  yield* Object.values(exposures);
  for (const line of Object.values(reservations)) if (line.intentId !== intentId && isEntry(line.purpose)) yield line;
}

/** What the line was or will be entered at; null when that cannot be read. */
function entryCost(line: OpenExposure | Reservation, qty: Decimal): Decimal | null {
  const price = 'averageEntryPrice' in line ? readDecimal(line.averageEntryPrice) : decimal(line.price);
  return price === null ? null : qty.times(price);
}
