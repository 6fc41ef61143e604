/** Each rule of .dependency-cruiser.cjs finds the breach written down for it. `npm run deps` runs them on the sources. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import type { IForbiddenRuleType } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Named = IForbiddenRuleType & { readonly name: string };

const ruleSet = z
  .object({ forbidden: z.array(z.custom<Named>((rule) => z.looseObject({ name: z.string() }).safeParse(rule).success)), options: z.looseObject({}) })
  .parse(createRequire(import.meta.url)(inRepository('.dependency-cruiser.cjs')));

/** Rule, the importing file, what it imports. */
const BREACHES: readonly (readonly [rule: string, from: string, imports: string])[] = [
  ['domain-is-pure', 'functions/src/domain/risk/gate.ts', 'node:fs'],
  ['ids-are-on-sha-256', 'functions/src/domain/identity/derived-id.ts', 'node:os'],
  ['schema-is-a-leaf', 'functions/src/schema/records/tick.ts', '../../domain/a.ts'],
  ['ports-know-the-domain-alone', 'functions/src/ports/store.ts', '../config/a.ts'],
  ['ports-are-types', 'functions/src/ports/clock.ts', '../domain/a.ts'],
  ['app-knows-no-technology', 'functions/src/app/sync/sync.ts', 'zod'],
  ['log-knows-records-alone', 'functions/src/log/log.ts', '../domain/a.ts'],
  ['config-knows-records-alone', 'functions/src/config/load-config.ts', '../domain/a.ts'],
  ['adapters-serve-ports', 'functions/src/adapters/bus-pubsub/bus.ts', '../../app/a.ts'],
  ['adapters-stand-alone', 'functions/src/adapters/bus-memory/bus.ts', '../clock-system/a.ts'],
  ['store-document-is-for-stores', 'functions/src/adapters/bus-memory/envelope.ts', '../store-document/a.ts'],
  ['index-is-a-table-of-contents', 'functions/src/index.ts', './app/a.ts'],
  ['only-compose-builds-adapters', 'functions/src/triggers/tick.ts', '../adapters/clock-system/a.ts'],
  ['only-edges-import-compose', 'functions/src/log/sink.ts', '../compose/a.ts'],
  ['only-edges-import-triggers', 'functions/src/config/flags.ts', '../triggers/a.ts'],
  ['functions-are-not-local', 'functions/src/triggers/local.ts', '../../../local/a.ts'],
  ['local-runs-the-deployed-functions', 'local/host/run.ts', '../../functions/src/app/a.ts'],
  ['embedded-servers-know-no-engine', 'local/firestore/server.ts', '../../functions/src/domain/a.ts'],
  ['simulated-venue-shares-the-pure-core', 'local/venue/server.ts', '../../functions/src/domain/a.ts'],
  ['dashboard-reads-records', 'dashboard/src/reading/a.ts', '../../../functions/src/domain/a.ts'],
  ['dashboard-takes-types-alone', 'dashboard/src/view/tick.ts', '../../../functions/src/schema/a.ts'],
  ['nothing-needs-the-dashboard', 'local/dashboard/server.ts', '../../dashboard/src/a.ts'],
  ['cloud-sdks-in-adapters', 'functions/src/triggers/admin.ts', 'firebase-admin/app'],
  ['venue-sdk-in-its-adapter', 'functions/src/adapters/venue-paper/venue.ts', 'ccxt'],
  ['functions-sdk-at-the-edge', 'functions/src/adapters/alerts-mail/mail.ts', 'firebase-functions/logger'],
  ['compose-loads-lazily', 'functions/src/compose/open-store.ts', '../adapters/store-firestore/a.ts'],
  ['venue-sdk-loads-lazily', 'functions/src/adapters/venue-ccxt/connection.ts', './binance-client.ts'],
  ['declared-packages-only', 'functions/src/triggers/mail.ts', 'a-package-that-nobody-declared'],
  ['no-cycles', 'functions/src/domain/itself-again.ts', './itself.ts'],
  ['no-orphans', 'functions/src/domain/forgotten.ts', ''],
];

/** What the breaches import. */
const OTHERS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['domain', 'schema', 'app', 'compose', 'config', 'triggers', 'adapters/clock-system', 'adapters/store-document', 'adapters/store-firestore'].map((folder) => [`functions/src/${folder}/a.ts`, 'export {};']),
  ),
  'local/a.ts': 'export {};',
  'dashboard/src/a.ts': 'export {};',
  'functions/src/adapters/venue-ccxt/binance-client.ts': 'export {};',
  'functions/src/domain/itself.ts': "import './itself-again.ts';",
};

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

describe('the rule', () => {
  let violations: ReadonlySet<string>;
  beforeAll(async () => {
    const folder = await temporaryFolder(cleanUp);
    const breaches = BREACHES.map(([, from, imports]) => [from, imports === '' ? 'export {};' : `import '${imports}';`] as const);
    for (const [path, text] of [...Object.entries(OTHERS), ...breaches]) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    violations = await violationsIn(folder);
  });

  it.each(BREACHES)('%s catches %s importing "%s"', (rule, from) => {
    expect(violations).toContain(`${rule} ${from}`);
  });

  it('is never without a breach that it catches', () => {
    expect(BREACHES.map(([rule]) => rule).toSorted()).toEqual(ruleSet.forbidden.map(({ name }) => name).toSorted());
  });
});

const cruised = z.object({ summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }) });

async function violationsIn(baseDir: string): Promise<ReadonlySet<string>> {
  const { tsConfig: _, ...options } = ruleSet.options;
  const { output } = await cruise(['functions/src', 'local', 'dashboard/src'], { ...options, baseDir, validate: true, ruleSet: { forbidden: ruleSet.forbidden } });
  return new Set(cruised.parse(output).summary.violations.map(({ from, rule }) => `${rule.name} ${from}`));
}
