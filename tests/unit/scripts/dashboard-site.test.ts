/** What Hosting would serve: small, without a line of script or style that its policy would have to allow. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configText } from '../../../functions/src/config/config-files.ts';
import { configHash } from '../../../functions/src/config/config-hash.ts';
import { loadConfig } from '../../../functions/src/config/load-config.ts';
import { cloudSettings } from '../../../scripts/dashboard/dashboard-settings.ts';
import { dashboardFiles } from '../../../scripts/dashboard/dashboard-files.ts';
import type { SiteFiles } from '../../../scripts/dashboard/dashboard-files.ts';
import { inRepository } from '../../../scripts/deployable/repository.ts';

const MOST_GZIPPED_BYTES = 40 * 1024;

const header = z.object({ key: z.string(), value: z.string() });
const { hosting } = z
  .object({
    hosting: z.object({
      public: z.string(),
      rewrites: z.array(z.object({ source: z.string(), function: z.object({ functionId: z.string() }) })),
      headers: z.array(z.object({ source: z.string(), headers: z.array(header) })),
    }),
  })
  .parse(JSON.parse(readFileSync(inRepository('firebase.json'), 'utf8')));

describe('the built dashboard', () => {
  const config = loadConfig(configText);
  let files: SiteFiles;
  beforeAll(async () => {
    files = await dashboardFiles(cloudSettings(config));
  });
  const text = (path: string): string => files.get(path)?.toString('utf8') ?? '';

  it('stays far below 200 KB gzipped', () => {
    const bytes = [...files.values()].reduce((sum, content) => sum + gzipSync(content).length, 0);
    expect(bytes).toBeLessThan(MOST_GZIPPED_BYTES);
  });

  it('has a page that refers to files that are there, named by their content', () => {
    const referred = [...text('index.html').matchAll(/"\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(referred).toHaveLength(2);
    expect(referred.filter((path) => !files.has(path))).toEqual([]);
    expect(referred.every((path) => /-[\da-f]{8}\.(js|css)$/.test(path))).toBe(true);
  });

  it('has no inline script or style', () => {
    expect(text('index.html')).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  });

  it('carries neither the validator nor an SDK, and knows no write of Firestore', () => {
    const script = [...files].find(([path]) => path.endsWith('.js'))?.[1].toString('utf8') ?? '';
    expect(script).toContain(':batchGet');
    expect(script).not.toMatch(/:commit|:batchWrite|updateMask|ZodError|firebase\/app/);
  });

  it('tells the caps that the gate compares with, and the hash of the config they are from', () => {
    const settings: unknown = JSON.parse(text('settings.json'));
    expect(settings).toMatchObject({ backend: 'cloud', configHash: configHash(config), caps: { maxGrossExposurePct: config.risk.maxGrossExposurePct } });
  });
});

describe('hosting', () => {
  const all = Object.fromEntries((hosting.headers.find(({ source }) => source === '**')?.headers ?? []).map(({ key, value }) => [key, value]));

  it('allows scripts, styles and connections by name alone, and no framing', () => {
    const policy = all['Content-Security-Policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe|\*|data:|http:/);
  });

  it('sends questions to control to the function of that name, from the same origin', () => {
    expect(hosting.rewrites).toContainEqual({ source: '/api/control', function: expect.objectContaining({ functionId: 'control' }) });
  });

  it('serves what the build writes', () => {
    expect(hosting.public).toBe('dashboard/dist');
  });
});
