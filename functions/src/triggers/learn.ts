import { onSchedule } from 'firebase-functions/scheduler';
import { engineConfig } from '../compose/settings.ts';
import { SCHEDULED } from './function-options.ts';
import { runScheduled } from './run-scheduled.ts';

export const learn = onSchedule({ ...SCHEDULED, schedule: engineConfig().runtime.schedules.learn }, (event) =>
  runScheduled('learn', event, async (deps, at) => (await import('../app/learn.ts')).learn(deps, at)),
);
