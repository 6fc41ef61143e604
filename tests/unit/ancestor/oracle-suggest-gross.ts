/**
 * The ancestor's `suggest_gross_usd` (specification, section 3.1) and the floor rule of its `normalize_price_qty`
 * (section 4.2), in plain numbers. Percentages are percent, money is dollars.
 */
export interface SizerInput {
  readonly nav: number;
  readonly strength: number;
  readonly atr: number;
  readonly price: number;
  readonly vol_target_bps: number;
  readonly min_notional: number;
  readonly bucket_cap_pct: number;
  readonly bucket_used: number;
  readonly max_symbol_pct: number;
  readonly symbol_used: number;
  readonly trade_equity_pct: number;
  readonly max_trade_pct: number;
  readonly portfolio_pct: number;
  readonly portfolio_used: number;
  readonly max_order_notional: number;
  readonly leverage_cap: number;
}

/** What the volatility target alone asks for. */
export function rawGross({ nav, strength, atr, price, vol_target_bps }: SizerInput): number {
  const atrPct = atr / price;
  return ((nav * (vol_target_bps / 10_000)) / atrPct) * Math.max(strength, 0.25);
}

/** Raised to the smallest order, then every cap as a successive minimum; never looked at again after those. */
export function suggestGrossUsd(input: SizerInput): number {
  const { nav } = input;
  const share = (pct: number): number => (nav * pct) / 100;
  const caps = [
    share(input.bucket_cap_pct) - input.bucket_used,
    share(input.max_symbol_pct) - input.symbol_used,
    share(input.trade_equity_pct),
    share(input.max_trade_pct),
    share(input.portfolio_pct) - input.portfolio_used,
    input.max_order_notional,
    nav * Math.max(input.leverage_cap, 1),
  ];
  return Math.max(0, Math.min(Math.max(rawGross(input), input.min_notional), ...caps));
}

/** Quotient of whole numbers without its fraction, exact below 2^53. */
const floorDivide = (a: number, b: number): number => (a - (a % b)) / b;

/**
 * Price floored to the tick, quantity floored to the step. All whole numbers: gross in cents, the price in tenths of a
 * tick, ticks and steps as how many of them make one. Returns the price in ticks and the quantity in steps.
 */
export function normalizePriceQty(grossCents: number, priceTenthTicks: number, ticksPerOne: number, stepsPerOne: number): { ticks: number; steps: number } {
  const ticks = floorDivide(priceTenthTicks, 10);
  return { ticks, steps: floorDivide(grossCents * ticksPerOne * stepsPerOne, ticks * 100) };
}
