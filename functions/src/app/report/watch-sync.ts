/** Sync tells of everything but its own end: whether it still runs is looked at by screen, which costs nothing while it does. */
import { lostHeartbeat } from '../../domain/alerts/heartbeats.ts';
import { ALERT_HEAD, ALERT_HEAD_ID } from '../../schema/records/alert.ts';
import type { Heartbeat } from '../../schema/records/heartbeat.ts';
import { tellAlerts } from './tell-alerts.ts';
import type { AlertDeps } from './tell-alerts.ts';

/** `last` is null before the first sync. Never throws: a candle that is decided must not be told as failed. */
export async function watchSync(deps: AlertDeps, last: Heartbeat | null): Promise<void> {
  const lost = last === null ? null : lostHeartbeat('sync', last, last.lastRunAt, deps.config.runtime, deps.clock.now());
  if (lost === null) return;
  try {
    const { head } = await deps.step('report.read', () => deps.store.get({ head: { collection: ALERT_HEAD, id: ALERT_HEAD_ID } }));
    await tellAlerts(deps, { present: [lost], judges: () => false }, head);
  } catch (error) {
    deps.log.reportFailed(error instanceof Error ? error.message : String(error));
  }
}
