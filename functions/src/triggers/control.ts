import { onRequest } from 'firebase-functions/https';
import { startLog } from '../compose/host.ts';
import { startControl } from '../compose/start-control.ts';
import { ASKED } from './function-options.ts';
import { controlCall } from './http/control-call.ts';
import { serve } from './http/serve.ts';
import { venueCredentials } from './params.ts';

export const control = onRequest(
  ASKED,
  serve('control', startLog, async (call) => {
    const desk = await startControl(() => venueCredentials.value());
    try {
      return await controlCall(desk, call);
    } finally {
      desk.deps.costs.end();
    }
  }),
);
