import { randomUUID } from 'node:crypto';
import { systemClock } from '../adapters/clock-system/system-clock.ts';
import { processCpuMs } from '../adapters/cost-process/processor-time.ts';
import { cloudLogSink } from '../adapters/log-cloud/cloud-log-sink.ts';
import type { Step } from '../app/step.ts';
import { configText } from '../config/config-files.ts';
import type { Variables } from '../config/environment.ts';
import { createLog } from '../log/log.ts';
import type { Log, LogSink } from '../log/log.ts';
import type { Bus } from '../ports/bus.ts';
import type { Clock } from '../ports/clock.ts';
import type { Identities } from '../ports/identities.ts';
import type { Store } from '../ports/store.ts';
import type { Venue } from '../ports/venue.ts';

/** What a host that is not the cloud may bring: simulated time, ids that repeat with the seed, its own config. */
export interface Host {
  readonly clock: Clock;
  readonly newRunId: () => string;
  /** Processor time so far, which no two runs have the same of: a host whose records repeat has none. */
  readonly cpuMs: () => number;
  readonly logSink: LogSink;
  readonly step: Step;
  /** Text of a config file by name; null when there is none. */
  readonly configText: (name: string) => string | null;
  /** Who is who, in place of Firebase Authentication; null for Firebase. */
  readonly identities: Identities | null;
  /** Variables that win over those of the process. */
  readonly variables: Variables;
  /** What stands behind the ports where everything happens in one process: a replay has no wire. */
  readonly inProcess: { readonly store: Store; readonly venue: Venue; readonly bus: Bus } | null;
}

let installed: Host = {
  clock: systemClock,
  newRunId: () => randomUUID(),
  cpuMs: processCpuMs,
  logSink: cloudLogSink,
  step: (_name, effect) => effect(),
  configText,
  identities: null,
  variables: {},
  inProcess: null,
};

/** For local hosts and commands; deployed code never calls it. Must come before the first run. */
export function installHost(parts: Partial<Host>): void {
  installed = { ...installed, ...parts };
}

export const host = (): Host => installed;

export const startLog = (): Log => createLog(installed.logSink);
