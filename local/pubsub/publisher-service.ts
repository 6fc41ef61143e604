import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Broker } from './broker.ts';
import type { NewMessage } from './message.ts';
import { page } from './paging.ts';
import { invalidArgument } from './pubsub-error.ts';
import { checkProjectName } from './resource-names.ts';
import type { Unary } from './rpc.ts';
import type { FieldMask, Page, TopicResource } from './wire.ts';

const UPDATABLE = ['labels', 'message_retention_duration'];

function updatedTopic(current: TopicResource, patch: TopicResource, paths: readonly string[]): TopicResource {
  const unknown = paths.find((path) => !UPDATABLE.includes(path));
  if (paths.length === 0 || unknown !== undefined) {
    throw invalidArgument(`The update_mask names ${unknown ?? 'nothing'}; it may name ${UPDATABLE.join(', ')}.`);
  }
  return {
    ...current,
    ...(paths.includes('labels') && { labels: patch.labels }),
    ...(paths.includes('message_retention_duration') && { messageRetentionDuration: patch.messageRetentionDuration }),
  };
}

/** The google.pubsub.v1.Publisher service on a broker. */
export function publisherService(broker: Broker, unary: Unary): UntypedServiceImplementation {
  return {
    CreateTopic: unary((topic: TopicResource) => broker.createTopic(topic)),
    GetTopic: unary((request: { topic: string }) => broker.topic(request.topic)),
    UpdateTopic: unary((request: { topic: TopicResource | null; updateMask: FieldMask | null }) => {
      if (!request.topic) throw invalidArgument('The request has no topic.');
      const current = broker.topic(request.topic.name);
      return broker.putTopic(updatedTopic(current, request.topic, request.updateMask?.paths ?? []));
    }),
    DeleteTopic: unary((request: { topic: string }) => {
      broker.deleteTopic(request.topic);
      return {};
    }),
    ListTopics: unary((request: Page & { project: string }) => {
      checkProjectName(request.project);
      const topics = broker.topics.filter(({ name }) => name.startsWith(`${request.project}/`));
      const { items, nextPageToken } = page(topics, ({ name }) => name, request);
      return { topics: items, nextPageToken };
    }),
    ListTopicSubscriptions: unary((request: Page & { topic: string }) => {
      broker.topic(request.topic);
      const names = broker.subscriptionsOf(request.topic).map(({ resource }) => resource.name);
      const { items, nextPageToken } = page(names, (name) => name, request);
      return { subscriptions: items, nextPageToken };
    }),
    Publish: unary((request: { topic: string; messages: NewMessage[] }) => ({
      messageIds: broker.publish(request.topic, request.messages),
    })),
  };
}
