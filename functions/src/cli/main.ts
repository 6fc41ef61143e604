/** `portcullis`: one command, told to people or to programs. What changes something goes through `control` alone. */
import { credentialsProblem, openAccounts } from '../compose/firebase.ts';
import { installHost } from '../compose/host.ts';
import { configResult, engineConfig, environment } from '../compose/settings.ts';
import { startDesk } from '../compose/start-control.ts';
import { startInspection } from '../compose/start-inspection.ts';
import type { Inspection } from '../compose/start-inspection.ts';
import { ConfigError } from '../config/config-error.ts';
import type { Environment } from '../config/environment.ts';
import { controlUrlFrom, operatorSignIn } from '../config/operator-sign-in.ts';
import { venueSecret } from '../config/venue-credentials.ts';
import { act } from './act.ts';
import { alerts } from './alerts.ts';
import type { Answer } from './answer.ts';
import type { Ask } from './ask.ts';
import { askDeployed } from './ask-deployed.ts';
import { askHere } from './ask-here.ts';
import { claims } from './claims.ts';
import type { RecordCommand } from './command.ts';
import type { CommandLine } from './command-line.ts';
import { doctorDeployed } from './deployed/doctor-deployed.ts';
import { compare } from './compare.ts';
import { cost } from './cost.ts';
import { counterfactual } from './counterfactual.ts';
import { doctor } from './doctor.ts';
import { exportRecords } from './export.ts';
import { help } from './help.ts';
import { OperatorError } from './operator-error.ts';
import { orders } from './orders.ts';
import { positions } from './positions.ts';
import { probe } from './probe.ts';
import { probeVenue } from './probe-venue.ts';
import { UnreadableError, readableStore } from './readable-store.ts';
import { status } from './status.ts';
import { why } from './why.ts';

export interface Output {
  write(text: string): unknown;
}

export interface Shell {
  readonly out: Output;
  readonly problems: Output;
  /** Names where the records are; null takes it from the environment. */
  readonly place: string | null;
  /** A new id for a request that has none. */
  readonly newRequestId: () => string;
}

export type RecordLine = Pick<CommandLine, 'env' | 'json'> & { readonly command: RecordCommand };

/** Resolves to the exit code. */
export async function main({ command, env, json }: RecordLine, shell: Shell): Promise<number> {
  try {
    // What a command does it tells itself: lines for the cloud's log would stand between.
    installHost({ logSink: () => undefined, ...(env === null ? {} : { variables: { TRADING_ENV: env } }) });
    const { exitCode, json: value, lines } = await answerTo(command, json, shell);
    if (json) shell.out.write(`${JSON.stringify(value)}\n`);
    else if (lines.length > 0) shell.out.write(`${lines.join('\n')}\n`);
    return exitCode;
  } catch (error) {
    if (error instanceof OperatorError || error instanceof ConfigError) return told(shell.problems, error.message, 2);
    if (error instanceof UnreadableError) return told(shell.problems, error.message, 1);
    throw error;
  }
}

async function answerTo(command: RecordCommand, json: boolean, shell: Shell): Promise<Answer> {
  const placeIn = (of: Environment): string => shell.place ?? placeText(of);
  const inspect = (): Promise<Inspection> => inspection(placeIn(environment()));
  switch (command.verb) {
    case 'help':
      return help(command.about);
    case 'doctor':
      if (command.deployed) return doctorDeployed(await inspect(), placeIn(environment()), environment());
      return doctor({ config: configResult(), environment, inspect }, placeIn);
    case 'status':
      return status(await inspect(), placeIn(environment()));
    case 'positions':
      return positions(await inspect(), placeIn(environment()));
    case 'orders':
      return orders(await inspect(), placeIn(environment()));
    case 'alerts':
      return alerts(await inspect(), placeIn(environment()), command.all);
    case 'why':
      return why(await inspect(), placeIn(environment()), command.symbol, command.last);
    case 'probe':
      return probe(await inspect(), placeIn(environment()), command, environment());
    case 'probe venue':
      return probeVenue(askerFor(shell, environment()), askedPlace(shell, placeIn(environment())));
    case 'compare':
      if (command.counterfactual) return counterfactual(await inspect(), placeIn(environment()), command.from, environment(), venueSecret());
      return compare(await inspect(), placeIn(environment()));
    case 'cost':
      return cost(await inspect(), placeIn(environment()));
    case 'export':
      return exportRecords(await inspect(), command, shell.out, json);
    case 'act':
      return act(askerFor(shell, environment()), askedPlace(shell, placeIn(environment())), command.asked, command.requestId ?? shell.newRequestId());
    case 'claims':
      await signIn(placeIn(environment()));
      return claims(await openAccounts(), command);
  }
}

/** Settings first: a fault in them is told before a server is asked. */
async function inspection(place: string): Promise<Inspection> {
  engineConfig();
  await signIn(place);
  const made = await startInspection();
  return { ...made, store: readableStore(made.store, place) };
}

/** Throws OperatorError when this machine is nobody to Google. Emulators ask nobody. */
async function signIn(place: string): Promise<void> {
  if (environment().firestoreEmulatorHost !== null) return;
  const problem = await credentialsProblem();
  if (problem === null) return;
  throw new OperatorError(`${place} cannot be asked (${problem.split('\n')[0] ?? problem}): run gcloud auth application-default login, or name a key file in GOOGLE_APPLICATION_CREDENTIALS`);
}

/** Records of a deployed project are changed by its `control` alone, which knows who asks. */
function askerFor({ place }: Shell, { firestoreEmulatorHost, projectId, region }: Environment): Ask {
  const url = controlUrlFrom();
  if (place !== null || (firestoreEmulatorHost !== null && url === null)) return askHere(() => startDesk(venueSecret, 'this machine'));
  if (url === null && projectId === null) throw new OperatorError('which project? say --project ID, or --local or --emulator');
  return askDeployed({ url: url ?? `https://${region}-${projectId}.cloudfunctions.net/control`, signIn: operatorSignIn(), fetch });
}

function placeText({ namespace, firestoreEmulatorHost, projectId }: Environment): string {
  if (firestoreEmulatorHost !== null) return `hedge/${namespace} of the emulator at ${firestoreEmulatorHost}`;
  return projectId === null ? `hedge/${namespace}` : `hedge/${namespace} of project ${projectId}`;
}

/** By its address, where nothing else says whose `control` it is. */
function askedPlace({ place }: Shell, otherwise: string): string {
  const url = place === null && environment().projectId === null ? controlUrlFrom() : null;
  return url === null ? otherwise : `control at ${url}`;
}

function told(problems: Output, message: string, exitCode: number): number {
  problems.write(`portcullis: ${message}\n`);
  return exitCode;
}
