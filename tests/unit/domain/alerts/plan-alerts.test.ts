import { describe, expect, it } from 'vitest';
import { condition } from '../../../../functions/src/domain/alerts/condition.ts';
import type { Condition, Conditions } from '../../../../functions/src/domain/alerts/condition.ts';
import { planAlerts } from '../../../../functions/src/domain/alerts/plan-alerts.ts';
import type { AlertHead } from '../../../../functions/src/schema/records/alert.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;
const REPEAT = 60 * MINUTE;

const stale = condition('navStale', null, 'NAV is old');
const seen = (...present: readonly Condition[]): Conditions => ({ present, judges: () => true });

/** Looks at these minutes, each with the condition or without it; answers what sinks are told, as `minute notice`. */
function toldOver(looks: readonly (readonly [minute: number, look: Conditions])[], acknowledged: (alertId: string) => boolean = () => false): readonly string[] {
  let entries: AlertHead['entries'] = {};
  const told: string[] = [];
  for (const [minute, look] of looks) {
    const known = new Set(Object.values(entries).map(({ alertId }) => alertId).filter(acknowledged));
    const plan = planAlerts(look, entries, known, REPEAT, NOW + minute * MINUTE);
    told.push(...plan.changes.flatMap(({ notice }) => (notice === null ? [] : [`${minute} ${notice}`])));
    entries = plan.entries;
  }
  return told;
}

const every = (minutes: readonly number[], look: Conditions): readonly (readonly [number, Conditions])[] => minutes.map((minute) => [minute, look] as const);
const range = (from: number, to: number): readonly number[] => Array.from({ length: to - from }, (_, index) => from + index);

describe('an alert', () => {
  it('is raised once for a condition that lasts, and told again after waits that double', () => {
    expect(toldOver(every(range(0, 500), seen(stale)))).toEqual(['0 raised', '60 repeated', '180 repeated', '420 repeated']);
  });

  it('is repeated once a day at the rarest', () => {
    const told = toldOver(every(range(0, 8 * 24).map((hour) => hour * 60), seen(stale))).map((line) => Number(line.split(' ')[0]) / 60);
    expect(told).toEqual([0, 1, 3, 7, 15, 31, 55, 79, 103, 127, 151, 175]);
  });

  it('is resolved with a message when its condition is over, and forgotten an hour after it was told last', () => {
    const plan = planAlerts(seen(), planAlerts(seen(stale), {}, new Set(), REPEAT, NOW).entries, new Set(), REPEAT, NOW + MINUTE);
    expect(plan.changes.map(({ change, notice }) => [change, notice])).toEqual([['resolved', 'resolved']]);
    expect(plan.entries['navStale']).toMatchObject({ resolvedAt: NOW + MINUTE, told: 'resolved' });
    expect(planAlerts(seen(), plan.entries, new Set(), REPEAT, NOW + REPEAT - 1)).toMatchObject({ changes: [], hasChanged: false });
    expect(planAlerts(seen(), plan.entries, new Set(), REPEAT, NOW + REPEAT)).toMatchObject({ changes: [], hasChanged: true, entries: {} });
  });

  it('tells two messages an hour of a condition that flaps every minute', () => {
    const flapping = range(0, 120).map((minute) => [minute, minute % 2 === 0 ? seen(stale) : seen()] as const);
    expect(toldOver(flapping)).toEqual(['0 raised', '1 resolved', '60 repeated', '61 resolved']);
  });

  it('keeps its id when it comes back within the cool-down, and gets a new one after it', () => {
    const first = planAlerts(seen(stale), {}, new Set(), REPEAT, NOW).entries;
    const over = planAlerts(seen(), first, new Set(), REPEAT, NOW + MINUTE).entries;
    const back = planAlerts(seen(stale), over, new Set(), REPEAT, NOW + 2 * MINUTE);
    expect(back.changes.map(({ change, notice }) => [change, notice])).toEqual([['reopened', null]]);
    expect(back.entries['navStale']?.alertId).toBe(first['navStale']?.alertId);
    const forgotten = planAlerts(seen(), over, new Set(), REPEAT, NOW + REPEAT).entries;
    expect(planAlerts(seen(stale), forgotten, new Set(), REPEAT, NOW + REPEAT + MINUTE).entries['navStale']?.alertId).not.toBe(first['navStale']?.alertId);
  });

  it('is told when a condition that came back silently outlives the cool-down', () => {
    expect(toldOver([[0, seen(stale)], [1, seen()], ...every(range(2, 70), seen(stale)), [70, seen()]])).toEqual(['0 raised', '1 resolved', '60 repeated', '70 resolved']);
  });

  it('neither begins nor ends by a look that could not judge it', () => {
    const blind: Conditions = { present: [], judges: () => false };
    expect(toldOver([[0, seen(stale)], [1, blind], [2, seen(stale)], [3, seen()]])).toEqual(['0 raised', '3 resolved']);
  });

  it('that somebody has acknowledged is not repeated, but its end is told', () => {
    expect(toldOver([...every(range(0, 200), seen(stale)), [200, seen()]], () => true)).toEqual(['0 raised', '200 resolved']);
  });

  it('is one per subject', () => {
    const disabled = ['BTCUSDT', 'ETHUSDT'].map((symbol) => condition('symbolDisabled', symbol, `${symbol} takes no entries`));
    expect(Object.keys(planAlerts(seen(...disabled), {}, new Set(), REPEAT, NOW).entries)).toEqual(['symbolDisabled:BTCUSDT', 'symbolDisabled:ETHUSDT']);
  });

  it('changes nothing when a look finds what is known', () => {
    const { entries } = planAlerts(seen(stale), {}, new Set(), REPEAT, NOW);
    expect(planAlerts(seen(stale), entries, new Set(), REPEAT, NOW + MINUTE)).toEqual({ changes: [], entries, hasChanged: false });
  });
});
