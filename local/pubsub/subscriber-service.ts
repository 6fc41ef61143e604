import type { UntypedServiceImplementation } from '@grpc/grpc-js';
import type { Broker } from './broker.ts';
import type { Counters } from './counters.ts';
import { LIMITS } from './limits.ts';
import { page } from './paging.ts';
import { invalidArgument } from './pubsub-error.ts';
import { pull } from './pull.ts';
import { checkProjectName } from './resource-names.ts';
import type { Unary } from './rpc.ts';
import { type PullStream, serveStreamingPull } from './streaming-pull.ts';
import { updatedSubscription } from './subscription-resource.ts';
import type { Timers } from './timers.ts';
import type { FieldMask, Page, PullRequest, PushConfig, SubscriptionResource } from './wire.ts';

interface Named {
  subscription: string;
}

/** CreateSubscription to ListSubscriptions: what a subscription is. */
function administration(broker: Broker, unary: Unary): UntypedServiceImplementation {
  const change = (patch: SubscriptionResource, paths: readonly string[]) => {
    const { resource } = broker.subscription(patch.name);
    return broker.updateSubscription(updatedSubscription(resource, patch, paths));
  };
  return {
    CreateSubscription: unary((request: SubscriptionResource) => broker.createSubscription(request)),
    GetSubscription: unary((request: Named) => broker.subscription(request.subscription).resource),
    UpdateSubscription: unary((request: { subscription: SubscriptionResource | null; updateMask: FieldMask | null }) => {
      if (!request.subscription) throw invalidArgument('The request has no subscription.');
      return change(request.subscription, request.updateMask?.paths ?? []);
    }),
    ModifyPushConfig: unary((request: Named & { pushConfig: PushConfig | null }) => {
      const { resource } = broker.subscription(request.subscription);
      change({ ...resource, pushConfig: request.pushConfig }, ['push_config']);
      return {};
    }),
    DeleteSubscription: unary((request: Named) => {
      broker.deleteSubscription(request.subscription);
      return {};
    }),
    ListSubscriptions: unary((request: Page & { project: string }) => {
      checkProjectName(request.project);
      const resources = Array.from(broker.subscriptions.values(), ({ resource }) => resource);
      const ofProject = resources.filter(({ name }) => name.startsWith(`${request.project}/`));
      const { items, nextPageToken } = page(ofProject, ({ name }) => name, request);
      return { subscriptions: items, nextPageToken };
    }),
  };
}

/** Pull to ModifyAckDeadline: the messages of a subscription. */
function consumption(broker: Broker, timers: Timers, unary: Unary): UntypedServiceImplementation {
  const { min, max } = LIMITS.modifyAckDeadlineSeconds;
  return {
    Pull: unary(async (request: PullRequest, call) => ({
      receivedMessages: await pull(broker, timers, request, (giveUp) => call.on('cancelled', giveUp)),
    })),
    Acknowledge: unary((request: Named & { ackIds: string[] }) => {
      broker.settlement.acknowledge(broker.subscription(request.subscription), request.ackIds);
      return {};
    }),
    ModifyAckDeadline: unary((request: Named & { ackIds: string[]; ackDeadlineSeconds: number }) => {
      const { ackIds, ackDeadlineSeconds: seconds } = request;
      if (seconds < min || seconds > max) {
        throw invalidArgument(`ackDeadlineSeconds is ${seconds}; it must be ${min} to ${max}.`);
      }
      broker.settlement.modifyAckDeadline(broker.subscription(request.subscription), ackIds, seconds);
      return {};
    }),
  };
}

/** The google.pubsub.v1.Subscriber service on a broker. */
export function subscriberService(
  broker: Broker,
  timers: Timers,
  counters: Counters,
  unary: Unary,
): UntypedServiceImplementation {
  return {
    ...administration(broker, unary),
    ...consumption(broker, timers, unary),
    StreamingPull: (call: PullStream) => {
      counters.rpcs += 1;
      serveStreamingPull(broker, call);
    },
  };
}
