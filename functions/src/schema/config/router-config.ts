/** `router.json`: how an approved order is worked at the venue. */
import { z } from 'zod';
import { bps, count, days, seconds, usd } from './quantities.ts';
import { routerHealthConfig } from './router-health-config.ts';

const trueOrFalse = () => z.boolean('true or false');

export const routerConfig = z.strictObject({
  makerFirst: trueOrFalse().describe('Whether entries start as a post-only order: true or false').default(true),
  makerRestSeconds: seconds(1, 3600, 'How long a post-only order rests before it is requoted or taken; longer than confirmBudgetSeconds, the next sync ends it').default(20),
  makerOffsetBps: bps(0, 100, 'Distance behind the best price of its own side that a post-only order rests').default(0),
  maxRequotes: count(0, 20, 'Post-only orders after the first one').default(1),
  takerCollarBps: bps(0.5, 500, 'Distance from the best opposite price up to which the remainder is taken').default(10),
  pollSeconds: seconds(1, 600, 'Time between two looks at a working order').default(5),
  confirmBudgetSeconds: seconds(1, 500, 'How long one run of confirm keeps looking; it ends within the time that a function may run').default(30),
  maxIntentSeconds: seconds(5, 86_400, 'Longest life of any intent').default(180),
  exitsGoTaker: trueOrFalse().describe('Whether closing orders skip the post-only leg, as one in place of a passed stop always does: true or false').default(true),
  makerFeeBps: bps(-10, 100, 'Fee of a resting fill, negative for a rebate, to estimate costs with').default(2),
  takerFeeBps: bps(0, 100, 'Fee of a taking fill, to estimate costs with').default(5),
  maxMakerOffsetBps: bps(0, 100, 'Largest such distance that may be learned').default(8),
  twapMinNotionalUsd: usd(1, 1_000_000_000, 'Entries from this value on are sent in slices over time; null sends all at once').nullable().default(null),
  twapSlices: count(2, 20, 'Slices of such an entry, fewer where they would be too small or its life too short').default(4),
  twapIntervalSeconds: seconds(1, 3600, 'Time from the start of one slice to the start of the next').default(60),
  routeRetentionDays: days(1, 3650, 'How long route records and their statistics are kept').default(30),
  health: routerHealthConfig.describe('How past routes decide how the next order is worked').prefault({}),
});
export type RouterConfig = z.infer<typeof routerConfig>;
