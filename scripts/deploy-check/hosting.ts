import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { configText } from '../../functions/src/config/config-files.ts';
import { loadConfig } from '../../functions/src/config/load-config.ts';
import { cloudSettings } from '../dashboard/dashboard-settings.ts';
import { dashboardFiles } from '../dashboard/dashboard-files.ts';
import { inRepository } from '../deployable/repository.ts';
import { outcomeOf } from './outcome.ts';
import type { Check } from './check.ts';
import { environmentOf } from './env-file.ts';

const MOST_GZIPPED_BYTES = 200 * 1024;

const firebaseJson = z.object({
  hosting: z.object({
    rewrites: z.array(z.object({ source: z.string(), function: z.object({ functionId: z.string(), region: z.string() }) })),
    headers: z.array(z.object({ source: z.string(), headers: z.array(z.object({ key: z.string(), value: z.string() })) })),
  }),
});

export const hostingCheck: Check = {
  name: 'dashboard and its policy',
  run: async ({ envFile, project }) => {
    const { hosting } = firebaseJson.parse(JSON.parse(await readFile(inRepository('firebase.json'), 'utf8')));
    const files = await dashboardFiles(cloudSettings(loadConfig(configText)));
    const bytes = [...files.values()].reduce((sum, content) => sum + gzipSync(content).length, 0);
    const page = files.get('index.html')?.toString('utf8') ?? '';
    const policy = hosting.headers.find(({ source }) => source === '**')?.headers.find(({ key }) => key === 'Content-Security-Policy')?.value ?? '';
    const region = environmentOf(envFile, project)?.region;
    const problems = [
      ...(bytes > MOST_GZIPPED_BYTES ? [`${Math.round(bytes / 1024)} KiB gzipped are more than 200`] : []),
      ...(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/.test(page) ? ['the page has inline script or style, which its policy forbids'] : []),
      ...policyProblems(policy),
      ...hosting.rewrites
        .filter(({ function: target }) => region !== undefined && target.region !== region)
        .map(({ source, function: target }) => `${source} leads to ${target.region}, the functions run in ${region}`),
    ];
    return outcomeOf(problems, `${files.size} files, ${(bytes / 1024).toFixed(1)} KiB gzipped, policy without exceptions`, 'correct firebase.json (hosting) or dashboard/');
  },
};

function policyProblems(policy: string): readonly string[] {
  if (policy === '') return ['firebase.json sends no Content-Security-Policy'];
  const missing = ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"].filter((part) => !policy.includes(part));
  return [...missing.map((part) => `the policy lacks ${part}`), ...(/unsafe|\*|data:|http:/.test(policy) ? ['the policy allows what it should not'] : [])];
}
