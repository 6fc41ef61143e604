import { onSchedule } from 'firebase-functions/scheduler';
import { engineConfig } from '../compose/settings.ts';
import { SCHEDULED } from './function-options.ts';
import { runScheduled } from './run-scheduled.ts';

export const screen = onSchedule({ ...SCHEDULED, schedule: engineConfig().runtime.schedules.screen }, (event) =>
  runScheduled('screen', event, async (deps, at) => (await import('../app/screen.ts')).screen(deps, at)),
);
