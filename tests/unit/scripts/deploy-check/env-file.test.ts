import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BuiltCode, DeployContext, EnvFile } from '../../../../scripts/deploy-check/check.ts';
import { environmentOf, envFileCheck, knownVariables, readEnvFile } from '../../../../scripts/deploy-check/env-file.ts';
import { parseEnvText } from '../../../../scripts/deployable/firebase-cli.ts';
import { inRepository } from '../../../../scripts/deployable/repository.ts';

const MANIFEST = { params: [{ type: 'secret', name: 'VENUE_CREDENTIALS' }, { type: 'string', name: 'TRADING_ENV' }, { type: 'boolean', name: 'ALLOW_PROD_WRITE' }] };
const code = (): Promise<BuiltCode> => Promise.resolve({ folder: '', manifest: MANIFEST, bundle: '' });
const COMPLETE = 'TRADING_ENV=paper\nALLOW_PROD_WRITE=false\n';

async function checked(text: string | null, project: string | null = 'my-fund') {
  const envFile: EnvFile = { path: 'functions/.env.my-fund', variables: text === null ? null : parseEnvText(text), fault: null };
  const context: DeployContext = { project, envFile, code };
  return envFileCheck.run(context);
}

describe('the environment file of a deploy', () => {
  it('passes when every question is answered and every name is known', async () => {
    expect(await checked(`${COMPLETE}EGRESS_SUBNET=portcullis-egress\n`)).toEqual({ ok: true, found: 'functions/.env.my-fund: 3 variables, TRADING_ENV paper' });
  });

  it.each([
    ['a question without an answer', 'TRADING_ENV=paper\n', 'ALLOW_PROD_WRITE has no value'],
    ['a mistyped name', `${COMPLETE}INTEL_ENABLE=true\n`, 'INTEL_ENABLE is not known; did you mean INTEL_ENABLED?'],
    ['a secret', `${COMPLETE}VENUE_CREDENTIALS={}\n`, 'VENUE_CREDENTIALS is a secret and must not stand in a file: npx firebase functions:secrets:set VENUE_CREDENTIALS'],
    ["a laptop's venue", `${COMPLETE}VENUE_BASE_URL=http://127.0.0.1:1\n`, 'VENUE_BASE_URL must not be deployed'],
    ['a word that is refused', 'TRADING_ENV=live\nALLOW_PROD_WRITE=false\n', 'environment TRADING_ENV: "live" is refused; allowed: paper, testnet, prod, or unset for paper'],
  ])('is refused for %s, in so many words', async (_title, text, problem) => {
    expect(await checked(text)).toMatchObject({ ok: false, found: problem });
  });

  it('is asked for when it is missing, and named', async () => {
    expect(await checked(null)).toEqual({ ok: false, found: 'functions/.env.my-fund is missing', todo: 'cp functions/.env.example functions/.env.my-fund, and answer every line of it' });
  });

  it('names a line that is none', () => {
    expect(() => parseEnvText('TRADING_ENV=paper\nwhat is this\n')).toThrow(/what is this/);
  });
});

describe('the example', () => {
  const { variables } = readEnvFile(null);

  it('names every variable that a deployment may set, the optional ones as comments', () => {
    const text = readFileSync(inRepository('functions/.env.example'), 'utf8');
    const local = ['VENUE_BASE_URL', 'FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST', 'GCLOUD_PROJECT', 'GOOGLE_CLOUD_PROJECT'];
    expect([...knownVariables()].filter((name) => !local.includes(name) && !new RegExp(`^(# )?${name}=`, 'm').test(text))).toEqual([]);
  });

  it('trades on paper and allows nothing in production', () => {
    expect(environmentOf({ path: '', variables, fault: null }, null)).toMatchObject({ tradingEnv: 'paper', allowProdWrite: false, allowProdSync: false });
  });
});
