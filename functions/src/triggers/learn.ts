import { onSchedule } from 'firebase-functions/scheduler';
import { once } from '../compose/once.ts';
import { engineConfig } from '../compose/settings.ts';
import { SCHEDULED } from './function-options.ts';
import { runScheduled } from './run-scheduled.ts';

const useCase = once(() => import('../app/learn/learn.ts'));

export const learn = onSchedule({ ...SCHEDULED, schedule: engineConfig().runtime.schedules.learn }, (event) =>
  runScheduled('learn', event, async (deps, at) => (await useCase()).learn(deps, at)),
);
