/** The HTTP requests by which the platform calls functions. Answers are read to the end, which frees the connection. */
import { PROJECT } from './local-stack.ts';

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** As Cloud Scheduler calls a scheduled function: duplicates carry the same time. */
export function callSchedule(url: string, job: string, at: number): Promise<Answer> {
  return post(url, { 'x-cloudscheduler-jobname': job, 'x-cloudscheduler-scheduletime': new Date(at).toISOString() }, '');
}

/** As Eventarc hands a Pub/Sub message to a function; `data` is the message's content, undecoded. */
export function callWithMessage(url: string, topic: string, data: string): Promise<Answer> {
  const time = new Date().toISOString();
  const event = {
    specversion: '1.0',
    id: '7000000000000001',
    source: `//pubsub.googleapis.com/projects/${PROJECT}/topics/${topic}`,
    type: 'google.cloud.pubsub.topic.v1.messagePublished',
    time,
    datacontenttype: 'application/json',
    data: {
      subscription: `projects/${PROJECT}/subscriptions/${topic}`,
      message: { data: Buffer.from(data).toString('base64'), messageId: '7000000000000001', publishTime: time, attributes: {} },
    },
  };
  return post(url, { 'content-type': 'application/cloudevents+json' }, JSON.stringify(event));
}

async function post(url: string, headers: Readonly<Record<string, string>>, body: string): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', headers, body });
  return { status: response.status, text: await response.text() };
}
