import { describe, expect, it } from 'vitest';
import { alerts } from '../../../functions/src/cli/alerts.ts';
import type { Writer } from '../../../functions/src/ports/store.ts';
import { ACKNOWLEDGEMENTS } from '../../../functions/src/schema/records/acknowledgement.ts';
import { ALERTS } from '../../../functions/src/schema/records/alert.ts';
import { INCIDENTS } from '../../../functions/src/schema/records/incident.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { NOW, aNav } from '../domain/risk/scenario.ts';
import { PLACE, anInspection } from './inspection.ts';
import { anAlert, anIncident } from './records.ts';

const HOUR = 3_600_000;
const SEEN = { actor: 'ada', note: 'on it', at: NOW - 60_000 };

async function told(write: (writer: Writer) => void, withClosed = false) {
  const { inspection, store } = anInspection();
  await store.commit((writer) => {
    writer.set(NAV_STATE, NAV_STATE_ID, aNav());
    write(writer);
  });
  const { lines, exitCode } = await alerts(inspection, PLACE, withClosed);
  return { text: lines.join('\n'), exitCode };
}

describe('the open alerts', () => {
  it('are shown with severity, since when, what to do and how to say that somebody has seen it, the gravest first', async () => {
    const { text, exitCode } = await told((writer) => {
      writer.set(ALERTS, 'vetoStorm-1', anAlert({ kind: 'vetoStorm', severity: 'warning', detail: '60 entries refused', action: 'See vetoes.', raisedAt: NOW - 60_000, reopened: 2 }));
      writer.set(ALERTS, 'navStale-1', anAlert());
    });
    expect(exitCode).toBe(0);
    expect(text).toBe(
      [
        'the test store, seen 2026-01-15T12:00:00Z',
        '',
        'open alerts',
        '  CRITICAL navStale: NAV has not been read for 200 s',
        '    since 2026-01-15T11:00:00Z (1 h 0 min ago)',
        '    Read the problems in state/execution_health.',
        '    nobody has said to have seen it: portcullis ack-alert navStale-1 --reason "..."',
        '  WARNING vetoStorm: 60 entries refused',
        '    since 2026-01-15T11:59:00Z (1 min ago), came back 2 times',
        '    See vetoes.',
        '    nobody has said to have seen it: portcullis ack-alert vetoStorm-1 --reason "..."',
        '',
        'open incidents: none',
      ].join('\n'),
    );
  });

  it('name who has seen them, unless they have come again since', async () => {
    const { text } = await told((writer) => {
      writer.set(ALERTS, 'seen', anAlert());
      writer.set(ACKNOWLEDGEMENTS, 'seen', { ...SEEN, incidentId: 'seen', openedAt: NOW - HOUR });
      writer.set(ALERTS, 'again', anAlert({ kind: 'circuitOpen' }));
      writer.set(ACKNOWLEDGEMENTS, 'again', { ...SEEN, incidentId: 'again', openedAt: NOW - 2 * HOUR });
    });
    expect(text).toContain('seen by ada, 2026-01-15T11:59:00Z (1 min ago): on it');
    expect(text).toContain('nobody has said to have seen it: portcullis ack-alert again');
  });

  it('about an incident are told by the incident alone, in its own words', async () => {
    const { text } = await told((writer) => {
      writer.set(INCIDENTS, 'overClose-1', anIncident({ kind: 'overClose', summary: 'more was closed than held', seen: 1 }));
      writer.set(ALERTS, 'overClose-a', anAlert({ kind: 'overClose', subject: 'overClose-1' }));
    });
    expect(text).toContain('open alerts: none besides the incidents');
    expect(text).toContain('  WARNING overClose: more was closed than held\n    seen once since 2026-01-15T10:00:00Z (2 h 0 min ago), last 1 min ago');
  });
});

const write = (writer: Writer): void => writer.set(ALERTS, 'old', anAlert({ kind: 'geoBlocked', detail: 'HTTP 451', raisedAt: NOW - 2 * HOUR, resolvedAt: NOW - HOUR }));

describe('alerts that are over', () => {
  it('are left out unless they are asked for', async () => {
    expect((await told(write)).text).not.toContain('geoBlocked');
  });

  it('are shown with how long they lasted', async () => {
    expect((await told(write, true)).text).toMatch(/alerts that are over\n .*\n {2}critical {2}geoBlocked {2}2026-01-15T10:00:00Z \(2 h 0 min ago\) {2}1 h 0 min {2}HTTP 451/);
  });
});

it('where nothing was ever reported, it is not said that nothing is wrong', async () => {
  await expect(alerts(anInspection().inspection, PLACE, false)).rejects.toThrow('there are no records in the test store');
});
