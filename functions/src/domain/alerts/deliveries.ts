/**
 * Deliveries of alerts, as an outbox: an attempt is recorded before it is made, so that a crash costs at most a message
 * twice and never an endless row of them. A sink that fails is tried again after 1, 2, 4 ... 60 minutes, then given up.
 */
import type { AlertDelivery, AlertRecord } from '../../schema/records/alert.ts';
import type { EpochMs } from '../../schema/scalars.ts';

const MINUTE_MS = 60_000;
const LONGEST_WAIT_MINUTES = 60;

export type SendOutcome = { readonly kind: 'sent' } | { readonly kind: 'failed'; readonly cause: string };

/** Sinks to be called now. */
export function dueSinks({ deliveries }: AlertRecord, now: EpochMs): readonly string[] {
  return Object.entries(deliveries).filter(([, { state, nextAt }]) => state === 'pending' && nextAt !== null && nextAt <= now).map(([name]) => name);
}

/** With one more attempt noted for each of `sinks`. */
export function withAttempts(alert: AlertRecord, sinks: readonly string[], now: EpochMs): AlertRecord {
  const noted = sinks.map((name) => {
    const before = alert.deliveries[name];
    if (before === undefined) throw new Error(`alert has no delivery to ${name}`);
    const attempts = before.attempts + 1;
    return [name, { ...before, attempts, nextAt: now + Math.min(LONGEST_WAIT_MINUTES, 2 ** (attempts - 1)) * MINUTE_MS }] as const;
  });
  return { ...alert, deliveries: { ...alert.deliveries, ...Object.fromEntries(noted) } };
}

/** Unchanged when the delivery is about a newer notice by now: that one is still to be sent. */
export function withOutcome(alert: AlertRecord, sink: string, notice: number, outcome: SendOutcome, maxAttempts: number, now: EpochMs): AlertRecord {
  const before = alert.deliveries[sink];
  if (before === undefined || before.notice !== notice || before.state !== 'pending') return alert;
  return { ...alert, deliveries: { ...alert.deliveries, [sink]: after(before, outcome, maxAttempts, now) } };
}

function after(before: AlertDelivery, outcome: SendOutcome, maxAttempts: number, now: EpochMs): AlertDelivery {
  if (outcome.kind === 'sent') return { ...before, state: 'sent', nextAt: null, lastError: null, sentAt: now };
  const isGivenUp = before.attempts >= maxAttempts;
  return { ...before, lastError: outcome.cause, state: isGivenUp ? 'failed' : 'pending', nextAt: isGivenUp ? null : before.nextAt };
}

/** When the first of an alert's deliveries is due; null when none is left. */
export function nextDeliveryAt({ deliveries }: AlertRecord): EpochMs | null {
  const times = Object.values(deliveries).map(({ nextAt }) => nextAt).filter((at) => at !== null);
  return times.length === 0 ? null : Math.min(...times);
}
