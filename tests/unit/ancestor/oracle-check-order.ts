/**
 * The checks of the ancestor's `check_order` that still stand, in plain numbers and under its own names: specification,
 * section 1.3. Percentages are percent, money is whole cents, times are seconds. Shares are compared multiplied out, so that
 * whole numbers stay whole: the same inequality, without a division that could miss its boundary by a float's last bit.
 */
export interface AncestorLimits {
  readonly nav_freshness_seconds: number;
  readonly max_nav_drawdown_pct: number;
  readonly daily_loss_limit_pct: number;
  readonly min_notional_usdt: number;
  readonly trade_equity_nav_pct: number;
  readonly max_trade_nav_pct: number;
  readonly max_portfolio_gross_nav_pct: number;
  readonly max_concurrent_positions: number;
  readonly max_leverage: number;
  readonly error_circuit: { readonly max_errors: number; readonly window_sec: number };
  readonly burst_limit: { readonly max_orders: number; readonly window_sec: number };
  readonly per_symbol: {
    readonly min_notional: number;
    /** 0 is no limit. */
    readonly max_order_notional: number;
    /** Null takes the general one. */
    readonly max_leverage: number | null;
    readonly block_sides: readonly ('BUY' | 'SELL')[];
    readonly cooldown_sec: number;
  };
  /** Of the tier of the order's symbol. */
  readonly tier_per_symbol_nav_pct: number;
}

export interface AncestorOrder {
  readonly side: 'BUY' | 'SELL';
  readonly notional: number;
  readonly lev: number;
}

export interface AncestorState {
  readonly nav: number;
  readonly nav_age: number;
  /** Of the drawdown snapshot; the ancestor compares both of its loss limits with the fall from it. */
  readonly peak: number;
  readonly current_gross_notional: number;
  readonly current_tier_gross_notional: number;
  readonly open_positions_count: number;
  /** Seconds since each event. */
  readonly error_ages: readonly number[];
  readonly attempt_ages: readonly number[];
  /** Since the symbol's last fill; null when it never filled. */
  readonly fill_age: number | null;
}

const within = (ages: readonly number[], window: number): number => ages.filter((age) => age < window).length;

/** All reasons, in the order of the specification's table. */
export function checkOrder(order: AncestorOrder, state: AncestorState, limits: AncestorLimits): string[] {
  const own = limits.per_symbol;
  const { notional } = order;
  const { nav, peak } = state;
  const hasFallenBy = (pct: number): boolean => pct > 0 && Math.max(0, peak - nav) * 100 >= pct * peak;
  const exceeds = (amount: number, pct: number): boolean => amount * 100 > nav * pct;
  const isOverGross = exceeds(state.current_gross_notional + notional, limits.max_portfolio_gross_nav_pct);
  const rules: [string, boolean][] = [
    ['nav_stale', !(state.nav_age < limits.nav_freshness_seconds)],
    ['nav_drawdown_limit', hasFallenBy(limits.max_nav_drawdown_pct)],
    ['day_loss_limit', hasFallenBy(limits.daily_loss_limit_pct)],
    ['below_min_notional', notional < Math.max(own.min_notional, limits.min_notional_usdt)],
    ['symbol_cap', own.max_order_notional > 0 && notional > own.max_order_notional],
    ['side_blocked', own.block_sides.includes(order.side)],
    ['leverage_exceeded', order.lev > (own.max_leverage ?? limits.max_leverage)],
    ['cooldown', state.fill_age !== null && own.cooldown_sec > state.fill_age],
    ['circuit_breaker', within(state.error_ages, limits.error_circuit.window_sec) >= limits.error_circuit.max_errors],
    ['burst_limit', within(state.attempt_ages, limits.burst_limit.window_sec) >= limits.burst_limit.max_orders],
    ['trade_gt_equity_cap', exceeds(notional, limits.trade_equity_nav_pct)],
    ['trade_gt_max_trade_nav_pct', exceeds(notional, limits.max_trade_nav_pct)],
    ['max_gross_nav_pct', isOverGross],
    ['portfolio_cap', isOverGross],
    ['max_concurrent', state.open_positions_count >= limits.max_concurrent_positions],
    ['tier_cap', exceeds(state.current_tier_gross_notional + notional, limits.tier_per_symbol_nav_pct)],
  ];
  return rules.filter(([, refuses]) => refuses).map(([reason]) => reason);
}
