import { onMessagePublished } from 'firebase-functions/pubsub';
import { WOKEN } from './function-options.ts';
import { runWoken } from './run-woken.ts';

export const confirm = onMessagePublished({ ...WOKEN, topic: 'order-checks' }, (event) =>
  runWoken('order-checks', event, async (deps, wakeUp) => (await import('../app/confirm.ts')).confirm(deps, wakeUp)),
);
