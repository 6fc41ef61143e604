/**
 * The closed list of reasons for which an order is refused. The order of the list is the order of the docs table,
 * which is generated from it; the order in which checks run is in gate.ts.
 *
 * `unit` is what `observed` and `limit` of the veto count. Codes and meanings hold no numbers: numbers are fields.
 */
export const VETO_DEFINITIONS = [
  { code: 'invalid_input', unit: 'value', meaning: 'A number of the order or of the NAV is missing, not finite, zero or negative, or its side contradicts its purpose.' },
  { code: 'trading_halted', unit: 'state', meaning: 'Trading is halted: nothing is sent, exits included.' },
  { code: 'trading_reducing', unit: 'state', meaning: 'Trading is reducing: exits only.' },
  { code: 'write_gate_closed', unit: 'state', meaning: 'Orders are not allowed in this environment.' },
  { code: 'duplicate_intent', unit: 'state', meaning: 'The same signal has already led to an intent.' },
  { code: 'exceeds_position', unit: 'qty', meaning: 'The exit is larger than the position less the exits already under way.' },
  { code: 'nav_unavailable', unit: 'state', meaning: 'NAV has never been read or could not be read last time.' },
  { code: 'nav_stale', unit: 'seconds', meaning: 'NAV is too old to size risk with.' },
  { code: 'nav_anomaly', unit: 'state', meaning: 'NAV jumped without a matching cash flow.' },
  { code: 'positions_unavailable', unit: 'seconds', meaning: "The venue's positions are unknown or too old, or the risk record cannot be read." },
  { code: 'ledger_mismatch', unit: 'state', meaning: "Our ledger and the venue's positions differ, so exposure is not known." },
  { code: 'nav_drawdown_limit', unit: 'pct', meaning: 'NAV has fallen too far from its high-water mark.' },
  { code: 'day_loss_limit', unit: 'pct', meaning: "NAV has fallen too far from the day's opening equity." },
  { code: 'not_whitelisted', unit: 'state', meaning: 'The symbol is not an enabled member of the universe.' },
  { code: 'not_listed', unit: 'state', meaning: 'The venue does not list the symbol or does not trade it now.' },
  { code: 'symbol_disabled', unit: 'epochMs', meaning: 'The symbol is disabled until a stored time.' },
  { code: 'side_blocked', unit: 'state', meaning: 'Config blocks this position side of the symbol.' },
  { code: 'leverage_exceeded', unit: 'ratio', meaning: 'The order asks for more leverage than the symbol may use.' },
  { code: 'below_min_notional', unit: 'usd', meaning: "The order is smaller than config's or the venue's smallest order." },
  { code: 'min_notional_infeasible', unit: 'usd', meaning: 'At this NAV the smallest order is larger than the caps on one order allow.' },
  { code: 'symbol_order_cap', unit: 'usd', meaning: "The order is larger than the symbol's largest order." },
  { code: 'trade_gt_equity_cap', unit: 'pct', meaning: 'The order is larger than the allowed share of equity.' },
  { code: 'trade_gt_max_trade_nav_pct', unit: 'pct', meaning: 'The order is larger than the allowed share of NAV.' },
  { code: 'symbol_exposure_cap', unit: 'pct', meaning: 'Exposure of the symbol, reservations and this order included, would exceed its share of NAV.' },
  { code: 'tier_cap', unit: 'pct', meaning: "Exposure of the symbol's tier, reservations and this order included, would exceed its share of NAV." },
  { code: 'gross_exposure_cap', unit: 'pct', meaning: 'Exposure of the account, reservations and this order included, would exceed its share of NAV.' },
  { code: 'symbol_share_cap', unit: 'pct', meaning: "The symbol's share of all exposure would be too large." },
  { code: 'symbol_drawdown_cap', unit: 'pct', meaning: "The symbol's loss of the day is too large." },
  { code: 'max_concurrent', unit: 'count', meaning: 'Too many positions are open or reserved to begin another.' },
  { code: 'opposite_leg_open', unit: 'qty', meaning: 'The account is in one-way mode and the opposite side is open or reserved: close it first.' },
  { code: 'insufficient_margin', unit: 'usd', meaning: 'The margin of the order and of reservations would use up the headroom.' },
  { code: 'liquidation_distance', unit: 'pct', meaning: 'The liquidation price is or would be too near.' },
  { code: 'cooldown', unit: 'seconds', meaning: 'The symbol filled a moment ago.' },
  { code: 'circuit_breaker', unit: 'count', meaning: 'Too many venue errors within the window.' },
  { code: 'burst_limit', unit: 'count', meaning: 'Too many order attempts within the window.' },
  { code: 'trade_rate_limit', unit: 'count', meaning: 'Too many trades of the symbol within an hour.' },
  { code: 'stale_signal', unit: 'seconds', meaning: 'The signal is too old.' },
  { code: 'market_unavailable', unit: 'seconds', meaning: 'The quote or the mark price is unknown, nonsensical or too old.' },
  { code: 'wide_spread', unit: 'bps', meaning: 'The quoted spread is too wide.' },
  { code: 'price_collar', unit: 'bps', meaning: 'The price is too far from the mark.' },
  { code: 'funding_window', unit: 'bps', meaning: 'Funding is near and its rate is extreme.' },
  { code: 'ob_adverse', unit: 'ratio', meaning: 'The order book leans against the order or is unknown.' },
  { code: 'fee_edge', unit: 'bps', meaning: 'The expected edge less round-trip fees is too small or unknown.' },
] as const;

export type VetoCode = (typeof VETO_DEFINITIONS)[number]['code'];
export type VetoUnit = (typeof VETO_DEFINITIONS)[number]['unit'];
