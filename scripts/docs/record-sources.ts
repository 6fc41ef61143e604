/** What the sources say about records beyond their schemas: comments, the ids of single documents, and who writes them. */
import ts from 'typescript';
import { sourceTexts } from '../sources/source-text.ts';
import type { SourceText } from '../sources/source-text.ts';

export interface RecordSource {
  /** Name of the exported collection, such as `NAV_STATE`. */
  readonly constant: string;
  /** As stored: `state`, `orders`. */
  readonly collection: string;
  readonly schemaVersion: number;
  /** Id of the only document of its kind; null for a collection of many. */
  readonly documentId: string | null;
  /** The comment above the schema, as one paragraph. */
  readonly text: string;
  /** The comment above each top-level field; empty where there is none. */
  readonly fieldTexts: ReadonlyMap<string, string>;
  /** Where in the engine it is written. */
  readonly writers: readonly string[];
}

/** In the order of their places in the store. */
export function recordSources(): readonly RecordSource[] {
  const engine = sourceTexts('functions/src/app', 'functions/src/adapters');
  const found = sourceTexts('functions/src/schema/records').flatMap((source) => recordsOf(source, engine));
  return found.toSorted((a, b) => placeOf(a).localeCompare(placeOf(b)));
}

export const placeOf = ({ collection, documentId }: Pick<RecordSource, 'collection' | 'documentId'>): string => `${collection}/${documentId ?? '*'}`;

function recordsOf({ path, text }: SourceText, engine: readonly SourceText[]): readonly RecordSource[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
  const constants = new Map(file.statements.filter(ts.isVariableStatement).flatMap((statement) => statement.declarationList.declarations.map((one) => [one.name.getText(), { statement, value: one.initializer }] as const)));
  return [...constants].flatMap(([constant, { value }]) => {
    if (value === undefined || !ts.isCallExpression(value) || value.expression.getText() !== 'collection') return [];
    const [name, version, schema] = value.arguments;
    const declared = constants.get(schema?.getText() ?? '');
    const id = constants.get(`${constant}_ID`)?.value;
    if (name === undefined || !ts.isStringLiteral(name) || declared === undefined) throw new Error(`${path}: write collection(name, version, schema) with a schema of this file, so that it can be documented`);
    return [
      {
        constant,
        collection: name.text,
        schemaVersion: Number(version?.getText()),
        documentId: id !== undefined && ts.isStringLiteral(id) ? id.text : null,
        text: commentOf(declared.statement),
        fieldTexts: fieldTextsOf(declared.value),
        writers: engine.filter((source) => new RegExp(`\\.(?:set|create)\\(${constant},`).test(source.text)).map((source) => source.path),
      },
    ];
  });
}

/** Of `z.strictObject({...})`, whatever follows it. */
function fieldTextsOf(schema: ts.Expression | undefined): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  if (schema === undefined || !ts.isCallExpression(schema)) return texts;
  const [shape] = schema.arguments;
  if (shape === undefined || !ts.isObjectLiteralExpression(shape)) return texts;
  for (const property of shape.properties) if (property.name !== undefined) texts.set(property.name.getText(), commentOf(property));
  return texts;
}

/** The last block comment before a node, without its stars, on one line. */
export function commentOf(node: ts.Node): string {
  const text = node.getSourceFile().getFullText();
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const last = ranges.findLast(({ pos }) => text.startsWith('/**', pos));
  if (last === undefined) return '';
  const lines = text.slice(last.pos + 3, last.end - 2).split('\n');
  return lines.map((line) => line.replace(/^\s*\*?\s?/, '').trim()).join(' ').trim();
}
