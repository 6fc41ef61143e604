import { onSchedule } from 'firebase-functions/scheduler';
import { once } from '../compose/once.ts';
import { engineConfig } from '../compose/settings.ts';
import { SCHEDULED } from './function-options.ts';
import { runScheduled } from './run-scheduled.ts';

const useCase = once(() => import('../app/sync/sync.ts'));

export const sync = onSchedule({ ...SCHEDULED, schedule: engineConfig().runtime.schedules.sync }, (event) =>
  runScheduled('sync', event, async (deps, at) => (await useCase()).sync(deps, at)),
);
