import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { VETO_DEFINITIONS } from '../../../functions/src/domain/risk/veto-code.ts';
import { configSection } from '../../../functions/src/schema/config/engine-config.ts';
import { generatedDocuments } from '../../../scripts/docs/generated-documents.ts';
import { schemaOf } from '../../../scripts/docs/json-schemas.ts';
import type { JsonSchema } from '../../../scripts/docs/json-schemas.ts';
import { inRepository } from '../../../scripts/deployable/repository.ts';
import { sourceTexts } from '../../../scripts/sources/source-text.ts';
import { exportedCollections } from '../../../scripts/sources/written-queries.ts';

const generated = generatedDocuments();
const documentOf = (path: string): string => generated[path] ?? '';

describe('what is committed is what the code says now; if not, run npm run docs:generate:', () => {
  test.each(Object.keys(generated))('%s', (path) => {
    expect(readFileSync(inRepository(path), 'utf8')).toBe(generated[path]);
  });
});

describe('the table of vetoes', () => {
  it('has a line for every code', () => {
    const silent = VETO_DEFINITIONS.filter(({ code, meaning, unit }) => !documentOf('docs/vetoes.md').includes(`| \`${code}\` | ${meaning} | \`${unit}\` |`));
    expect(silent).toEqual([]);
  });

  it('names only keys that the configuration has', () => {
    const forms: readonly string[] = VETO_DEFINITIONS.flatMap(({ configPaths }) => configPaths);
    const places = forms.flatMap((form) => {
      const section = configSection.options.find((name) => form.startsWith(`${name}.json:`));
      return section === undefined ? [] : [{ form, schema: placeIn(schemaOf(section), form.slice(section.length + '.json:'.length).split('.')) }];
    });
    expect(places.length).toBeGreaterThan(20);
    expect(places.filter(({ schema }) => schema === null)).toEqual([]);
  });
});

describe('the reference of the configuration', () => {
  const text = documentOf('docs/configuration.md');

  it.each([
    ['a number with its unit and its default', '| `navFreshnessSeconds` | a whole number from 30 to 3600 seconds | `180` | Age of the NAV above which entries are refused |'],
    ['a number that must be written', '| `referenceNavUsd` | a number from 1 to 1000000000 US dollars | required |'],
    ['a key under any name', '| `tiers.*.maxExposurePct` | a number from 1 to 2000 percent (15 means 15 %) | required |'],
    ['a value that may be null', '| `minFeeEdgeBps` | a number from 0 to 1000 basis points (1 is 0.01 %), or null | `null` |'],
    ['a key of every element', '| `symbols[].enabled` | true or false | required |'],
    ['a parameter of one kind', '### Strategies of kind `zscore`\n\n| Key | Allowed | Default | Meaning |\n| --- | --- | --- | --- |\n| `strategies[].kind` | `"zscore"` | required |'],
  ])('shows %s', (_title, line) => {
    expect(text).toContain(line);
  });

  it('has what all kinds share once', () => {
    expect(text.split('`strategies[].leverage`')).toHaveLength(2);
  });
});

describe('the reference of events and records', () => {
  const text = documentOf('docs/events-and-records.md');

  it.each([
    ['a document with its only writer and its lifetime', '| `state/nav` | `sync` | for ever |'],
    ['a record that expires', '| `ticks/*` |'],
    ['an exact amount with its unit', '| `navUsd` | decimal, US dollars |'],
    ['a time, and what null means', '| `expiresAt` | time or null | When the state falls back to ACTIVE by itself; null means only an operator ends it. |'],
    ['a list of blocks', '| `lots` | list of { qty, price, openedAt } |'],
    ['a line of the log with its fields', '| ERROR | incident …: … | `kind`, `action` |'],
  ])('shows %s', (_title, line) => {
    expect(text).toContain(line);
  });

  it('names somebody who writes each document', () => {
    expect(text.split('\n').filter((line) => /^\| `[\w/*]+` \|  \|/.test(line))).toEqual([]);
  });

  it('has every collection of the engine', async () => {
    const names = new Set((await exportedCollections(sourceTexts('functions/src/schema/records'))).map(({ name }) => name));
    expect([...names].filter((name) => !text.includes(`### \`${name}/`))).toEqual([]);
  });
});

/** The schema a path leads to; a name stands for a key or, like *, for any key, and in a list for one of its elements of any kind. */
function placeIn(schema: JsonSchema, path: readonly string[]): JsonSchema | null {
  const [key, ...rest] = path;
  if (key === undefined) return schema;
  for (const kind of schema.oneOf ?? []) {
    const place = placeIn(kind, path);
    if (place !== null) return place;
  }
  const other = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : schema.items;
  const next = schema.properties?.[key] ?? other;
  return next === undefined ? null : placeIn(next, rest);
}
