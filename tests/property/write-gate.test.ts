/** Production is opened by the variables that say so, and by nothing else in the environment. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConfigError } from '../../functions/src/config/config-error.ts';
import { parseEnvironment } from '../../functions/src/config/environment.ts';
import type { Environment, Variables } from '../../functions/src/config/environment.ts';
import { writeGate } from '../../functions/src/config/write-gate.ts';
import type { SecondKey } from '../../functions/src/config/write-gate.ts';

const PROJECT = 'fund-live';
/** What the gate is made of. */
const KEYS = ['TRADING_ENV', 'ALLOW_PROD_WRITE', 'ALLOW_PROD_SYNC', 'GCLOUD_PROJECT', 'GOOGLE_CLOUD_PROJECT'];
/** Names that the engine knows for other things, and names that a person in a hurry would try. */
const TEMPTING = [
  'ACCOUNT', 'REGION', 'VENUE_BASE_URL', 'FIRESTORE_EMULATOR_HOST', 'INTEL_ENABLED', 'PIPELINE_SHADOW_ENABLED', 'RISK_ENGINE_SHADOW_ENABLED', 'ROUTER_AUTOTUNE_ENABLED', 'FEEDBACK_ALLOCATOR_ENABLED',
  'ALLOW_PROD', 'ALLOW_PROD_WRITES', 'ALLOW_PROD_ORDERS', 'ALLOW_WRITE', 'PROD', 'LIVE', 'ENV', 'NODE_ENV', 'FORCE', 'DRY_RUN', 'TESTNET', 'PAPER', 'FUNCTIONS_EMULATOR', 'FIREBASE_CONFIG', 'allow_prod_write', 'ALLOW_PROD_WRITE ', 'CI', 'DEBUG',
];

const name = fc.oneof(fc.constantFrom(...TEMPTING), fc.string({ minLength: 1, maxLength: 20 })).filter((word) => !KEYS.includes(word) && word !== '__proto__');
const value = fc.oneof(fc.constantFrom('', '0', '1', 'true', 'false', 'yes', 'prod', 'live', PROJECT), fc.string({ maxLength: 20 }));
const otherVariables = fc.dictionary(name, value, { maxKeys: 12 });

const row = fc.record({
  tradingEnv: fc.constantFrom('paper', 'testnet', 'prod', ''),
  write: fc.constantFrom('', '0', 'false', '1', 'true'),
  sync: fc.constantFrom('', '0', 'false', '1', 'true'),
  document: fc.constantFrom<SecondKey>({ kind: 'found', projectId: PROJECT }, { kind: 'found', projectId: 'fund-test' }, { kind: 'absent' }, { kind: 'unavailable', cause: 'deadline' }),
});

/** Null where the engine does not start at all. */
function environmentOf(variables: Variables): Environment | null {
  try {
    return parseEnvironment(variables);
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}

test('no other variable opens, or closes, what a row of the table decides: at most it keeps the engine from starting', () => {
  let started = 0;
  fc.assert(
    fc.property(row, otherVariables, ({ tradingEnv, write, sync, document }, others) => {
      const keys = { TRADING_ENV: tradingEnv, ALLOW_PROD_WRITE: write, ALLOW_PROD_SYNC: sync, GCLOUD_PROJECT: PROJECT };
      const environment = environmentOf({ ...others, ...keys });
      if (environment === null) return;
      started += 1;
      expect(writeGate(environment, document)).toEqual(writeGate(parseEnvironment(keys), document));
    }),
    { numRuns: 2000 },
  );
  expect(started).toBeGreaterThan(500);
});

test('with none of them set it is paper, whatever else is', () => {
  let started = 0;
  fc.assert(
    fc.property(otherVariables, (others) => {
      const environment = environmentOf({ ...others, GCLOUD_PROJECT: PROJECT });
      if (environment === null) return;
      started += 1;
      expect(environment).toMatchObject({ tradingEnv: 'paper', allowProdWrite: false, allowProdSync: false });
    }),
    { numRuns: 1000 },
  );
  expect(started).toBeGreaterThan(250);
});
