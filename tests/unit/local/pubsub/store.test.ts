import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Store } from '../../../../local/pubsub/store.ts';
import { brokerFixture, DEAD_TOPIC, text, TOPIC, WORKER } from './support/broker-fixture.ts';

let folder: string;
let dataFile: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pubsub-store-'));
  dataFile = path.join(folder, 'pubsub.sqlite');
});

afterEach(() => rmSync(folder, { recursive: true }));

function storedMessages(): unknown {
  const database = new DatabaseSync(dataFile);
  const row = database.prepare('SELECT count(*) AS count FROM messages').get();
  database.close();
  return row?.['count'];
}

describe('a data file', () => {
  it('gives a new server the topics, subscriptions and messages of the old one', () => {
    const before = brokerFixture({ dataFile });
    const consumer = before.subscribe({ ackDeadlineSeconds: 30 });
    before.publish({ data: Buffer.from([0, 255]), attributes: { side: 'BUY' }, orderingKey: 'btc' }, text('acked'));
    before.ack(consumer.last);
    before.broker.close();

    const after = brokerFixture({ dataFile });
    expect(after.broker.topics.map(({ name }) => name).toSorted()).toEqual([DEAD_TOPIC, TOPIC]);
    expect(after.broker.subscription(WORKER).resource.ackDeadlineSeconds).toBe(30);
    const redelivered = after.subscribe().deliveries.map(({ message }) => message);
    expect(redelivered).toEqual([consumer.deliveries[0]?.message]);
    after.broker.close();
  });

  it('remembers attempts, so that a message that kills its consumer still becomes a dead letter', () => {
    const deadLetter = { topic: DEAD_TOPIC, maxDeliveryAttempts: 5 };
    const attempts = [1, 2, 3].map(() => {
      const run = brokerFixture({ dataFile });
      const consumer = run.subscribe({ deadLetter });
      if (consumer.deliveries.length === 0) run.publish(text('killer'));
      run.broker.close();
      return consumer.last.attempt;
    });
    expect(attempts).toEqual([1, 2, 3]);
  });

  it('remembers how long a message still has to wait', () => {
    const before = brokerFixture({ dataFile });
    const consumer = before.subscribe({ retry: { minimumMs: 60_000, maximumMs: 60_000 } });
    before.publish(text('later'));
    before.nack(consumer.last);
    before.timers.advance(20_000);
    before.broker.close();

    const after = brokerFixture({ dataFile, timers: before.timers });
    const again = after.subscribe();
    after.timers.advance(39_999);
    expect(again.texts).toEqual([]);
    after.timers.advance(1);
    expect(again.texts).toEqual(['later']);
    after.broker.close();
  });

  it('never gives a message id twice', () => {
    const ids = [1, 2].map(() => {
      const run = brokerFixture({ dataFile });
      const consumer = run.subscribe();
      run.publish(text('a'));
      run.ack(consumer.last);
      run.broker.close();
      return consumer.last.message.messageId;
    });
    expect(new Set(ids).size).toBe(2);
  });

  it('keeps a message until the last of its subscriptions has settled it', () => {
    const run = brokerFixture({ dataFile });
    const other = 'projects/demo-unit/subscriptions/other';
    const consumers = { worker: run.subscribe(), other: run.subscribe({ name: other }) };
    run.publish(text('shared'));
    run.ack(consumers.worker.last);
    run.broker.close();
    expect(storedMessages()).toBe(1);

    const again = brokerFixture({ dataFile });
    again.broker.deleteSubscription(other);
    again.broker.close();
    expect(storedMessages()).toBe(0);
  });

  it('keeps no message that nobody subscribed to', () => {
    const run = brokerFixture({ dataFile });
    run.publish(text('unheard'));
    run.broker.close();
    expect(storedMessages()).toBe(0);
  });

  it('is refused while another server uses it', () => {
    const store = new Store(dataFile);
    store.putTopic({ name: TOPIC, labels: {} });
    expect(() => new Store(dataFile)).toThrow(`Cannot use the Pub/Sub data file "${dataFile}": database is locked. One server`);
    store.close();
  });

  it('is refused when another version wrote it', () => {
    const database = new DatabaseSync(dataFile);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(() => new Store(dataFile)).toThrow('schema version 99, this server knows 1');
  });
});

describe('a store transaction', () => {
  it('keeps nothing of work that throws', () => {
    const store = new Store(':memory:');
    const failing = () => {
      store.putTopic({ name: TOPIC, labels: {} });
      throw new Error('crash');
    };
    expect(() => store.transaction(failing)).toThrow('crash');
    expect(store.topics()).toEqual([]);
    store.close();
  });
});
