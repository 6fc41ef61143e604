import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { symbolText } from '../../../../functions/src/schema/scalars.ts';
import { narrowings } from '../../../../scripts/record-forms/narrowings.ts';
import { recordForm } from '../../../../scripts/record-forms/record-forms.ts';

const formOf = (schema: z.ZodType) => recordForm.parse(z.toJSONSchema(schema, { io: 'input' }));
const between = (earlier: z.ZodType, present: z.ZodType) => narrowings(formOf(z.strictObject({ a: earlier })), formOf(z.strictObject({ a: present })));

describe('a form that takes all of an earlier one', () => {
  it.each([
    ['is the same', z.strictObject({ b: z.int().positive() }), z.strictObject({ b: z.int().positive() })],
    ['has a further field with a default', z.strictObject({}), z.strictObject({ b: z.string().default('') })],
    ['no longer needs a field', z.strictObject({ b: z.string() }), z.strictObject({ b: z.string().optional() })],
    ['takes null too', z.int(), z.int().nullable()],
    ['has more words', z.enum(['x']), z.enum(['x', 'y'])],
    ['takes fractions too', z.int(), z.number()],
    ['takes zero too', z.int().positive(), z.int().nonnegative()],
    ['has symbols of more letters', z.string().regex(/^[A-Z0-9_]{2,40}$/), symbolText],
    ['has more choices in lists and maps', z.array(z.record(z.string(), z.int())), z.array(z.record(z.string(), z.union([z.int(), z.string()])))],
  ])('%s', (_what, earlier, present) => {
    expect(between(earlier, present)).toEqual([]);
  });
});

describe('a form that refuses something of an earlier one', () => {
  it.each([
    ['a new field without a default', z.strictObject({}), z.strictObject({ b: z.string() }), 'the record.a.b is required and could be missing'],
    ['a field that is gone', z.strictObject({ b: z.string() }), z.strictObject({}), 'the record.a.b is no longer known'],
    ['null', z.int().nullable(), z.int(), 'the record.a was null and has to be integer'],
    ['a word', z.enum(['x', 'y']), z.enum(['x']), 'the record.a may no longer be "y"'],
    ['free text', z.string(), z.enum(['x']), 'the record.a was free and has to be one of "x"'],
    ['fractions', z.number(), z.int(), 'the record.a was number and has to be integer'],
    ['zero', z.int().nonnegative(), z.int().positive(), 'the record.a has a exclusiveMinimum that it did not have'],
    ['another pattern of text', z.string(), z.string().regex(/x/), 'the record.a has another pattern'],
    ['what a list held', z.array(z.string()), z.array(z.int()), 'the record.a[] was string and has to be integer'],
    ['what a map held', z.record(z.string(), z.string()), z.record(z.string(), z.int()), 'the record.a{} was string and has to be integer'],
    ['keys of a map', z.record(z.string(), z.int()), z.record(z.string().regex(/x/), z.int()), 'a key of the record.a has another pattern'],
  ])('is told: %s', (_what, earlier, present, told) => {
    expect(between(earlier, present)).toContain(told);
  });
});
