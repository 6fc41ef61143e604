import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { engineConfig } from '../../../functions/src/schema/config/engine-config.ts';

interface Documented {
  readonly path: string;
  readonly key: string;
  readonly description: string | null;
  readonly isNumber: boolean;
}

/** The words in which a description must name the unit that its key ends in. */
const UNITS: readonly (readonly [ending: RegExp, words: RegExp])[] = [
  [/Pct$/, / percent \(15 means 15 %\)$/],
  [/Bps$/, / basis points \(1 is 0\.01 %\)$/],
  [/Usd$/, / US dollars$/],
  [/Ms$/, / milliseconds$/],
  [/Seconds$/, / seconds$/],
  [/Minutes$/, / minutes$/],
  [/Hours$/, / hours$/],
  [/Days$/, / days$/],
];

const jsonSchema = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  get additionalProperties() {
    return z.union([z.literal(false), jsonSchema]).optional();
  },
  get items() {
    return jsonSchema.optional();
  },
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
  get oneOf() {
    return z.array(jsonSchema).optional();
  },
});
type JsonSchema = z.infer<typeof jsonSchema>;

const keys = documentedKeys(jsonSchema.parse(z.toJSONSchema(engineConfig, { reused: 'inline' })), '').filter(({ path }) => path.includes('.'));
const numbers = keys.filter(({ isNumber }) => isNumber);

test('the walk finds the keys of every depth', () => {
  expect(keys.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['risk.maxTradeNavPct', 'risk.perSymbol.*.maxLeverage', 'strategies.strategies[].params.entryZ']),
  );
});

describe('every key of the configuration', () => {
  test('says what it means', () => {
    expect(keys.filter(({ description }) => description === null).map(({ path }) => path)).toEqual([]);
  });

  test('that is a number says its range', () => {
    const silent = numbers.filter(({ description }) => !/: a (whole )?number from [-\d.]+ to [\d.]+/.test(description ?? ''));
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  test.each(UNITS)('that ends in %s names its unit, and no other key does', (ending, words) => {
    const wrong = numbers.filter(({ key, description }) => ending.test(key) !== words.test(description ?? ''));
    expect(wrong.map(({ path }) => path)).toEqual([]);
    expect(numbers.some(({ key }) => ending.test(key))).toBe(true);
  });
});

function documentedKeys(schema: JsonSchema, path: string): Documented[] {
  const variants = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  const properties = Object.entries(schema.properties ?? {});
  const values = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : [];
  return [
    ...properties.flatMap(([key, nested]) => {
      const keyPath = path === '' ? key : `${path}.${key}`;
      return [describeKey(key, keyPath, nested), ...documentedKeys(nested, keyPath)];
    }),
    ...values.flatMap((nested) => documentedKeys(nested, `${path}.*`)),
    ...(schema.items === undefined ? [] : documentedKeys(schema.items, `${path}[]`)),
    ...variants.flatMap((nested) => documentedKeys(nested, path)),
  ];
}

function describeKey(key: string, path: string, schema: JsonSchema): Documented {
  const forms = [schema, ...(schema.anyOf ?? [])];
  return {
    path,
    key,
    description: forms.find(({ description }) => description !== undefined)?.description ?? null,
    isNumber: forms.some(({ type }) => type === 'number' || type === 'integer'),
  };
}
