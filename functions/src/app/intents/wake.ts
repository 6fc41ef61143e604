import type { Topic } from '../../ports/bus.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { StepName } from '../step.ts';

/**
 * Publishes wake-ups. A bus that fails is logged, not raised: the outbox holds the truth and the next sync sweeps it,
 * while raising would make the platform repeat work that is already committed.
 */
export async function wake(deps: EngineDeps, step: StepName, topic: Topic, intentIds: readonly string[]): Promise<void> {
  if (intentIds.length === 0) return;
  try {
    await deps.step(step, () => deps.bus.publish(topic, intentIds.map((intentId) => ({ intentId }))));
  } catch (error) {
    deps.log.wakeUpLost(topic, intentIds, error instanceof Error ? error.message : String(error));
  }
}
