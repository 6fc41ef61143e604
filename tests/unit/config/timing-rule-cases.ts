/** What the rules of durations against each other refuse. */
import { set } from './config-files.ts';
import { router } from './routing-rule-cases.ts';
import type { RuleCase } from './routing-rule-cases.ts';

export const timingRuleCases: readonly RuleCase[] = [
  {
    rule: 'syncRunsAllDay',
    edits: [set('runtime.json', ['schedules', 'sync'], '* 8-18 * * *')],
    lines: [
      'runtime.json schedules.sync: "* 8-18 * * *" is refused; allowed: every hour of every day (* in the last four fields), since positions stay open around the clock',
    ],
  },
  {
    rule: 'navOutlivesSeveralSyncs',
    edits: [set('runtime.json', ['schedules', 'sync'], '*/2 * * * *')],
    lines: ['risk.json navFreshnessSeconds: 180 is refused; allowed: at least 360, three times the longest gap of runtime.json:schedules.sync'],
  },
  {
    rule: 'signalsOutliveTheScreenGap',
    edits: [set('runtime.json', ['schedules', 'screen'], '*/5 * * * *')],
    lines: ['risk.json maxSignalAgeSeconds: 150 is refused; allowed: above 300, the longest gap of runtime.json:schedules.screen'],
  },
  {
    rule: 'signalsOutliveTheScreenGap',
    edits: [set('risk.json', ['maxSignalAgeSeconds'], 60)],
    lines: ['risk.json maxSignalAgeSeconds: 60 is refused; allowed: above 60, the longest gap of runtime.json:schedules.screen'],
  },
  {
    rule: 'leaseOutlivesAConfirmRun',
    edits: [set('runtime.json', ['leaseSeconds'], 39)],
    lines: [
      'runtime.json leaseSeconds: 39 is refused; allowed: at least 40, the sum of router.json:confirmBudgetSeconds, runtime.json:deadlineMs, runtime.json:clockMarginMs',
    ],
  },
  {
    rule: 'confirmEndsWithinItsFunction',
    edits: [router(['confirmBudgetSeconds'], 200), set('runtime.json', ['leaseSeconds'], 220)],
    lines: [
      'router.json confirmBudgetSeconds: 200 is refused; allowed: at most 94, the 120 seconds that a function may run less twice runtime.json:deadlineMs and 10 to settle',
      'runtime.json leaseSeconds: 220 is refused; allowed: at most 120, the seconds that a function may run',
    ],
  },
  {
    rule: 'confirmEndsWithinItsFunction',
    edits: [router(['confirmBudgetSeconds'], 40), set('runtime.json', ['leaseSeconds'], 120), set('runtime.json', ['deadlineMs'], 35_500)],
    lines: [
      'router.json confirmBudgetSeconds: 40 is refused; allowed: at most 39, the 120 seconds that a function may run less twice runtime.json:deadlineMs and 10 to settle',
    ],
  },
  {
    rule: 'workingOrdersAreLookedAt',
    edits: [set('router.json', ['pollSeconds'], 31)],
    lines: [
      'router.json makerRestSeconds: 20 is refused; allowed: at least 31, set in router.json:pollSeconds',
      'router.json confirmBudgetSeconds: 30 is refused; allowed: at least 31, set in router.json:pollSeconds',
    ],
  },
];
