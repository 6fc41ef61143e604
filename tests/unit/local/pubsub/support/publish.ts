import { PubSub } from '@google-cloud/pubsub';

/** Publishes texts in one request with the real client. */
export async function publish(port: number, topic: string, texts: readonly string[], orderingKey = ''): Promise<void> {
  const client = new PubSub({ projectId: 'demo-unit', apiEndpoint: `127.0.0.1:${port}`, emulatorMode: true });
  try {
    const publisher = client.topic(topic, { batching: { maxMessages: texts.length }, messageOrdering: orderingKey !== '' });
    await Promise.all(texts.map(async (text) => publisher.publishMessage({ data: Buffer.from(text), orderingKey })));
  } finally {
    await client.close();
  }
}
