import { describe, expect, test } from 'vitest';
import { ConfigError } from '../../../functions/src/config/config-error.ts';
import { parseEnvironment } from '../../../functions/src/config/environment.ts';
import type { Variables } from '../../../functions/src/config/environment.ts';

const prod: Variables = { TRADING_ENV: 'prod', GCLOUD_PROJECT: 'fund-live' };

test('with nothing configured the engine can only paper-trade', () => {
  expect(parseEnvironment({})).toEqual({
    tradingEnv: 'paper',
    namespace: 'paper',
    allowProdWrite: false,
    allowProdSync: false,
    flags: {
      intel: false,
      riskEngineShadow: false,
      pipelineShadow: false,
      routerAutotune: false,
      routerAutotuneApply: false,
      feedbackAllocator: false,
    },
    venueBaseUrl: null,
    authEmulatorHost: null,
    projectId: null,
    firestoreEmulatorHost: null,
    region: 'asia-northeast1',
    serviceAccount: null,
    egressSubnet: null,
  });
});

test('empty variables count as unset', () => {
  const names = ['TRADING_ENV', 'ALLOW_PROD_WRITE', 'ACCOUNT', 'VENUE_BASE_URL', 'GCLOUD_PROJECT', 'FIRESTORE_EMULATOR_HOST', 'REGION', 'SERVICE_ACCOUNT', 'EGRESS_SUBNET'];
  expect(parseEnvironment(Object.fromEntries(names.map((name) => [name, ''])))).toEqual(parseEnvironment({}));
});

describe('accepted values', () => {
  test.each<[Variables, object]>([
    [{ TRADING_ENV: 'paper' }, { tradingEnv: 'paper', namespace: 'paper' }],
    [{ TRADING_ENV: 'testnet' }, { tradingEnv: 'testnet', namespace: 'testnet' }],
    [prod, { tradingEnv: 'prod', namespace: 'prod', projectId: 'fund-live' }],
    [{ ...prod, ACCOUNT: 'alpha-2' }, { namespace: 'prod~alpha-2' }],
    [{ ALLOW_PROD_WRITE: '1', ALLOW_PROD_SYNC: 'true' }, { allowProdWrite: true, allowProdSync: true }],
    [{ ALLOW_PROD_WRITE: '0', ALLOW_PROD_SYNC: 'false' }, { allowProdWrite: false, allowProdSync: false }],
    [{ VENUE_BASE_URL: 'http://127.0.0.1:8080' }, { venueBaseUrl: 'http://127.0.0.1:8080' }],
    [{ VENUE_BASE_URL: 'http://localhost:1/base' }, { venueBaseUrl: 'http://localhost:1/base' }],
    [{ VENUE_BASE_URL: 'http://[::1]:9' }, { venueBaseUrl: 'http://[::1]:9' }],
    [{ GOOGLE_CLOUD_PROJECT: 'demo-fund' }, { projectId: 'demo-fund' }],
    [{ GCLOUD_PROJECT: 'demo-fund', GOOGLE_CLOUD_PROJECT: 'demo-fund' }, { projectId: 'demo-fund' }],
    [{ FIRESTORE_EMULATOR_HOST: '127.0.0.1:8081' }, { firestoreEmulatorHost: '127.0.0.1:8081' }],
    [{ REGION: 'europe-west1' }, { region: 'europe-west1' }],
    [{ SERVICE_ACCOUNT: 'portcullis@my-fund.iam.gserviceaccount.com' }, { serviceAccount: 'portcullis@my-fund.iam.gserviceaccount.com' }],
    [{ EGRESS_SUBNET: 'portcullis-egress' }, { egressSubnet: 'portcullis-egress' }],
    [{ EGRESS_SUBNET: 'projects/my-net/regions/asia-northeast1/subnetworks/egress' }, { egressSubnet: 'projects/my-net/regions/asia-northeast1/subnetworks/egress' }],
  ])('%j', (variables, expected) => {
    expect(parseEnvironment(variables)).toMatchObject(expected);
  });

  test.each([
    ['INTEL_ENABLED', 'intel'],
    ['RISK_ENGINE_SHADOW_ENABLED', 'riskEngineShadow'],
    ['PIPELINE_SHADOW_ENABLED', 'pipelineShadow'],
    ['ROUTER_AUTOTUNE_ENABLED', 'routerAutotune'],
    ['FEEDBACK_ALLOCATOR_ENABLED', 'feedbackAllocator'],
  ])('%s switches on %s alone', (variable, flag) => {
    const { flags } = parseEnvironment({ [variable]: '1' });
    expect(Object.entries(flags).filter(([, on]) => on)).toEqual([[flag, true]]);
  });

  test('applying suggestions is switched on together with making them', () => {
    const { flags } = parseEnvironment({ ROUTER_AUTOTUNE_ENABLED: '1', ROUTER_AUTOTUNE_APPLY_ENABLED: '1' });
    expect(flags).toMatchObject({ routerAutotune: true, routerAutotuneApply: true });
  });
});

describe('refused values name the variable, the value and what is allowed', () => {
  const url = 'an http address of this machine such as http://127.0.0.1:8080, or unset for the venue';
  const account = 'a lower-case name of at most 20 letters, digits and hyphens, or unset';
  test.each<[Variables, string]>([
    [{ TRADING_ENV: 'live' }, 'TRADING_ENV: "live" is refused; allowed: paper, testnet, prod, or unset for paper'],
    [{ TRADING_ENV: 'Prod' }, 'TRADING_ENV: "Prod" is refused; allowed: paper, testnet, prod, or unset for paper'],
    [{ TRADING_ENV: ' ' }, 'TRADING_ENV: " " is refused; allowed: paper, testnet, prod, or unset for paper'],
    [{ ALLOW_PROD_WRITE: 'yes' }, 'ALLOW_PROD_WRITE: "yes" is refused; allowed: 1, true, 0, false, or unset for false'],
    [{ ALLOW_PROD_SYNC: 'TRUE' }, 'ALLOW_PROD_SYNC: "TRUE" is refused; allowed: 1, true, 0, false, or unset for false'],
    [{ PIPELINE_SHADOW_ENABLED: '2' }, 'PIPELINE_SHADOW_ENABLED: "2" is refused; allowed: 1, true, 0, false, or unset for false'],
    [{ ACCOUNT: 'a/b' }, `ACCOUNT: "a/b" is refused; allowed: ${account}`],
    [{ ACCOUNT: 'Alpha' }, `ACCOUNT: "Alpha" is refused; allowed: ${account}`],
    [{ REGION: 'Tokyo' }, 'REGION: "Tokyo" is refused; allowed: a Google Cloud region, or unset for asia-northeast1'],
    [
      { SERVICE_ACCOUNT: 'portcullis' },
      'SERVICE_ACCOUNT: "portcullis" is refused; allowed: an address such as portcullis@my-project.iam.gserviceaccount.com, or unset for the default account',
    ],
    [
      { EGRESS_SUBNET: '10.8.0.0/28' },
      'EGRESS_SUBNET: "10.8.0.0/28" is refused; allowed: the name of a subnetwork of the region such as portcullis-egress, or unset for no fixed address',
    ],
    [{ VENUE_BASE_URL: 'https://fapi.binance.com' }, `VENUE_BASE_URL: "https://fapi.binance.com" is refused; allowed: ${url}`],
    [{ VENUE_BASE_URL: 'http://10.0.0.1' }, `VENUE_BASE_URL: "http://10.0.0.1" is refused; allowed: ${url}`],
    [{ VENUE_BASE_URL: 'http://127.0.0.1.evil.test' }, `VENUE_BASE_URL: "http://127.0.0.1.evil.test" is refused; allowed: ${url}`],
    [{ VENUE_BASE_URL: 'http://127.0.0.1@evil.test' }, `VENUE_BASE_URL: "http://127.0.0.1@evil.test" is refused; allowed: ${url}`],
    [{ VENUE_BASE_URL: 'http://user@127.0.0.1' }, `VENUE_BASE_URL: "http://user@127.0.0.1" is refused; allowed: ${url}`],
    [{ VENUE_BASE_URL: '127.0.0.1:80' }, `VENUE_BASE_URL: "127.0.0.1:80" is refused; allowed: ${url}`],
    [
      { TRADING_ENV: 'testnet', VENUE_BASE_URL: 'http://127.0.0.1:80' },
      'VENUE_BASE_URL: "http://127.0.0.1:80" is refused; allowed: unset while TRADING_ENV is testnet; only paper may trade at a simulated exchange',
    ],
    [
      { ...prod, VENUE_BASE_URL: 'http://127.0.0.1:80' },
      'VENUE_BASE_URL: "http://127.0.0.1:80" is refused; allowed: unset while TRADING_ENV is prod; only paper may trade at a simulated exchange',
    ],
    [
      { ...prod, FIRESTORE_EMULATOR_HOST: '127.0.0.1:8081' },
      'FIRESTORE_EMULATOR_HOST: "127.0.0.1:8081" is refused; allowed: unset while TRADING_ENV is prod; the records of real orders must not live in an emulator',
    ],
    [
      { FIREBASE_AUTH_EMULATOR_HOST: '127.0.0.1:9099' },
      'FIREBASE_AUTH_EMULATOR_HOST: "127.0.0.1:9099" is refused; allowed: unset, or together with FIRESTORE_EMULATOR_HOST; its tokens are not signed, so anybody could make one',
    ],
    [
      { TRADING_ENV: 'prod' },
      'GCLOUD_PROJECT: missing; allowed: the Firebase project id while TRADING_ENV is prod; the write gate compares it',
    ],
    [
      { GCLOUD_PROJECT: 'one', GOOGLE_CLOUD_PROJECT: 'two' },
      'GOOGLE_CLOUD_PROJECT: "two" is refused; allowed: the same project as GCLOUD_PROJECT, which is one',
    ],
    [
      { ROUTER_AUTOTUNE_APPLY_ENABLED: '1' },
      'ROUTER_AUTOTUNE_APPLY_ENABLED: on is refused; allowed: off, or on together with ROUTER_AUTOTUNE_ENABLED, which makes what is applied',
    ],
  ])('%j', (variables, line) => {
    expect(faultsOf(variables)).toEqual(['1 fault in the settings', `environment ${line}`]);
  });

  test('all of them are told at once', () => {
    const lines = faultsOf({ TRADING_ENV: 'live', ALLOW_PROD_WRITE: 'on', ACCOUNT: '?', VENUE_BASE_URL: 'ftp://x', REGION: '1' });
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      '5 faults in the settings',
      'environment TRADING_ENV',
      'environment ACCOUNT',
      'environment ALLOW_PROD_WRITE',
      'environment VENUE_BASE_URL',
      'environment REGION',
    ]);
  });
});

function faultsOf(variables: Variables): string[] {
  try {
    parseEnvironment(variables);
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
  return [];
}
