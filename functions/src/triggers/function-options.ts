/** What every deployed function declares. Unset options are reset at each deploy, so all of them are set. */
import type { HttpsOptions } from 'firebase-functions/https';
import type { ScheduleOptions } from 'firebase-functions/scheduler';
import type { EventHandlerOptions, GlobalOptions } from 'firebase-functions/options';
import { environment } from '../compose/settings.ts';
import { FUNCTION_TIMEOUT_SECONDS } from '../config/function-timeout.ts';
import { alertSinks, venueCredentials } from './params.ts';

const { region, serviceAccount, egressSubnet } = environment();

const COMMON = {
  region,
  memory: '512MiB',
  cpu: 1,
  minInstances: 0,
  timeoutSeconds: FUNCTION_TIMEOUT_SECONDS,
  secrets: [venueCredentials],
  ...(serviceAccount === null ? {} : { serviceAccount }),
  ...(egressSubnet === null ? {} : { networkInterface: { subnetwork: egressSubnet }, vpcEgress: 'ALL_TRAFFIC' as const }),
} satisfies GlobalOptions;

/** One run at a time is enough for a schedule; overlap is harmless all the same. */
export const SCHEDULED = { ...COMMON, secrets: [...COMMON.secrets, alertSinks], concurrency: 1, maxInstances: 2, timeZone: 'Etc/UTC', retryCount: 0 } satisfies GlobalOptions & Omit<ScheduleOptions, 'schedule'>;

/** Work waits for the venue most of its time, so instances share. `maxInstances` is a throttle, never a lock. */
export const WOKEN = { ...COMMON, concurrency: 20, maxInstances: 5, retry: true } satisfies EventHandlerOptions;

/** Reachable by everybody, because each request proves itself: by an ID token, or by a signature. Cross-origin answers are ours. */
export const ASKED = { ...COMMON, concurrency: 20, maxInstances: 2, invoker: 'public' } satisfies HttpsOptions;
