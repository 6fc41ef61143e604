import { once } from 'node:events';
import { v1 } from '@google-cloud/pubsub';
import { credentials } from '@grpc/grpc-js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type PubSubServer, startPubSubServer } from '../../../../local/pubsub/server.ts';
import type { StreamingPullRequest, StreamingPullResponse } from '../../../../local/pubsub/wire.ts';
import { TOPIC, WORKER } from './support/broker-fixture.ts';
import { ManualTimers } from './support/manual-timers.ts';
import { publish } from './support/publish.ts';

let timers: ManualTimers;
let server: PubSubServer;
let client: v1.SubscriberClient;

beforeEach(async () => {
  timers = new ManualTimers();
  server = await startPubSubServer({ port: 0, timers });
  server.ensureTopic(TOPIC);
  server.ensureSubscription({ name: WORKER, topic: TOPIC });
  const { host: servicePath, port } = server;
  client = new v1.SubscriberClient({ projectId: 'demo-unit', servicePath, port, sslCreds: credentials.createInsecure() });
});

afterEach(async () => {
  await client.close();
  await server.close();
});

type PullStream = ReturnType<v1.SubscriberClient['streamingPull']>;

/** Sends a request and waits for its answer, which holds no messages. */
async function ask(stream: PullStream, request: Partial<StreamingPullRequest>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onData = ({ receivedMessages }: StreamingPullResponse) => {
    if (receivedMessages.length === 0) resolve();
  };
  stream.on('data', onData);
  stream.write(request);
  await promise;
  stream.off('data', onData);
}

async function openStream(first: Partial<StreamingPullRequest>): Promise<PullStream> {
  const stream = client.streamingPull();
  stream.write({ subscription: WORKER, streamAckDeadlineSeconds: 60, protocolVersion: 1, ...first });
  await ask(stream, {});
  return stream;
}

async function endStream(stream: PullStream): Promise<void> {
  stream.end();
  await once(stream.resume(), 'end');
}

it('answers every request of a stream, so that the client sees that the server lives', async () => {
  const stream = await openStream({});
  await expect(ask(stream, {})).resolves.toBeUndefined();
  await endStream(stream);
});

it('gives the messages of a stream the ack deadline the stream asks for, from its change on', async () => {
  const stream = await openStream({ streamAckDeadlineSeconds: 30 });
  await publish(server.port, TOPIC, ['1']);
  timers.advance(29_999);
  expect(server.counters()).toMatchObject({ delivered: 1, expired: 0 });
  timers.advance(1);
  expect(server.counters()).toMatchObject({ delivered: 2, expired: 1 });
  await ask(stream, { streamAckDeadlineSeconds: 100 });
  timers.advance(30_000);
  timers.advance(99_999);
  expect(server.counters().expired).toBe(2);
  await endStream(stream);
});

it('hands over no more bytes than the stream allows', async () => {
  const stream = await openStream({ maxOutstandingBytes: 25 });
  await publish(server.port, TOPIC, ['0123456789', '0123456789', '0123456789', '0123456789']);
  timers.advance(0);
  expect(server.backlog()).toMatchObject({ inFlight: 3, ready: 1 });
  await endStream(stream);
});
