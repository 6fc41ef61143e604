/** What each record may look like in the store, as JSON Schema: the form it has now, or had when a version was released. */
import { z } from 'zod';
import { schemasByConstant } from '../docs/record-schemas.ts';
import { placeOf, recordSources } from '../docs/record-sources.ts';

export const recordForm = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.json().optional(),
  enum: z.array(z.json()).optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), recordForm).optional();
  },
  get propertyNames() {
    return recordForm.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), recordForm]).optional();
  },
  get items() {
    return recordForm.optional();
  },
  get anyOf() {
    return z.array(recordForm).optional();
  },
});
export type RecordForm = z.infer<typeof recordForm>;

/** By place and constant, such as `state/nav NAV_STATE`. */
export type RecordForms = Readonly<Record<string, RecordForm>>;

export const FORMS_FOLDER = 'tests/golden/record-forms';

export const recordForms = z.record(z.string(), recordForm);

/** Of what may be read: a field with a default may be missing. */
export async function presentForms(): Promise<RecordForms> {
  const schemas = await schemasByConstant();
  return Object.fromEntries(
    recordSources().map((source) => {
      const schema = schemas.get(source.constant);
      if (schema === undefined) throw new Error(`${source.constant} is not exported`);
      return [`${placeOf(source)} ${source.constant}`, recordForm.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }))];
    }),
  );
}
