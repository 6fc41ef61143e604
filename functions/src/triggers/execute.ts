import { onMessagePublished } from 'firebase-functions/pubsub';
import { once } from '../compose/once.ts';
import { WOKEN } from './function-options.ts';
import { runWoken } from './run-woken.ts';

const useCase = once(() => import('../app/orders/execute.ts'));

export const execute = onMessagePublished({ ...WOKEN, topic: 'order-intents' }, (event) =>
  runWoken('order-intents', event, async (deps, wakeUp) => (await useCase()).execute(deps, wakeUp)),
);
