/**
 * `npm run deploy:check [-- --project ID] [--json]`: everything of a deploy that can be checked without the cloud, in one
 * table. Exit code 1 when something is to be put right; each such line says what.
 */
import { parseArgs } from 'node:util';
import { left, tableLines } from '../functions/src/cli/table.ts';
import { configText } from '../functions/src/config/config-files.ts';
import { faultText } from '../functions/src/config/config-error.ts';
import { readConfig } from '../functions/src/config/load-config.ts';
import { monitoringCheck, workflowCheck } from './deploy-check/automation.ts';
import { buildCode, bundleCheck, firebaseCheck, manifestCheck } from './deploy-check/built-code.ts';
import { failed, outcomeOf } from './deploy-check/outcome.ts';
import type { Outcome } from './deploy-check/outcome.ts';
import type { BuiltCode, Check, DeployContext } from './deploy-check/check.ts';
import { envFileCheck, readEnvFile } from './deploy-check/env-file.ts';
import { indexCheck, rulesCheck } from './deploy-check/firestore-access.ts';
import { hostingCheck } from './deploy-check/hosting.ts';
import { lockFileCheck } from './deploy-check/lock-file.ts';
import { secretsCheck } from './deploy-check/planted-secrets.ts';

const settingsCheck: Check = {
  name: 'settings',
  run: () => {
    const config = readConfig(configText);
    return Promise.resolve(outcomeOf(config.ok ? [] : config.faults.map(faultText), config.ok ? `${config.origins.length} values, no faults` : '', 'correct the files in config/; docs/configuration.md lists every key'));
  },
};

const CHECKS: readonly Check[] = [
  settingsCheck, envFileCheck, bundleCheck, manifestCheck, firebaseCheck, lockFileCheck, rulesCheck, indexCheck, hostingCheck, secretsCheck, workflowCheck, monitoringCheck,
];

/** A check that cannot look at its subject has failed; what stood in the way is what it found. */
async function outcome(check: Check, context: DeployContext): Promise<Outcome> {
  try {
    return await check.run(context);
  } catch (error) {
    return failed((error instanceof Error ? error.message : String(error)).trim().split('\n').slice(0, 3).join(' '), 'put that right first');
  }
}

const { values } = parseArgs({ options: { project: { type: 'string' }, json: { type: 'boolean', default: false } } });
await using cleanUp = new AsyncDisposableStack();
const envFile = readEnvFile(values.project ?? null);
let building: Promise<BuiltCode> | null = null;
const context: DeployContext = { project: values.project ?? null, envFile, code: () => (building ??= buildCode(envFile.variables ?? {}, cleanUp)) };

const results: { readonly check: string; readonly outcome: Outcome }[] = [];
for (const check of CHECKS) results.push({ check: check.name, outcome: await outcome(check, context) });

if (values.json) {
  process.stdout.write(`${JSON.stringify({ project: context.project, checks: results.map(({ check, outcome: one }) => ({ check, ...one })) })}\n`);
} else {
  const rows = results.map(({ check, outcome: one }) => [one.ok ? 'ok' : 'FAILS', check, one.found]);
  const todos = results.flatMap(({ check, outcome: one }) => (one.ok ? [] : [`${check}: ${one.todo}`]));
  process.stdout.write(`${[...tableLines([left(''), left('check'), left('found')], rows), ...(todos.length === 0 ? [] : ['', 'to do', ...todos.map((todo) => `  ${todo}`)])].join('\n')}\n`);
}
if (results.some(({ outcome: one }) => !one.ok)) process.exitCode = 1;
