/** Calls the deployed functions as the platform would: the very exports of functions/src/index.ts, by their events. */
import type { CloudFunction, CloudEvent } from 'firebase-functions/core';
import type { HttpsFunction } from 'firebase-functions/https';
import { Message as PubSubMessage } from 'firebase-functions/pubsub';
import type { MessagePublishedData } from 'firebase-functions/pubsub';
import type { ScheduleFunction } from 'firebase-functions/scheduler';
import type { Message } from '../pubsub/message.ts';

export interface EngineFunctions {
  readonly control: HttpsFunction;
  readonly screen: ScheduleFunction;
  readonly sync: ScheduleFunction;
  readonly learn: ScheduleFunction;
  readonly execute: CloudFunction<CloudEvent<MessagePublishedData>>;
  readonly confirm: CloudFunction<CloudEvent<MessagePublishedData>>;
}

export async function runSchedule(schedule: ScheduleFunction, jobName: string, at: number): Promise<void> {
  await schedule.run({ jobName, scheduleTime: new Date(at).toISOString() });
}

export async function runMessage(woken: EngineFunctions['execute'], topic: string, subscription: string, message: Message): Promise<void> {
  const time = new Date(message.publishTimeMs).toISOString();
  await woken.run({
    specversion: '1.0',
    id: message.messageId,
    source: `//pubsub.googleapis.com/${topic}`,
    type: 'google.cloud.pubsub.topic.v1.messagePublished',
    time,
    data: {
      subscription,
      message: new PubSubMessage({
        messageId: message.messageId,
        publishTime: time,
        data: message.data.toString('base64'),
        attributes: { ...message.attributes },
        orderingKey: message.orderingKey,
      }),
    },
  });
}
