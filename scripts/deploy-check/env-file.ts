/** functions/.env.<project>: every variable known, allowed in the cloud, and complete for a deploy that asks nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError, faultText } from '../../functions/src/config/config-error.ts';
import { parseEnvironment } from '../../functions/src/config/environment.ts';
import type { Environment } from '../../functions/src/config/environment.ts';
import { nearestWord } from '../../functions/src/config/nearest-word.ts';
import { parseEnvText } from '../deployable/firebase-cli.ts';
import { inRepository } from '../deployable/repository.ts';
import { failed, outcomeOf } from './outcome.ts';
import type { Check, EnvFile } from './check.ts';

export const EXAMPLE = 'functions/.env.example';

/** What a laptop sets, or the platform itself: in a file that is deployed they would lead the engine elsewhere. */
const NOT_DEPLOYED = ['VENUE_BASE_URL', 'FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST', 'GCLOUD_PROJECT', 'GOOGLE_CLOUD_PROJECT'];
const SECRET_NAMES = ['VENUE_CREDENTIALS', 'INGEST_KEYS', 'ALERT_SINKS'];

/** The file of the project, or the example while no project is named. */
export function readEnvFile(project: string | null): EnvFile {
  const path = project === null ? EXAMPLE : `functions/.env.${project}`;
  if (!existsSync(inRepository(path))) return { path, variables: null, fault: null };
  try {
    return { path, variables: parseEnvText(readFileSync(inRepository(path), 'utf8')), fault: null };
  } catch (error) {
    return { path, variables: null, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** The names that the engine reads, asked of the reader itself so that none can be forgotten here. */
export function knownVariables(): ReadonlySet<string> {
  const names = new Set<string>();
  parseEnvironment(new Proxy<Record<string, string | undefined>>({}, { get: (_, name) => void names.add(String(name)) }));
  return names;
}

/** The environment that the file makes; null when it makes none. */
export function environmentOf({ variables }: EnvFile, project: string | null): Environment | null {
  try {
    return parseEnvironment({ ...variables, GCLOUD_PROJECT: project ?? 'demo-portcullis' });
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

const withParams = z.looseObject({ params: z.array(z.looseObject({ name: z.string(), type: z.string() })) });

export const envFileCheck: Check = {
  name: 'environment file',
  run: async ({ envFile, project, code }) => {
    const { path, variables, fault } = envFile;
    if (fault !== null) return failed(`${path}: ${fault}`, 'correct the line; the file takes NAME=value');
    if (variables === null) return failed(`${path} is missing`, `cp ${EXAMPLE} ${path}, and answer every line of it`);
    const { params } = withParams.parse((await code()).manifest);
    const answered = params.filter(({ type }) => type !== 'secret').map(({ name }) => name);
    const problems = [...unknownNames(variables), ...answered.filter((name) => variables[name] === undefined).map((name) => `${name} has no value`), ...refusals(variables, project)];
    return outcomeOf(problems, `${path}: ${Object.keys(variables).length} variables, TRADING_ENV ${variables['TRADING_ENV'] ?? 'paper'}`, `correct ${path}; ${EXAMPLE} explains each line`);
  },
};

function unknownNames(variables: Readonly<Record<string, string>>): readonly string[] {
  const known = knownVariables();
  return Object.keys(variables).flatMap((name) => {
    if (SECRET_NAMES.includes(name)) return [`${name} is a secret and must not stand in a file: npx firebase functions:secrets:set ${name}`];
    if (NOT_DEPLOYED.includes(name)) return [`${name} must not be deployed`];
    if (known.has(name)) return [];
    const nearest = nearestWord(name, [...known]);
    return [`${name} is not known${nearest === null ? '' : `; did you mean ${nearest}?`}`];
  });
}

function refusals(variables: Readonly<Record<string, string>>, project: string | null): readonly string[] {
  try {
    parseEnvironment({ ...variables, GCLOUD_PROJECT: project ?? 'demo-portcullis' });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(faultText);
    throw error;
  }
}
