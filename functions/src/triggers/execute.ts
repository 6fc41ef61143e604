import { onMessagePublished } from 'firebase-functions/pubsub';
import { WOKEN } from './function-options.ts';
import { runWoken } from './run-woken.ts';

export const execute = onMessagePublished({ ...WOKEN, topic: 'order-intents' }, (event) =>
  runWoken('order-intents', event, async (deps, wakeUp) => (await import('../app/execute.ts')).execute(deps, wakeUp)),
);
