/** What the rules of slices, rests, router health and route records refuse. */
import { set } from './config-files.ts';
import type { Edit, Json } from './config-files.ts';

export interface RuleCase {
  readonly rule: string;
  readonly edits: readonly Edit[];
  readonly lines: readonly string[];
}

const ofStrategy = (path: readonly (string | number)[], value: Json): Edit => set('strategies.json', ['strategies', 0, ...path], value);
export const router = (path: readonly (string | number)[], value: Json): Edit => set('router.json', path, value);

/** Two slices a minute apart, within the life of an intent. */
export const twap: readonly Edit[] = [router(['twapMinNotionalUsd'], 5000), router(['twapSlices'], 2), router(['maxIntentSeconds'], 600), ofStrategy(['intentTtlSeconds'], 600)];

export const routingRuleCases: readonly RuleCase[] = [
  {
    rule: 'intentsOutliveTheirLegs',
    edits: [router(['makerRestSeconds'], 31), router(['maxRequotes'], 0), ofStrategy(['intentTtlSeconds'], 95)],
    lines: ['strategies.json strategies[0].intentTtlSeconds: 95 is refused; allowed: at least 96, so that every leg of router.json has its turn, waiting for a sync after each rest that outlasts confirmBudgetSeconds'],
  },
  {
    rule: 'slicesFitIntoIntents',
    edits: [...twap, router(['twapSlices'], 2), ofStrategy(['intentTtlSeconds'], 164)],
    lines: ['strategies.json strategies[0].intentTtlSeconds: 164 is refused; allowed: at least 165, which router.json:twapSlices, router.json:twapIntervalSeconds, the legs of a slice and one sync need; or fewer slices, or null for router.json:twapMinNotionalUsd'],
  },
  {
    rule: 'slicesDoNotOverlap',
    edits: [...twap, router(['twapIntervalSeconds'], 44)],
    lines: ['router.json twapIntervalSeconds: 44 is refused; allowed: at least 45, so that every leg of a slice has its turn before the next'],
  },
  {
    rule: 'slicesReachTheFloor',
    edits: [...twap, router(['twapMinNotionalUsd'], 199)],
    lines: ['router.json twapMinNotionalUsd: 199 is refused; allowed: at least 200, 2 slices of the smallest BTCUSDT order, 100, set in risk.json:perSymbol.BTCUSDT.minNotionalUsd'],
  },
  {
    rule: 'healthThresholdsRise',
    edits: [router(['health', 'goodSlippageBps'], 8), router(['health', 'degradedLatencyMs'], 2501), router(['health', 'minSamples'], 101)],
    lines: [
      'router.json health.goodSlippageBps: 8 is refused; allowed: below 8, set in router.json:health.degradedSlippageBps',
      'router.json health.degradedLatencyMs: 2501 is refused; allowed: at most 2500, set in router.json:health.brokenLatencyMs',
      'router.json health.minSamples: 101 is refused; allowed: at most 100, set in router.json:health.windowRoutes',
    ],
  },
  {
    rule: 'routesOutliveTheirWindow',
    edits: [router(['routeRetentionDays'], 6)],
    lines: ['router.json routeRetentionDays: 6 is refused; allowed: at least 7, set in router.json:health.windowDays'],
  },
];
