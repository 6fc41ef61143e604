import { onRequest } from 'firebase-functions/https';
import { startLog } from '../compose/host.ts';
import { startIngest } from '../compose/start-ingest.ts';
import { ASKED } from './function-options.ts';
import { ingestCall } from './http/ingest-call.ts';
import { serve } from './http/serve.ts';
import { ingestKeys, venueCredentials } from './params.ts';

export const ingest = onRequest(
  { ...ASKED, secrets: [...ASKED.secrets, ingestKeys] },
  serve('ingest', startLog, async (call) => {
    const desk = await startIngest(ingestKeys.value(), () => venueCredentials.value());
    try {
      return await ingestCall(desk, call);
    } finally {
      desk.deps.costs.end();
    }
  }),
);
