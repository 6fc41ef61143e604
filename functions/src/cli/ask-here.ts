/** Works a request off in this process, on records of this machine: whoever can open them is their operator. */
import { control } from '../app/control/control.ts';
import type { Caller, ControlDeps } from '../app/control/control-deps.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Ask } from './ask.ts';

const OPERATOR: Caller = { uid: 'local', name: 'operator of this machine', role: 'operator' };

/** A store that fails may have written all the same: then nobody knows. */
export const askHere = (open: () => Promise<ControlDeps>): Ask => async (request) => {
  try {
    return await control(await open(), OPERATOR, request);
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    return { kind: 'unclear', cause: error instanceof Error ? (error.message.split('\n')[0] ?? error.name) : String(error) };
  }
};
