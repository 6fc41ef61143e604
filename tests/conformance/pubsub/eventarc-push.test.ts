/**
 * What Eventarc does in production, end to end: the embedded server pushes CloudEvents to a 2nd gen function under
 * the official Functions Framework, which decodes them with the code that runs in the cloud.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import { cloudEvent, type CloudEventFunction } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';
import { PubSub } from '@google-cloud/pubsub';
import { onMessagePublished } from 'firebase-functions/pubsub';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { PushFormat } from '../../../local/pubsub/push-format.ts';
import { type PubSubServer, startPubSubServer } from '../../../local/pubsub/server.ts';

const TOPIC = 'projects/demo-eventarc/topics/orders';
const SUBSCRIPTION = 'projects/demo-eventarc/subscriptions/eventarc';

let functions: Server;
let server: PubSubServer;

afterEach(async () => {
  vi.restoreAllMocks();
  await server.close();
  functions.closeAllConnections();
  functions.close();
});

interface Received {
  readonly id: string;
  readonly source: string;
  readonly time: string;
  readonly json: unknown;
  readonly attributes: Record<string, string>;
}

/** Deploys `handler` as a function. @returns its URL. */
async function serveFunction(name: string, handler: (event: Received) => void): Promise<string> {
  const trigger = onMessagePublished('orders', ({ id, source, time, data }) => {
    handler({ id, source, time, json: data.message.json, attributes: data.message.attributes });
  });
  const run: CloudEventFunction = async ({ id, source, type, time = '', data }) =>
    trigger({ specversion: '1.0', id, source, type, time, data });
  cloudEvent(name, run);
  functions = getTestServer(name);
  await once(functions.listen(0, '127.0.0.1'), 'listening');
  const address = functions.address();
  if (address === null || typeof address === 'string') throw new Error('the function does not listen on a port');
  return `http://127.0.0.1:${address.port}/`;
}

async function publishJson(json: object): Promise<string> {
  const client = new PubSub({ projectId: 'demo-eventarc', apiEndpoint: `127.0.0.1:${server.port}`, emulatorMode: true });
  const id = await client.topic(TOPIC).publishMessage({ json, attributes: { side: 'BUY' } });
  await client.close();
  return id;
}

describe.each<PushFormat>(['cloudevent-binary', 'cloudevent-structured'])('a %s push', (format) => {
  it('runs the function with the published message, and again when it throws', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const events: Received[] = [];
    const done = Promise.withResolvers<void>();
    const failures: string[] = [];
    const pushEndpoint = await serveFunction(`on-${format}`, (event) => {
      events.push(event);
      if (events.length === 1) throw new Error('first attempt fails');
      done.resolve();
    });
    server = await startPubSubServer({ port: 0, pushFormat: () => format, onPushFailure: ({ reason }) => failures.push(reason) });
    server.ensureTopic(TOPIC);
    const retry = { minimumMs: 10, maximumMs: 10 };
    server.ensureSubscription({ name: SUBSCRIPTION, topic: TOPIC, pushEndpoint, retry });
    const id = await publishJson({ qty: '1.5' });
    await done.promise;
    const expected = {
      id,
      source: `//pubsub.googleapis.com/${TOPIC}`,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      json: { qty: '1.5' },
      attributes: { side: 'BUY' },
    };
    expect(events).toEqual([expected, expected]);
    expect(failures).toEqual([`${pushEndpoint} answered 500`]);
    expect(printed).toHaveBeenCalledWith(expect.stringContaining('first attempt fails'));
  });
});
