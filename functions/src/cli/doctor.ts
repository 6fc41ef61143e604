import type { Inspection } from '../compose/start-inspection.ts';
import { ConfigError, faultText } from '../config/config-error.ts';
import type { ConfigFault } from '../config/config-error.ts';
import type { Environment } from '../config/environment.ts';
import type { ConfigResult } from '../config/load-config.ts';
import type { Answer } from './answer.ts';
import { doctorLines } from './doctor-lines.ts';
import { readDoctor } from './read-doctor.ts';

export interface DoctorParts {
  readonly config: ConfigResult;
  /** Throws ConfigError. */
  readonly environment: () => Environment;
  /** Only asked when there is no fault. */
  readonly inspect: () => Promise<Inspection>;
}

/** `portcullis doctor`: every fault of files and environment, or the settings in force and what they allow. */
export async function doctor({ config, environment, inspect }: DoctorParts, place: (environment: Environment) => string): Promise<Answer> {
  const variables = readVariables(environment);
  const faults = [...(config.ok ? [] : config.faults), ...variables.faults];
  if (!config.ok || variables.environment === null || faults.length > 0) {
    const heading = faults.length === 1 ? '1 fault in the settings' : `${faults.length} faults in the settings`;
    return { json: { faults }, lines: [heading, ...faults.map(faultText)], exitCode: 2 };
  }
  const view = await readDoctor(await inspect(), place(variables.environment), variables.environment, config.origins);
  return { json: { faults, ...view }, lines: doctorLines(view), exitCode: 0 };
}

function readVariables(environment: () => Environment): { readonly environment: Environment | null; readonly faults: readonly ConfigFault[] } {
  try {
    return { environment: environment(), faults: [] };
  } catch (error) {
    if (error instanceof ConfigError) return { environment: null, faults: error.faults };
    throw error;
  }
}
