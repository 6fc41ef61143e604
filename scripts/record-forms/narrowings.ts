/** Whether a form still takes everything that an earlier one took: what an earlier version stored has to stay readable. */
import type { RecordForm } from './record-forms.ts';

/** Each thing that `earlier` allowed and `present` refuses, with its path; none when the one takes all of the other. Where in doubt it says so. */
export function narrowings(earlier: RecordForm, present: RecordForm, path = 'the record'): readonly string[] {
  const [had, has] = [choicesOf(earlier), choicesOf(present)];
  if (had !== null) return had.flatMap((form) => narrowings(form, present, path));
  if (has !== null) return ofChoice(earlier, has, path);
  return [...ofType(earlier, present, path), ...ofValues(earlier, present, path), ...ofBounds(earlier, present, path), ...ofFields(earlier, present, path), ...ofItems(earlier, present, path)];
}

function choicesOf(form: RecordForm): readonly RecordForm[] | null {
  if (form.anyOf !== undefined) return form.anyOf;
  return Array.isArray(form.type) ? form.type.map((type) => ({ ...form, type })) : null;
}

/** The choice that comes nearest is the one that tells. */
function ofChoice(earlier: RecordForm, choices: readonly RecordForm[], path: string): readonly string[] {
  const tries = choices.map((form) => narrowings(earlier, form, path));
  return tries.toSorted((a, b) => a.length - b.length)[0] ?? [`${path} may no longer be anything`];
}

function ofType(earlier: RecordForm, present: RecordForm, path: string): readonly string[] {
  const takes = present.type === undefined || present.type === earlier.type || (present.type === 'number' && earlier.type === 'integer');
  return takes ? [] : [`${path} was ${typeText(earlier)} and has to be ${typeText(present)}`];
}

const typeText = ({ type }: RecordForm): string => [type ?? 'anything'].flat().join(' or ');

function ofValues(earlier: RecordForm, present: RecordForm, path: string): readonly string[] {
  const allowed = valuesOf(present);
  if (allowed === null) return [];
  const had = valuesOf(earlier);
  if (had === null) return [`${path} was free and has to be one of ${allowed.join(', ')}`];
  return had.filter((value) => !allowed.includes(value)).map((value) => `${path} may no longer be ${value}`);
}

function valuesOf({ const: only, enum: some }: RecordForm): readonly string[] | null {
  if (only !== undefined) return [JSON.stringify(only)];
  return some === undefined ? null : some.map((value) => JSON.stringify(value));
}

/** What patterns of text have become, which takes all that they took: it cannot be told from two patterns. */
const WIDENED: ReadonlyMap<string, string> = new Map([['^[A-Z0-9_]{2,40}$', String.raw`^[\p{Lu}\p{Lo}\p{Lm}\p{M}\p{N}_]{2,40}$`]]);

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength'] as const;

function ofBounds(earlier: RecordForm, present: RecordForm, path: string): readonly string[] {
  const had = (bound: (typeof LOWER)[number]): number => earlier[bound] ?? Number.NEGATIVE_INFINITY;
  const raised = LOWER.filter((bound) => present[bound] !== undefined && had(bound) < present[bound] && !(bound === 'minimum' && had('exclusiveMinimum') >= present[bound]));
  const isLowered = present.maximum !== undefined && (earlier.maximum ?? Number.POSITIVE_INFINITY) > present.maximum;
  return [
    ...raised.map((bound) => `${path} has a ${bound} that it did not have`),
    ...(isLowered ? [`${path} has a maximum that it did not have`] : []),
    ...(present.pattern === undefined || takesPattern(earlier.pattern, present.pattern) ? [] : [`${path} has another pattern`]),
  ];
}

const takesPattern = (earlier: string | undefined, present: string): boolean => earlier !== undefined && (earlier === present || WIDENED.get(earlier) === present);

function ofFields(earlier: RecordForm, present: RecordForm, path: string): readonly string[] {
  const [had, has] = [earlier.properties ?? {}, present.properties ?? {}];
  const isStrict = present.additionalProperties === false;
  const always = earlier.required ?? [];
  return [
    ...(present.required ?? []).filter((name) => !always.includes(name)).map((name) => `${path}.${name} is required and could be missing`),
    ...Object.entries(had).flatMap(([name, form]) => {
      const now = has[name];
      if (now !== undefined) return narrowings(form, now, `${path}.${name}`);
      return isStrict ? [`${path}.${name} is no longer known`] : [];
    }),
  ];
}

/** Of lists, and of maps whose keys are data. */
function ofItems(earlier: RecordForm, present: RecordForm, path: string): readonly string[] {
  const [had, has] = [mapOf(earlier), mapOf(present)];
  return [
    ...(present.items === undefined ? [] : narrowings(earlier.items ?? {}, present.items, `${path}[]`)),
    ...(has === null ? [] : narrowings(had ?? {}, has, `${path}{}`)),
    ...(present.propertyNames === undefined || present.properties !== undefined ? [] : narrowings(earlier.propertyNames ?? {}, present.propertyNames, `a key of ${path}`)),
  ];
}

const mapOf = ({ additionalProperties }: RecordForm): RecordForm | null => (typeof additionalProperties === 'object' ? additionalProperties : null);
