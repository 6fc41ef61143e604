import { afterEach, describe, expect, it } from 'vitest';
import { type PubSubOptions, type PubSubServer, startPubSubServer } from '../../../../local/pubsub/server.ts';
import { DEAD_TOPIC, TOPIC, WORKER } from './support/broker-fixture.ts';
import { HttpEndpoint } from './support/http-endpoint.ts';
import { ManualTimers } from './support/manual-timers.ts';
import { publish } from './support/publish.ts';

let servers: PubSubServer[] = [];

async function start(options: Partial<PubSubOptions> = {}): Promise<PubSubServer> {
  const server = await startPubSubServer({ port: 0, ...options });
  servers.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
  servers = [];
});

/** Lets promises that are already settled, and what hangs on them, run. */
const settle = async () => new Promise((resolve) => void setImmediate(resolve));

describe('the embedded Pub/Sub', () => {
  it('says which port is taken', async () => {
    const first = await start();
    await expect(start({ port: first.port })).rejects.toThrow(`cannot listen on 127.0.0.1:${first.port}`);
  });

  it('frees its port when it closes', async () => {
    const first = await start();
    await first.close();
    const second = await start({ port: first.port });
    expect(second.port).toBe(first.port);
  });

  it('accepts ensureTopic and ensureSubscription again and again, with a new push endpoint each time', async () => {
    const server = await start({ deliver: async () => 'ack' });
    for (const pushEndpoint of ['inproc:a', 'inproc:b']) {
      server.ensureTopic(TOPIC);
      server.ensureSubscription({ name: WORKER, topic: TOPIC, pushEndpoint });
    }
    expect(server.backlog(WORKER)).toMatchObject({ unacked: 0, quiet: true });
  });

  it('refuses to move a subscription to another topic', async () => {
    const server = await start();
    server.ensureTopic(TOPIC);
    server.ensureTopic(DEAD_TOPIC);
    server.ensureSubscription({ name: WORKER, topic: TOPIC });
    expect(() => server.ensureSubscription({ name: WORKER, topic: DEAD_TOPIC })).toThrow(`exists with topic ${TOPIC}`);
  });

  it('refuses an in-process endpoint when it has nobody to deliver to', async () => {
    const server = await start();
    server.ensureTopic(TOPIC);
    expect(() => server.ensureSubscription({ name: WORKER, topic: TOPIC, pushEndpoint: 'inproc:x' })).toThrow('without "deliver"');
  });
});

describe('in-process delivery on simulated time', () => {
  it('is quiet while a message and those of its key behind it wait for a backoff', async () => {
    const timers = new ManualTimers();
    const server = await start({ timers, deliver: async () => 'nack' });
    server.ensureTopic(TOPIC);
    const retry = { minimumMs: 60_000, maximumMs: 60_000 };
    server.ensureSubscription({ name: WORKER, topic: TOPIC, pushEndpoint: 'inproc:x', retry, enableMessageOrdering: true });
    await publish(server.port, TOPIC, ['1', '2'], 'btc');
    timers.advance(0);
    await settle();
    expect(server.backlog()).toMatchObject({ unacked: 2, ready: 0, blocked: 1, waitingForBackoff: 1, quiet: true });
  });

  it('runs in publish order and is quiet when all is acknowledged', async () => {
    const timers = new ManualTimers();
    const seen: string[] = [];
    const server = await start({
      timers,
      deliver: async (subscription, { data }, attempt) => {
        seen.push(`${data.toString()} ${subscription.split('/').at(-1)} ${attempt}`);
        return 'ack';
      },
    });
    server.ensureTopic(TOPIC);
    const other = 'projects/demo-unit/subscriptions/audit';
    for (const name of [WORKER, other]) server.ensureSubscription({ name, topic: TOPIC, pushEndpoint: 'inproc:x' });
    await publish(server.port, TOPIC, ['1', '2']);
    expect(server.backlog()).toMatchObject({ unacked: 4, ready: 4, quiet: false });
    timers.advance(0);
    expect(server.backlog()).toMatchObject({ inFlight: 4, quiet: false });
    await settle();
    expect(seen).toEqual(['1 audit 1', '1 worker 1', '2 audit 1', '2 worker 1']);
    expect(server.backlog()).toMatchObject({ unacked: 0, quiet: true });
    expect(server.counters()).toMatchObject({ published: 2, delivered: 4, acked: 4, nacked: 0 });
  });

  it('treats "nack" and a rejection alike: it reports them and delivers again after the backoff', async () => {
    const timers = new ManualTimers();
    const failures: string[] = [];
    const answers = [async () => 'nack' as const, async () => Promise.reject(new Error('boom')), async () => 'ack' as const];
    const server = await start({
      timers,
      deliver: async (_, __, attempt) => answers[attempt - 1]?.() ?? 'nack',
      onPushFailure: ({ attempt, reason }) => failures.push(`${attempt}: ${reason}`),
    });
    server.ensureTopic(TOPIC);
    const retry = { minimumMs: 1_000, maximumMs: 60_000 };
    server.ensureSubscription({ name: WORKER, topic: TOPIC, pushEndpoint: 'inproc:x', retry });
    await publish(server.port, TOPIC, ['1']);
    timers.advance(0);
    await settle();
    expect(server.backlog()).toMatchObject({ waitingForBackoff: 1, nextRetryAtMs: timers.now() + 1_000, quiet: true });
    timers.advance(1_000);
    await settle();
    timers.advance(2_000);
    await settle();
    expect(server.backlog().unacked).toBe(0);
    expect(failures).toEqual(['1: inproc:x answered nack', '2: boom']);
  });

  it('delivers again when the handler is not done by the ack deadline, and ignores its late result', async () => {
    const timers = new ManualTimers();
    const { promise: never } = Promise.withResolvers<'ack'>();
    const server = await start({ timers, deliver: async (_, __, attempt) => (attempt === 1 ? never : 'ack') });
    server.ensureTopic(TOPIC);
    server.ensureSubscription({ name: WORKER, topic: TOPIC, pushEndpoint: 'inproc:x' });
    await publish(server.port, TOPIC, ['1']);
    timers.advance(0);
    timers.advance(10_000);
    timers.advance(100);
    await settle();
    expect(server.counters()).toMatchObject({ delivered: 2, expired: 1, acked: 1 });
  });
});

describe('HTTP push', () => {
  it('gives up on an endpoint that does not answer within the ack deadline', async () => {
    const timers = new ManualTimers();
    const failed = Promise.withResolvers<string>();
    const endpoint = await HttpEndpoint.start([]);
    const server = await start({ timers, onPushFailure: ({ reason }) => failed.resolve(reason) });
    server.ensureTopic(TOPIC);
    server.ensureSubscription({ name: WORKER, topic: TOPIC, pushEndpoint: endpoint.url });
    await publish(server.port, TOPIC, ['1']);
    timers.advance(0);
    await endpoint.received(1);
    timers.advance(10_000);
    expect(await failed.promise).toBe('no answer within the ack deadline');
    expect(server.counters()).toMatchObject({ expired: 1, nacked: 0 });
    await endpoint.close();
  });

  it('that is cut off by the close of the server is not reported as a failure', async () => {
    const failures: string[] = [];
    const endpoint = await HttpEndpoint.start([]);
    const server = await start({ onPushFailure: ({ reason }) => failures.push(reason) });
    server.ensureTopic(TOPIC);
    server.ensureSubscription({ name: WORKER, topic: TOPIC, pushEndpoint: endpoint.url });
    await publish(server.port, TOPIC, ['1']);
    await endpoint.received(1);
    await server.close();
    await endpoint.disconnected();
    await settle();
    expect(failures).toEqual([]);
    await endpoint.close();
  });
});
