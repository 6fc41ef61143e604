/** Records of earlier versions stay readable, and every time in them is stored as one. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isTimePath } from '../../functions/src/adapters/store-document/time-fields.ts';
import { epochMs } from '../../functions/src/schema/scalars.ts';
import { inRepository } from '../../scripts/deployable/repository.ts';
import { schemasByConstant } from '../../scripts/docs/record-schemas.ts';
import { narrowings } from '../../scripts/record-forms/narrowings.ts';
import { FORMS_FOLDER, presentForms, recordForms } from '../../scripts/record-forms/record-forms.ts';

const folder = inRepository(FORMS_FOLDER);
const versions = readdirSync(folder).map((file) => ({ file, forms: recordForms.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))) }));
const present = await presentForms();
const schemas = [...(await schemasByConstant())];

describe.each(versions)('what $file stored', ({ forms }) => {
  it.each(Object.entries(forms))('can be read: %s', (record, form) => {
    const now = present[record];
    if (now === undefined) throw new Error(`${record} is gone: keep a schema for what is stored, or migrate it and take it out of the file`);
    expect(narrowings(form, now), 'give what is new a default, or migrate').toEqual([]);
  });
});

describe('a time in a record', () => {
  it.each(schemas)('of %s has a name by which it is stored as a Timestamp', (_constant, schema) => {
    expect(timesIn(schema, []).filter((path) => !isTimePath(path))).toEqual([]);
  });

  it('is found wherever it is', () => {
    const nested = z.strictObject({ a: z.array(z.strictObject({ b: epochMs.nullable() })), c: z.record(z.string(), epochMs).default({}), d: z.union([epochMs, z.string()]), e: z.int() });
    expect(timesIn(nested, [])).toEqual(['a.b', 'c.*', 'd']);
  });
});

/** Paths of everything that is an `epochMs`. */
function timesIn(schema: unknown, path: readonly string[]): readonly string[] {
  if (schema === epochMs) return [path.join('.')];
  if (schema instanceof z.ZodObject) return Object.entries(schema.shape).flatMap(([name, field]) => timesIn(field, [...path, name]));
  if (schema instanceof z.ZodArray) return timesIn(schema.element, path);
  if (schema instanceof z.ZodRecord) return timesIn(schema.valueType, [...path, '*']);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => timesIn(option, path));
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return timesIn(schema.unwrap(), path);
  return [];
}
