/** The type of a stored field in words, from its JSON Schema and, for units, its name. */
import { z } from 'zod';
import { decimalText, positiveDecimalText, symbolText } from '../../functions/src/schema/scalars.ts';

const jsonType = z.object({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  pattern: z.string().optional(),
  enum: z.array(z.json()).optional(),
  const: z.json().optional(),
  get items() {
    return jsonType.optional();
  },
  get additionalProperties() {
    return z.union([z.boolean(), jsonType]).optional();
  },
  get properties() {
    return z.record(z.string(), jsonType).optional();
  },
  get anyOf() {
    return z.array(jsonType).optional();
  },
});
type JsonType = z.infer<typeof jsonType>;

/** Endings of names and the unit they mean, longest first. */
const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  ['Usd', 'US dollars'], ['Pct', 'percent'], ['Bps', 'basis points'], ['Ms', 'milliseconds'], ['Seconds', 'seconds'], ['Minutes', 'minutes'], ['Hours', 'hours'], ['Days', 'days'],
  ['Qty', 'base asset'], ['qty', 'base asset'], ['Price', 'quote asset'], ['price', 'quote asset'], ['Mid', 'quote asset'],
];

const patternOf = (schema: z.ZodType): string | undefined => jsonType.parse(z.toJSONSchema(schema)).pattern;
const DECIMALS = [patternOf(decimalText), patternOf(positiveDecimalText)];
const SYMBOL = patternOf(symbolText);

/** Fields of a record with their types; throws for a schema that is no object. */
export function fieldTypes(schema: z.ZodType): readonly (readonly [name: string, type: string])[] {
  const { properties } = jsonType.parse(z.toJSONSchema(schema, { unrepresentable: 'any', reused: 'inline' }));
  if (properties === undefined) throw new Error('a record is an object');
  return Object.entries(properties).map(([name, type]) => [name, withUnit(name, typeText(name, type))]);
}

function withUnit(name: string, type: string): string {
  const unit = UNITS.find(([ending]) => name.endsWith(ending))?.[1];
  return unit === undefined || !/decimal|number/.test(type) ? type : type.replace(/decimal|whole number|number/, (word) => `${word}, ${unit}`);
}

function typeText(name: string, schema: JsonType): string {
  const forms = schema.anyOf ?? (Array.isArray(schema.type) ? schema.type.map((type) => ({ ...schema, type })) : [schema]);
  const words = forms.filter(({ type }) => type !== 'null').map((form) => formText(name, form));
  return [...words, ...(forms.length > words.length ? ['null'] : [])].join(' or ');
}

function formText(name: string, schema: JsonType): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.filter((word) => word !== null).map((word) => `\`${typeof word === 'string' ? word : JSON.stringify(word)}\``).join(', ');
  switch (typeof schema.type === 'string' ? schema.type : '') {
    case 'string':
      return stringText(schema);
    case 'integer':
      return integerText(name);
    case 'number':
      return 'number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return schema.items === undefined ? 'list' : `list of ${typeText('', schema.items)}`;
    case 'object':
      return objectText(name, schema);
    default:
      return 'any';
  }
}

/** A time by the store's own rule. */
function integerText(name: string): string {
  return /^at$|At$|^until$|Until$|AtBy/.test(name) ? 'time' : 'whole number';
}

function stringText({ pattern }: JsonType): string {
  if (DECIMALS.includes(pattern)) return 'decimal';
  return pattern === SYMBOL ? 'symbol' : 'text';
}

function objectText(name: string, { properties, additionalProperties }: JsonType): string {
  if (properties !== undefined) return `{ ${Object.keys(properties).join(', ')} }`;
  return typeof additionalProperties === 'object' ? `map to ${typeText(name, additionalProperties)}` : 'map';
}
