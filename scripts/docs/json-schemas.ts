/** The schemas of the config files as JSON Schema: for editors, and as the source of the configuration reference. */
import { z } from 'zod';
import { configFileName, configSection, engineConfig } from '../../functions/src/schema/config/engine-config.ts';
import type { ConfigSection } from '../../functions/src/schema/config/engine-config.ts';

/** What the reference reads of a JSON Schema. */
export const jsonSchema = z.object({
  type: z.string().optional(),
  description: z.string().optional(),
  default: z.json().optional(),
  const: z.string().optional(),
  required: z.array(z.string()).optional(),
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
export type JsonSchema = z.infer<typeof jsonSchema>;

/** Of what a person writes: a key with a default may be left out. */
function writtenForm(section: ConfigSection): object {
  return z.toJSONSchema(engineConfig.shape[section], { io: 'input', reused: 'inline' });
}

export const schemaOf = (section: ConfigSection): JsonSchema => jsonSchema.parse(writtenForm(section));

/** `config/schema/risk.schema.json` and its siblings, path to text. */
export function jsonSchemaFiles(): Readonly<Record<string, string>> {
  return Object.fromEntries(
    configSection.options.map((section) => {
      const document = { title: `Portcullis ${configFileName(section)}`, ...writtenForm(section) };
      return [`config/schema/${section}.schema.json`, `${JSON.stringify(document, null, 2)}\n`];
    }),
  );
}
