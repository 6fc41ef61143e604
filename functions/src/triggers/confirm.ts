import { onMessagePublished } from 'firebase-functions/pubsub';
import { once } from '../compose/once.ts';
import { WOKEN } from './function-options.ts';
import { runWoken } from './run-woken.ts';

const useCase = once(() => import('../app/orders/confirm.ts'));

export const confirm = onMessagePublished({ ...WOKEN, topic: 'order-checks' }, (event) =>
  runWoken('order-checks', event, async (deps, wakeUp) => (await useCase()).confirm(deps, wakeUp)),
);
