import { describe, expect, it } from 'vitest';
import { alertOf } from '../../../../functions/src/domain/alerts/alert-of.ts';
import { condition } from '../../../../functions/src/domain/alerts/condition.ts';
import { dueSinks, nextDeliveryAt, withAttempts, withOutcome } from '../../../../functions/src/domain/alerts/deliveries.ts';
import { planAlerts } from '../../../../functions/src/domain/alerts/plan-alerts.ts';
import type { AlertKind, AlertRecord } from '../../../../functions/src/schema/records/alert.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const MINUTE = 60_000;
const RULES = { sinks: { ops: { minSeverity: 'warning' as const }, pager: { minSeverity: 'critical' as const } }, retentionMs: 1 };

function raised(kind: AlertKind): AlertRecord {
  const { changes } = planAlerts({ present: [condition(kind, null, 'something is wrong')], judges: () => true }, {}, new Set(), MINUTE, NOW);
  const [change] = changes;
  if (change === undefined) throw new Error('nothing was raised');
  return alertOf(null, change, RULES, NOW);
}

const FAILED = { kind: 'failed', cause: 'answered HTTP 500' } as const;

describe('who is told', () => {
  it.each([
    ['drawdownAlert', ['ops']],
    ['drawdownHalt', ['ops', 'pager']],
  ] as const)('of %s is whoever takes its severity: %j', (kind, sinks) => {
    expect(dueSinks(raised(kind), NOW)).toEqual(sinks);
  });
});

describe('a delivery', () => {
  it('that is sent is done', () => {
    const sent = withOutcome(withAttempts(raised('drawdownAlert'), ['ops'], NOW), 'ops', 1, { kind: 'sent' }, 8, NOW + 5);
    expect(sent.deliveries['ops']).toEqual({ state: 'sent', notice: 1, attempts: 1, nextAt: null, lastError: null, sentAt: NOW + 5 });
    expect(nextDeliveryAt(sent)).toBeNull();
  });

  it('that fails is tried after 1, 2, 4 ... 60 minutes and given up after its last attempt', () => {
    let alert = raised('drawdownAlert');
    const waits: (number | null)[] = [];
    let now = NOW;
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      expect(dueSinks(alert, now)).toEqual(['ops']);
      alert = withOutcome(withAttempts(alert, ['ops'], now), 'ops', 1, FAILED, 8, now);
      const nextAt = nextDeliveryAt(alert);
      waits.push(nextAt === null ? null : (nextAt - now) / MINUTE);
      now = nextAt ?? now;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, null]);
    expect(alert.deliveries['ops']).toMatchObject({ state: 'failed', attempts: 8, lastError: 'answered HTTP 500', sentAt: null });
    expect(dueSinks(alert, now + 60 * MINUTE)).toEqual([]);
  });

  it('whose outcome never came is tried again as if it had failed', () => {
    const armed = withAttempts(raised('drawdownAlert'), ['ops'], NOW);
    expect(dueSinks(armed, NOW)).toEqual([]);
    expect(dueSinks(armed, NOW + MINUTE)).toEqual(['ops']);
  });

  it('of an older notice says nothing about a newer one', () => {
    const armed = withAttempts(raised('drawdownAlert'), ['ops'], NOW);
    expect(withOutcome(armed, 'ops', 2, { kind: 'sent' }, 8, NOW)).toBe(armed);
  });
});

describe('what is told', () => {
  it('names severity, kind, what is seen and what to do', () => {
    expect(raised('drawdownAlert').notice.text).toMatch(/^WARNING drawdownAlert: something is wrong\nSee state\/risk_snapshot/);
  });
});
