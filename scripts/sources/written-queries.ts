/** Every query of the store as the sources write it. Queries are written as literals, so that they can be read here. */
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { z } from 'zod';
import type { Query } from '../../functions/src/ports/store.ts';
import type { Collection } from '../../functions/src/schema/collection.ts';
import { inRepository } from '../deployable/repository.ts';
import type { SourceText } from './source-text.ts';

export interface WrittenQuery {
  /** `path:line`. */
  readonly at: string;
  readonly collection: Collection<unknown>;
  readonly where: readonly Pick<Query<unknown>['where'][number], 'field' | 'op'>[];
  readonly orderBy: NonNullable<Query<unknown>['orderBy']>;
}

const shape = z.object({
  where: z.array(z.object({ field: z.string(), op: z.enum(['==', '<', '<=', '>', '>=', 'in']) })),
  orderBy: z.array(z.object({ field: z.string(), direction: z.enum(['asc', 'desc']) })).default([]),
});

/** Throws for a query that is not a literal, naming the place. */
export async function writtenQueries({ path, text }: SourceText): Promise<readonly WrittenQuery[]> {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
  const calls: ts.CallExpression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /\bstore\.query$/.test(node.expression.getText())) calls.push(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return Promise.all(calls.map((call) => queryOf(file, call)));
}

async function queryOf(file: ts.SourceFile, call: ts.CallExpression): Promise<WrittenQuery> {
  const at = `${file.fileName}:${file.getLineAndCharacterOfPosition(call.getStart()).line + 1}`;
  const [query] = call.arguments;
  if (query === undefined || !ts.isObjectLiteralExpression(query)) throw new Error(`${at}: write the query as a literal, so that its index can be checked`);
  const collection = propertyOf(query, 'collection')?.getText();
  const { where, orderBy } = shape.parse({ where: literalOf(propertyOf(query, 'where')), orderBy: literalOf(propertyOf(query, 'orderBy')) });
  return { at, collection: await importedCollection(file, collection ?? ''), where, orderBy };
}

const propertyOf = (object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined =>
  object.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === name)?.initializer;

/** Lists, objects and texts as they are; whatever else is written stays unknown. */
function literalOf(node: ts.Expression | undefined): unknown {
  if (node === undefined) return undefined;
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(literalOf);
  if (!ts.isObjectLiteralExpression(node)) return null;
  return Object.fromEntries(node.properties.filter(ts.isPropertyAssignment).map((property) => [property.name.getText(), literalOf(property.initializer)]));
}

async function importedCollection(file: ts.SourceFile, name: string): Promise<Collection<unknown>> {
  const imports = file.statements.filter(ts.isImportDeclaration);
  const found = imports.find(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    return bindings !== undefined && ts.isNamedImports(bindings) && bindings.elements.some((element) => element.name.text === name);
  });
  if (found === undefined || !ts.isStringLiteral(found.moduleSpecifier)) throw new Error(`${file.fileName}: ${name} is not imported as the name of a collection`);
  const module: unknown = await import(inRepository(join(dirname(file.fileName), found.moduleSpecifier.text)));
  return collectionAt(module, name);
}

const collectionShape = z.custom<Collection<unknown>>((value) => z.object({ name: z.string(), schemaVersion: z.number(), schema: z.instanceof(z.ZodType) }).safeParse(value).success);

const collectionAt = (module: unknown, name: string): Collection<unknown> => collectionShape.parse(z.record(z.string(), z.unknown()).parse({ ...Object(module) })[name]);

/** Every collection that the modules of a folder of the repository export. */
export async function exportedCollections(files: readonly SourceText[]): Promise<readonly Collection<unknown>[]> {
  const modules: unknown[] = await Promise.all(files.map(({ path }) => import(inRepository(path))));
  return modules.flatMap((module) => Object.values(Object(module)).flatMap((value) => collectionShape.safeParse(value).data ?? []));
}
