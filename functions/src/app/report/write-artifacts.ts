/** Writes the reports that are due, and with them what was written when: all in one commit, or, where that fails, each by itself. */
import { isArtifactDue } from '../../domain/telemetry/artifact-due.ts';
import { TELEMETRY_STATE, TELEMETRY_STATE_ID } from '../../schema/records/telemetry.ts';
import type { ArtifactName, TelemetryState } from '../../schema/records/telemetry.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';
import type { Artifact } from './artifact.ts';
import { faultLines } from './artifacts.ts';

type WriteDeps = Pick<EngineDeps, 'store' | 'step' | 'log'>;

/** Answers what is known then; a failure is kept in it, counted and logged, never thrown. */
export async function writeArtifacts(deps: WriteDeps, artifacts: readonly Artifact[], stored: TelemetryState | null, now: EpochMs): Promise<TelemetryState> {
  const before: TelemetryState = stored ?? { summary: '', artifacts: {}, faults: {}, sinceAt: now };
  const due = artifacts.filter(({ name, mark, everyMinutes }) => isArtifactDue(before.artifacts[name], mark, everyMinutes, now));
  if (due.length === 0) return before;
  return (await writeTogether(deps, due, before, now)) ?? writeAlone(deps, due, before, now);
}

/** Null when one of them cannot be made or written. */
async function writeTogether({ store, step, log }: WriteDeps, due: readonly Artifact[], before: TelemetryState, now: EpochMs): Promise<TelemetryState | null> {
  try {
    const puts = await Promise.all(due.map(({ make }) => make()));
    const after = due.reduce((state, artifact) => withWritten(state, artifact, now), before);
    await step('report.write', () => store.commit((writer) => {
      for (const put of puts) put(writer);
      writer.set(TELEMETRY_STATE, TELEMETRY_STATE_ID, after);
    }));
    return after;
  } catch (error) {
    log.artifactNotWritten(due.map(({ name }) => name).join(', '), causeOf(error));
    return null;
  }
}

async function writeAlone({ store, step, log }: WriteDeps, due: readonly Artifact[], before: TelemetryState, now: EpochMs): Promise<TelemetryState> {
  let state = before;
  for (const artifact of due) {
    try {
      const put = await artifact.make();
      await step('report.write', () => store.commit(put));
      state = withWritten(state, artifact, now);
    } catch (error) {
      state = withFault(state, artifact.name, causeOf(error), now);
      log.artifactNotWritten(artifact.name, causeOf(error));
    }
  }
  const after = state;
  try {
    await step('report.write', () => store.commit((writer) => writer.set(TELEMETRY_STATE, TELEMETRY_STATE_ID, after)));
  } catch (error) {
    // The next sync finds all of them due and writes them again.
    log.artifactNotWritten('telemetry', causeOf(error));
  }
  return after;
}

function withWritten(state: TelemetryState, { name, mark }: Artifact, now: EpochMs): TelemetryState {
  const { [name]: _over, ...faults } = state.faults;
  return told({ ...state, artifacts: { ...state.artifacts, [name]: { mark, writtenAt: now } }, faults });
}

function withFault(state: TelemetryState, name: ArtifactName, cause: string, now: EpochMs): TelemetryState {
  const known = state.faults[name];
  const fault = { cause, sinceAt: known?.sinceAt ?? now, count: known === undefined ? 1 : known.count + 1 };
  return told({ ...state, faults: { ...state.faults, [name]: fault } });
}

function told(state: TelemetryState): TelemetryState {
  const lines = faultLines(state);
  return { ...state, summary: lines.length === 0 ? 'all reports are written' : lines.join('; ') };
}

const causeOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
