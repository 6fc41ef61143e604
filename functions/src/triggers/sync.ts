import { onSchedule } from 'firebase-functions/scheduler';
import { engineConfig } from '../compose/settings.ts';
import { SCHEDULED } from './function-options.ts';
import { runScheduled } from './run-scheduled.ts';

export const sync = onSchedule({ ...SCHEDULED, schedule: engineConfig().runtime.schedules.sync }, (event) =>
  runScheduled('sync', event, async (deps, at) => (await import('../app/sync.ts')).sync(deps, at)),
);
