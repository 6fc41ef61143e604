/** Alerts hang on words of log lines and names of functions: a renamed one must not silence them. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../../../functions/src/log/log.ts';
import { commandProblems, filtersOf, monitoringCheck, namedFunctions } from '../../../../scripts/deploy-check/automation.ts';
import { GOLDEN_MANIFEST } from '../../../../scripts/deployable/discover-manifest.ts';
import { inRepository } from '../../../../scripts/deployable/repository.ts';

const MONITORING = inRepository('deploy/monitoring');
const jsonOf = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(MONITORING, ...path), 'utf8'));
const manifest: unknown = JSON.parse(readFileSync(GOLDEN_MANIFEST, 'utf8'));

/** The line of one call, as `severity message`. */
function lineOf(call: (log: ReturnType<typeof createLog>) => void): { readonly severity: string; readonly message: string } {
  const lines: { readonly severity: string; readonly message: string }[] = [];
  call(createLog((severity, message) => lines.push({ severity, message })));
  return lines[0] ?? { severity: '', message: '' };
}

/** Whether the message conditions of a filter take a line: `=~` ones must match, `NOT ... =~` ones must not. */
function takes(filter: string, message: string): boolean {
  const conditions = [...filter.matchAll(/(NOT )?jsonPayload\.message=~"([^"]+)"/g)];
  return conditions.length > 0 && conditions.every(([, not, pattern = '']) => new RegExp(pattern).test(message) === (not === undefined));
}

const filterOf = (name: string): string => filtersOf(jsonOf('policies', `${name}.json`)).join(' ');
const metricFilter = (name: string): string => String(Reflect.get(Object(jsonOf('metrics', `${name}.json`)), 'filter'));

describe('the alerts', () => {
  const incident = lineOf((log) => log.incidentRaised('ledgerMismatch', 'BTCUSDT long: ours 1, theirs 2', 'look'));
  const poison = lineOf((log) => log.poisonMessage('order-intents', '1', 'no JSON'));

  it('are raised by an incident, and by any other error under another name', () => {
    expect([incident, poison].map(({ severity }) => severity)).toEqual(['ERROR', 'ERROR']);
    expect([takes(filterOf('incident'), incident.message), takes(filterOf('error'), incident.message)]).toEqual([true, false]);
    expect([takes(filterOf('incident'), poison.message), takes(filterOf('error'), poison.message)]).toEqual([false, true]);
  });

  it('hear the pulse in every end that a sync can have', () => {
    const ends = [lineOf((log) => log.tickFinished('sync', 't', 'NAV 1')), lineOf((log) => log.tickRepeated('sync', 't')), lineOf((log) => log.tickDegraded('sync', 't', ['x']))];
    expect(ends.map(({ message }) => takes(metricFilter('portcullis_sync_ticks'), message))).toEqual([true, true, true]);
    expect(takes(metricFilter('portcullis_sync_ticks'), lineOf((log) => log.tickFinished('screen', 't', '')).message)).toBe(false);
  });

  it('count degraded ticks and no others', () => {
    expect(takes(metricFilter('portcullis_degraded_ticks'), lineOf((log) => log.tickDegraded('learn', 't', ['x'])).message)).toBe(true);
    expect(takes(metricFilter('portcullis_degraded_ticks'), lineOf((log) => log.tickFinished('sync', 't', '')).message)).toBe(false);
  });

  it('watch every deployed function', () => {
    const endpoints = Object.keys(Object(Reflect.get(Object(manifest), 'endpoints')));
    expect(namedFunctions(filterOf('error')).toSorted()).toEqual(endpoints.toSorted());
  });

  it('each say what to do', () => {
    const silent = readdirSync(join(MONITORING, 'policies')).filter((name) => !/`npx portcullis|See |Read |Check /i.test(readFileSync(join(MONITORING, 'policies', name), 'utf8')));
    expect(silent).toEqual([]);
  });

  it('are refused when they name a function that is not deployed', async () => {
    const envFile = { path: '', variables: {}, fault: null };
    const endpoints = { screen: { availableMemoryMb: 512, timeoutSeconds: 120 } };
    const outcome = await monitoringCheck.run({ project: null, envFile, code: () => Promise.resolve({ folder: '', bundle: '', manifest: { endpoints } }) });
    expect(outcome).toMatchObject({ ok: false, found: expect.stringContaining('there is no function sync') });
  });
});

describe('a workflow', () => {
  it('is refused for scripts, commands and files that are not there', () => {
    const text = 'run: npm run deploy:chek\nrun: npm test\nrun: npx firebase functions:secret:set X\nrun: .ci/go\n';
    expect(commandProblems(text, ['test'])).toEqual(['there is no npm script deploy:chek', 'firebase has no command functions:secret:set', 'there is no file .ci/go']);
  });
});
