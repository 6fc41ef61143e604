/**
 * The server under test: whatever PUBSUB_EMULATOR_HOST names, else the embedded one. Everything here and in the
 * suite goes through the official clients, so the same tests run against Google's emulator.
 */
import { PubSub, v1 } from '@google-cloud/pubsub';
import { credentials } from '@grpc/grpc-js';
import { startPubSubServer } from '../../../../local/pubsub/server.ts';

export interface PubSubHost {
  readonly projectId: string;
  readonly client: PubSub;
  /** The generated client, for calls the friendly one hides. */
  readonly subscriber: v1.SubscriberClient;
  /** A resource id that no other test of the run uses. */
  readonly uniqueId: (prefix: string) => string;
  readonly close: () => Promise<void>;
}

export function generatedClientOptions(endpoint: string): { servicePath: string; port: number; sslCreds: ReturnType<typeof credentials.createInsecure> } {
  const [servicePath = '', port] = endpoint.split(':');
  return { servicePath, port: Number(port), sslCreds: credentials.createInsecure() };
}

export async function startHost(): Promise<PubSubHost> {
  const outside = process.env['PUBSUB_EMULATOR_HOST'];
  const embedded = outside === undefined ? await startPubSubServer({ port: 0 }) : undefined;
  const endpoint = outside ?? `127.0.0.1:${embedded?.port}`;
  process.env['PUBSUB_EMULATOR_HOST'] = endpoint;
  const projectId = `demo-conformance-${process.pid}-${Date.now().toString(36)}`;
  const client = new PubSub({ projectId });
  const subscriber = new v1.SubscriberClient({ projectId, ...generatedClientOptions(endpoint) });
  let ids = 0;
  return {
    projectId,
    client,
    subscriber,
    uniqueId: (prefix) => `${prefix}-${(ids += 1)}`,
    close: async () => {
      await subscriber.close();
      await client.close();
      await embedded?.close();
      if (outside === undefined) delete process.env['PUBSUB_EMULATOR_HOST'];
    },
  };
}
