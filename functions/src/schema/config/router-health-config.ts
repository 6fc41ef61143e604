/** The `health` block of `router.json`: how the record of past routes decides how the next order is worked. */
import { z } from 'zod';
import { bps, count, days, milliseconds, minutes, pct } from './quantities.ts';

export const routerHealthConfig = z.strictObject({
  windowDays: days(1, 60, 'Age up to which a route counts').default(7),
  windowRoutes: count(1, 10_000, 'Routes of a symbol that count toward one statistic, the newest, at most').default(100),
  minSamples: count(1, 10_000, 'Routes of a symbol below which a statistic is not known and changes nothing').default(20),
  maxAgeMinutes: minutes(1, 10_080, 'Age of the computed health above which config alone decides').default(180),

  brokenFallbackPct: pct(1, 100, 'Maker starts that had to take, of all maker starts, from which makers are broken').default(90),
  degradedFallbackPct: pct(1, 100, 'The same, from which makers are degraded').default(60),
  goodFallbackPct: pct(0, 100, 'The same, up to which makers may be good').default(40),
  goodMakerPct: pct(0, 100, 'Share of executed value that rested, of maker starts, from which makers may be good').default(70),
  brokenSlippageBps: bps(0.1, 1000, 'Slippage that 95 of 100 routes keep within, from which routing is broken').default(20),
  degradedSlippageBps: bps(0.1, 1000, 'The same, from which routing is degraded').default(8),
  goodSlippageBps: bps(-1000, 1000, 'The same, up to which routing may be good').default(4),
  brokenLatencyMs: milliseconds(1, 60_000, 'Median time to acknowledgement from which routing is broken').default(2500),
  degradedLatencyMs: milliseconds(1, 60_000, 'The same, from which routing is degraded').default(1500),
  goodLatencyMs: milliseconds(1, 60_000, 'The same, up to which routing may be good').default(800),

  degradedProbeOneIn: count(1, 1000, 'While degraded, one order in so many still starts as configured, to notice a recovery').default(3),
  brokenProbeOneIn: count(1, 1000, 'While broken, one order in so many still starts as configured, to notice a recovery').default(10),
});
export type RouterHealthConfig = z.infer<typeof routerHealthConfig>;
