/**
 * The environment variables, read once and nowhere else. With none of them set the engine trades on paper. A word that
 * is not on the list refuses to start: a typing error must not decide where orders go.
 */
import { tradingEnv as tradingEnvWord } from '../schema/scalars.ts';
import type { TradingEnv } from '../schema/scalars.ts';
import type { FeatureFlags } from '../schema/feature-flags.ts';
import { ConfigError, refusedText } from './config-error.ts';
import type { ConfigFault } from './config-error.ts';
import { FLAG_VARIABLES } from './feature-flags.ts';

/** Binance answers United States addresses with 451, so the engine runs in Tokyo unless told otherwise. */
const DEFAULT_REGION = 'asia-northeast1';
const REGION = /^[a-z]+-[a-z]+\d+$/;
const ACCOUNT = /^[a-z][a-z0-9-]{0,19}$/;
const SERVICE_ACCOUNT = /^[a-z][a-z0-9-]{4,28}[a-z0-9]@[a-z][a-z0-9-]{4,28}[a-z0-9]\.iam\.gserviceaccount\.com$/;
const SUBNET = /^(projects\/[a-z0-9-]+\/regions\/[a-z0-9-]+\/subnetworks\/)?[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

export interface Environment {
  readonly tradingEnv: TradingEnv;
  /** The folder of the store, `paper` or `prod~alpha`: one per account. */
  readonly namespace: string;
  readonly allowProdWrite: boolean;
  readonly allowProdSync: boolean;
  readonly flags: FeatureFlags;
  /** A simulated exchange on this machine, in place of the venue; null for the venue itself. */
  readonly venueBaseUrl: string | null;
  /** Known wherever Firebase runs the engine; null on a bare command line. */
  readonly projectId: string | null;
  /** Where the Firestore client goes instead of the cloud; the client reads the variable by itself. */
  readonly firestoreEmulatorHost: string | null;
  /** Where ID tokens come from instead of Firebase Authentication; they are not even signed. The client reads it by itself. */
  readonly authEmulatorHost: string | null;
  readonly region: string;
  /** Whom the functions run as; null for the project's default account, which has more rights than they need. */
  readonly serviceAccount: string | null;
  /** Subnetwork that everything sent leaves by, so that the venue sees one address; null for whatever address there is. */
  readonly egressSubnet: string | null;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** `over` wins over the variables of the process, as an option of a command line does. */
export function readEnvironment(over: Variables): Environment {
  return parseEnvironment({ ...process.env, ...over });
}

/** Throws ConfigError with every fault. An empty variable counts as unset. */
export function parseEnvironment(variables: Variables): Environment {
  const reader = new VariableReader(variables);
  const tradingEnv = reader.word('TRADING_ENV', tradingEnvWord.options, 'paper');
  const account = reader.matching('ACCOUNT', ACCOUNT, 'a lower-case name of at most 20 letters, digits and hyphens, or unset');
  const environment: Environment = {
    tradingEnv,
    namespace: account === null ? tradingEnv : `${tradingEnv}~${account}`,
    allowProdWrite: reader.flag('ALLOW_PROD_WRITE'),
    allowProdSync: reader.flag('ALLOW_PROD_SYNC'),
    flags: {
      intel: reader.flag(FLAG_VARIABLES.intel),
      riskEngineShadow: reader.flag(FLAG_VARIABLES.riskEngineShadow),
      pipelineShadow: reader.flag(FLAG_VARIABLES.pipelineShadow),
      routerAutotune: reader.flag(FLAG_VARIABLES.routerAutotune),
      feedbackAllocator: reader.flag(FLAG_VARIABLES.feedbackAllocator),
      routerAutotuneApply: reader.flag(FLAG_VARIABLES.routerAutotuneApply),
    },
    venueBaseUrl: reader.loopbackUrl('VENUE_BASE_URL'),
    projectId: reader.projectId(),
    firestoreEmulatorHost: reader.text('FIRESTORE_EMULATOR_HOST'),
    authEmulatorHost: reader.text('FIREBASE_AUTH_EMULATOR_HOST'),
    region: reader.matching('REGION', REGION, `a Google Cloud region, or unset for ${DEFAULT_REGION}`) ?? DEFAULT_REGION,
    serviceAccount: reader.matching('SERVICE_ACCOUNT', SERVICE_ACCOUNT, 'an address such as portcullis@my-project.iam.gserviceaccount.com, or unset for the default account'),
    egressSubnet: reader.matching('EGRESS_SUBNET', SUBNET, 'the name of a subnetwork of the region such as portcullis-egress, or unset for no fixed address'),
  };
  const faults = [...reader.faults, ...contradictions(environment)];
  if (faults.length > 0) throw new ConfigError(faults);
  return environment;
}

function contradictions({ tradingEnv, venueBaseUrl, firestoreEmulatorHost, authEmulatorHost, projectId, flags }: Environment): ConfigFault[] {
  const faults: ConfigFault[] = [];
  if (venueBaseUrl !== null && tradingEnv !== 'paper') {
    const allowed = `unset while TRADING_ENV is ${tradingEnv}; only paper may trade at a simulated exchange`;
    faults.push(faultOf('VENUE_BASE_URL', refusedText(venueBaseUrl), allowed));
  }
  if (tradingEnv === 'prod' && firestoreEmulatorHost !== null) {
    const allowed = 'unset while TRADING_ENV is prod; the records of real orders must not live in an emulator';
    faults.push(faultOf('FIRESTORE_EMULATOR_HOST', refusedText(firestoreEmulatorHost), allowed));
  }
  if (authEmulatorHost !== null && firestoreEmulatorHost === null) {
    const allowed = 'unset, or together with FIRESTORE_EMULATOR_HOST; its tokens are not signed, so anybody could make one';
    faults.push(faultOf('FIREBASE_AUTH_EMULATOR_HOST', refusedText(authEmulatorHost), allowed));
  }
  if (tradingEnv === 'prod' && projectId === null) {
    const allowed = 'the Firebase project id while TRADING_ENV is prod; the write gate compares it';
    faults.push(faultOf('GCLOUD_PROJECT', 'missing', allowed));
  }
  if (flags.routerAutotuneApply && !flags.routerAutotune) {
    const allowed = `off, or on together with ${FLAG_VARIABLES.routerAutotune}, which makes what is applied`;
    faults.push(faultOf(FLAG_VARIABLES.routerAutotuneApply, 'on is refused', allowed));
  }
  return faults;
}

const faultOf = (path: string, problem: string, allowed: string): ConfigFault => ({
  file: 'environment',
  at: null,
  path,
  problem,
  allowed,
});

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([['1', true], ['true', true], ['0', false], ['false', false]]);
const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Reads variables and keeps what is wrong with them, so that all of it is told at once. */
class VariableReader {
  readonly faults: ConfigFault[] = [];
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  text(name: string): string | null {
    const text = this.#variables[name];
    return text === undefined || text === '' ? null : text;
  }

  flag(name: string): boolean {
    const text = this.text(name);
    if (text === null) return false;
    return BOOLEANS.get(text) ?? this.#refuse(name, text, '1, true, 0, false, or unset for false', false);
  }

  word<Word extends string>(name: string, words: readonly Word[], whenUnset: Word): Word {
    const text = this.text(name);
    if (text === null) return whenUnset;
    const word = words.find((candidate) => candidate === text);
    return word ?? this.#refuse(name, text, `${words.join(', ')}, or unset for ${whenUnset}`, whenUnset);
  }

  matching(name: string, pattern: RegExp, allowed: string): string | null {
    const text = this.text(name);
    return text === null || pattern.test(text) ? text : this.#refuse(name, text, allowed, null);
  }

  loopbackUrl(name: string): string | null {
    const text = this.text(name);
    if (text === null) return null;
    const url = URL.parse(text);
    const isLoopback = url?.protocol === 'http:' && LOOPBACK_HOSTS.has(url.hostname) && url.username === '';
    const allowed = 'an http address of this machine such as http://127.0.0.1:8080, or unset for the venue';
    return isLoopback ? text : this.#refuse(name, text, allowed, null);
  }

  /** Firebase sets one of two names, sometimes both. */
  projectId(): string | null {
    const project = this.text('GCLOUD_PROJECT');
    const other = this.text('GOOGLE_CLOUD_PROJECT');
    if (project !== null && other !== null && project !== other) {
      this.#refuse('GOOGLE_CLOUD_PROJECT', other, `the same project as GCLOUD_PROJECT, which is ${project}`, null);
    }
    return project ?? other;
  }

  #refuse<T>(name: string, text: string, allowed: string, standIn: T): T {
    this.faults.push(faultOf(name, refusedText(text), allowed));
    return standIn;
  }
}
