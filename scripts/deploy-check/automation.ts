/** Workflows and monitoring files name functions, scripts, metrics and log lines; here that all of them exist. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { firebaseOptions } from '../deployable/firebase-cli.ts';
import { inRepository } from '../deployable/repository.ts';
import { manifestOf } from './built-code.ts';
import { outcomeOf } from './outcome.ts';
import type { Check } from './check.ts';

const WORKFLOWS = '.github/workflows';
const METRICS = 'deploy/monitoring/metrics';
const POLICIES = 'deploy/monitoring/policies';

const packageJson = z.object({ scripts: z.record(z.string(), z.string()) });
const textsOf = (folder: string, end: string) => readdirSync(inRepository(folder)).filter((name) => name.endsWith(end)).map((name) => ({ path: join(folder, name), text: readFileSync(inRepository(join(folder, name)), 'utf8') }));

export const workflowCheck: Check = {
  name: 'workflows',
  run: () => {
    const { scripts } = packageJson.parse(JSON.parse(readFileSync(inRepository('package.json'), 'utf8')));
    const files = textsOf(WORKFLOWS, '.yml');
    const problems = files.flatMap(({ path, text }) => commandProblems(text, Object.keys(scripts)).map((problem) => `${path}: ${problem}`));
    return Promise.resolve(outcomeOf(problems, `${files.length} workflows, whose commands exist`, 'correct the workflow, or package.json'));
  },
};

/** What a text runs that is not there: npm scripts, firebase commands, files of the repository. */
export function commandProblems(text: string, scripts: readonly string[]): readonly string[] {
  const wanted = [...text.matchAll(/\bnpm (?:run (?:-s )?([\w:-]+)|(test|start)\b)/g)].map(([, script, short]) => script ?? short ?? '');
  const firebase = [...text.matchAll(/\bnpx firebase ([\w:-]+)/g)].map(([, command]) => command ?? '');
  const files = [...text.matchAll(/(?:^|\s)run: (\.[\w./-]+)/gm)].map(([, file]) => file ?? '');
  return [
    ...wanted.filter((script) => !scripts.includes(script)).map((script) => `there is no npm script ${script}`),
    ...firebase.filter((command) => firebaseOptions(command) === null).map((command) => `firebase has no command ${command}`),
    ...files.filter((file) => !existsSync(inRepository(file))).map((file) => `there is no file ${file}`),
  ];
}

const metric = z.strictObject({ description: z.string().min(1), filter: z.string().min(1) });
const filtered = z.looseObject({ filter: z.string().min(1) });
const policy = z.looseObject({
  displayName: z.string().startsWith('portcullis-'),
  combiner: z.literal('OR'),
  documentation: z.object({ content: z.string().min(1) }),
  conditions: z.tuple([z.looseObject({ displayName: z.string(), conditionMatchedLog: filtered.optional(), conditionAbsent: filtered.optional(), conditionThreshold: filtered.optional() })]),
});

export const monitoringCheck: Check = {
  name: 'monitoring files',
  run: async ({ code }) => {
    const functions = Object.keys(manifestOf.parse((await code()).manifest).endpoints);
    const metrics = textsOf(METRICS, '.json').map(({ path, text }) => ({ path, ...metric.parse(JSON.parse(text)) }));
    const policies = textsOf(POLICIES, '.json').map(({ path, text }) => ({ path, filters: filtersOf(JSON.parse(text)) }));
    const filters = [...metrics.map(({ path, filter }) => ({ path, filter })), ...policies.flatMap(({ path, filters: many }) => many.map((filter) => ({ path, filter })))];
    const names = metrics.map(({ path }) => path.slice(METRICS.length + 1, -'.json'.length));
    const problems = [
      ...filters.flatMap(({ path, filter }) => namedFunctions(filter).filter((name) => !functions.includes(name)).map((name) => `${path}: there is no function ${name}`)),
      ...filters.flatMap(({ path, filter }) => namedMetrics(filter).filter((name) => !names.includes(name)).map((name) => `${path}: there is no metric ${name}`)),
      ...names.filter((name) => !filters.some(({ filter }) => namedMetrics(filter).includes(name))).map((name) => `metric ${name} is used by no policy`),
    ];
    return outcomeOf(problems, `${metrics.length} metrics, ${policies.length} alerting policies`, `correct the file in ${METRICS} or ${POLICIES}`);
  },
};

export function filtersOf(parsed: unknown): readonly string[] {
  return policy.parse(parsed).conditions.flatMap(({ conditionMatchedLog, conditionAbsent, conditionThreshold }) => [conditionMatchedLog, conditionAbsent, conditionThreshold].flatMap((condition) => condition?.filter ?? []));
}

/** Functions are services of Cloud Run, and jobs of Cloud Scheduler, under names of their own. */
export function namedFunctions(filter: string): readonly string[] {
  const words = [...filter.matchAll(/(?:service_name|job_id)\s*=~?\s*"([^"]+)"/g)].map(([, word]) => word ?? '');
  return words.flatMap((word) => word.replace(/firebase-schedule-|[\^$()]|-$/g, '').split('|'));
}

const namedMetrics = (filter: string): readonly string[] => [...filter.matchAll(/logging\.googleapis\.com\/user\/([\w-]+)/g)].map(([, name]) => name ?? '');
