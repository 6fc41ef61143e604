/**
 * What the engine publishes as known is what the venue had: "unavailable" may be old, but "ok" is never a default.
 * Compared only where the venue has been still since before the reading was taken.
 */
import type { ExchangeState } from '../../../functions/src/domain/matching/exchange-state.ts';
import { decimal, isZero } from '../../../functions/src/domain/money/decimal.ts';
import { NAV_STATE } from '../../../functions/src/schema/records/nav-state.ts';
import type { NavState } from '../../../functions/src/schema/records/nav-state.ts';
import { POSITIONS_STATE } from '../../../functions/src/schema/records/positions-state.ts';
import type { PositionsState } from '../../../functions/src/schema/records/positions-state.ts';

/** A reading's time is the engine's clock; how long before it the venue may have been asked. */
const READING_MS = 30_000;

/** Null when what is published is true, or cannot be judged. */
export function untruth(nav: NavState | null, positions: PositionsState | null, venue: ExchangeState): string | null {
  if (positions?.health === 'ok' && !movedSince(venue, positions.valueAt)) {
    const published = positions.items.map((item) => `${item.symbol} ${item.qty}`).toSorted().join(', ');
    const held = Object.values(venue.positions)
      .filter((position) => !isZero(decimal(position.qty)))
      .map((position) => `${position.symbol} ${decimal(position.qty).abs().toFixed()}`);
    if (published !== held.toSorted().join(', ')) return `${POSITIONS_STATE.name}/positions says "${published}", the venue has "${held.join(', ')}"`;
  }
  if (nav?.health === 'ok' && !movedSince(venue, nav.valueAt)) {
    const wallet = venue.assets['USDT']?.walletBalance ?? '0';
    if (!decimal(nav.walletUsd).eq(wallet)) return `${NAV_STATE.name}/nav says a wallet of ${nav.walletUsd}, the venue ${wallet}`;
  }
  return null;
}

function movedSince(venue: ExchangeState, at: number): boolean {
  const last = venue.income.at(-1)?.time ?? 0;
  return last >= at - READING_MS || (venue.trades.at(-1)?.time ?? 0) >= at - READING_MS;
}
