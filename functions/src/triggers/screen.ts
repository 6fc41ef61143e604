import { onSchedule } from 'firebase-functions/scheduler';
import { once } from '../compose/once.ts';
import { engineConfig } from '../compose/settings.ts';
import { SCHEDULED } from './function-options.ts';
import { runScheduled } from './run-scheduled.ts';

const useCase = once(() => import('../app/screen/screen.ts'));

export const screen = onSchedule({ ...SCHEDULED, schedule: engineConfig().runtime.schedules.screen }, (event) =>
  runScheduled('screen', event, async (deps, at) => (await useCase()).screen(deps, at)),
);
