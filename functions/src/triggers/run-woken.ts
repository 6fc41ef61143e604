import type { CloudEvent } from 'firebase-functions/core';
import type { MessagePublishedData } from 'firebase-functions/pubsub';
import { z } from 'zod';
import type { EngineDeps } from '../app/engine-deps.ts';
import { startRun } from '../compose/start-run.ts';
import type { Topic, WakeUp } from '../ports/bus.ts';
import type { EngineJob } from '../schema/records/run-cost.ts';
import { venueCredentials } from './params.ts';

const wakeUp = z.strictObject({ intentId: z.string().regex(/^[a-z2-7]{20}$/) });

const JOB_OF = { 'order-intents': 'execute', 'order-checks': 'confirm' } as const satisfies Readonly<Record<Topic, EngineJob>>;

/** A wake-up older than this means nothing any more: sync has long swept what it was about. */
const MAX_AGE_MS = 3_600_000;

/**
 * Runs the work a message woke. Returning acknowledges it, throwing has it delivered again: unreadable and stale
 * messages are recorded and acknowledged, a failing store or network is the platform's to retry.
 */
export async function runWoken(
  topic: Topic,
  event: CloudEvent<MessagePublishedData>,
  useCase: (deps: EngineDeps, wakeUp: WakeUp) => Promise<void>,
): Promise<void> {
  const deps = await startRun(JOB_OF[topic], () => venueCredentials.value());
  try {
    await workOff(deps, topic, event, useCase);
  } finally {
    deps.costs.end();
  }
}

async function workOff(deps: EngineDeps, topic: Topic, event: CloudEvent<MessagePublishedData>, useCase: (deps: EngineDeps, wakeUp: WakeUp) => Promise<void>): Promise<void> {
  const { message } = event.data;
  const parsed = wakeUp.safeParse(decoded(message.data));
  if (!parsed.success) return deps.log.poisonMessage(topic, message.messageId, z.prettifyError(parsed.error));
  const ageMs = deps.clock.now() - Date.parse(message.publishTime);
  if (ageMs > MAX_AGE_MS) return deps.log.staleMessage(topic, message.messageId, Math.round(ageMs / 1000));
  await useCase(deps, parsed.data);
}

/** Undefined for anything that is not base64 of JSON, such as a message of attributes alone; the schema then says what was expected. */
function decoded(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(Buffer.from(data, 'base64').toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
