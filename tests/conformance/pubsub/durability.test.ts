import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v1 } from '@google-cloud/pubsub';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generatedClientOptions } from './support/host.ts';

const PROJECT = 'projects/demo-durability';
const TOPIC = `${PROJECT}/topics/orders`;
const SUBSCRIPTION = `${PROJECT}/subscriptions/worker`;
const NO_RETRY = { timeout: 5_000, retry: null };

let folder: string;
let server: ChildProcess;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pubsub-durability-'));
});

afterEach(() => {
  server.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Clients {
  readonly publisher: v1.PublisherClient;
  readonly subscriber: v1.SubscriberClient;
}

async function startServer(): Promise<Clients> {
  const script = path.join(import.meta.dirname, 'support/durable-server.ts');
  server = spawn(process.execPath, [script, path.join(folder, 'pubsub.sqlite')], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!server.stdout) throw new Error('the server has no output');
  const [address] = await once(server.stdout, 'data');
  const options = { projectId: 'demo-durability', ...generatedClientOptions(String(address).trim()) };
  return { publisher: new v1.PublisherClient(options), subscriber: new v1.SubscriberClient(options) };
}

async function killServer({ publisher, subscriber }: Clients): Promise<void> {
  server.kill('SIGKILL');
  await once(server, 'exit');
  await Promise.all([publisher.close(), subscriber.close()]);
}

/** Publishes one message after another until the server dies. @returns ids of those it confirmed, in order. */
async function publishUntilKilled(publisher: v1.PublisherClient, onConfirmed: (ids: readonly string[]) => void): Promise<readonly string[]> {
  const confirmed: string[] = [];
  for (;;) {
    try {
      const messages = [{ data: Buffer.from(`m${confirmed.length}`) }];
      const [{ messageIds }] = await publisher.publish({ topic: TOPIC, messages }, NO_RETRY);
      confirmed.push(...(messageIds ?? []));
    } catch {
      // The server is gone: that is what this test waits for, and the message was not confirmed.
      return confirmed;
    }
    onConfirmed(confirmed);
  }
}

async function pull(subscriber: v1.SubscriberClient): Promise<{ ackIds: string[]; messageIds: string[] }> {
  const request = { subscription: SUBSCRIPTION, maxMessages: 1_000, returnImmediately: true };
  const [{ receivedMessages }] = await subscriber.pull(request);
  const received = receivedMessages ?? [];
  return {
    ackIds: received.map(({ ackId }) => ackId ?? ''),
    messageIds: received.map(({ message }) => message?.messageId ?? ''),
  };
}

it('delivers every confirmed message after kill -9, and none that was acknowledged', async () => {
  const first = await startServer();
  await first.publisher.createTopic({ name: TOPIC });
  await first.subscriber.createSubscription({ name: SUBSCRIPTION, topic: TOPIC });
  const early = Array.from({ length: 10 }, (_, index) => ({ data: Buffer.from(`early ${index}`) }));
  await first.publisher.publish({ topic: TOPIC, messages: early });
  const handled = await pull(first.subscriber);
  await first.subscriber.acknowledge({ subscription: SUBSCRIPTION, ackIds: handled.ackIds });
  const confirmed = await publishUntilKilled(first.publisher, (ids) => {
    if (ids.length === 100) server.kill('SIGKILL');
  });
  await killServer(first);

  const second = await startServer();
  const { messageIds } = await pull(second.subscriber);
  expect(handled.messageIds).toHaveLength(10);
  expect(confirmed.length).toBeGreaterThanOrEqual(100);
  expect(messageIds).toEqual(expect.arrayContaining([...confirmed]));
  expect(messageIds.filter((id) => handled.messageIds.includes(id))).toEqual([]);
  await killServer(second);
});

it('delivers again what a consumer held, unacknowledged, when the server died', async () => {
  const first = await startServer();
  await first.publisher.createTopic({ name: TOPIC });
  await first.subscriber.createSubscription({ name: SUBSCRIPTION, topic: TOPIC });
  await first.publisher.publish({ topic: TOPIC, messages: [{ data: Buffer.from('held') }] });
  const held = await pull(first.subscriber);
  await killServer(first);

  const second = await startServer();
  const again = await pull(second.subscriber);
  expect(again.messageIds).toEqual(held.messageIds);
  expect(again.ackIds).not.toEqual(held.ackIds);
  await killServer(second);
});
