/** Rules and indexes: nobody may write, who may read may read, and every query that the code makes has its index. */
import { readFile } from 'node:fs/promises';
import { Firestore } from '@google-cloud/firestore';
import { startFirestoreServer } from '../../local/firestore/server.ts';
import { inRepository } from '../deployable/repository.ts';
import { checkIndexFile } from '../deployable/firebase-cli.ts';
import { allows, parseRules } from '../firestore-rules/rules.ts';
import type { Method } from '../firestore-rules/rules.ts';
import { sourceTexts } from '../sources/source-text.ts';
import { exportedCollections, writtenQueries } from '../sources/written-queries.ts';
import type { WrittenQuery } from '../sources/written-queries.ts';
import { failed, outcomeOf } from './outcome.ts';
import type { Check } from './check.ts';

const WRITES: readonly Method[] = ['create', 'update', 'delete'];
const PEOPLE = [null, {}, { role: 'viewer' }, { role: 'operator' }, { role: 'admin' }];
const ELSEWHERE = ['other/doc', 'hedge/paper', 'users/me', 'a/b/c/d'];

export const rulesCheck: Check = {
  name: 'Firestore rules',
  run: async () => rulesOutcome(await readFile(inRepository('firestore.rules'), 'utf8')),
};

/** Of the text of a rules file. */
export async function rulesOutcome(text: string) {
  const todo = 'correct firestore.rules; every change goes through control, so nobody writes';
  try {
    const rules = parseRules(text);
    const records = [...new Set((await exportedCollections(sourceTexts('functions/src/schema/records'))).map(({ name }) => `hedge/paper/${name}/an-id`))];
    const writable = [...records, ...ELSEWHERE].filter((path) => PEOPLE.some((claims) => WRITES.some((method) => allows(rules, { method, path, claims }))));
    const unreadable = records.filter((path) => !allows(rules, { method: 'get', path, claims: { role: 'viewer' } }));
    const open = records.filter((path) => allows(rules, { method: 'get', path, claims: null }) || allows(rules, { method: 'list', path, claims: {} }));
    const problems = [...writable.map((path) => `${path} can be written`), ...unreadable.map((path) => `a viewer cannot read ${path}`), ...open.map((path) => `${path} can be read by anybody`)];
    return outcomeOf(problems, `${records.length} collections: read by claim, written by nobody`, todo);
  } catch (error) {
    if (error instanceof SyntaxError) return failed(error.message, todo);
    throw error;
  }
}

export const indexCheck: Check = {
  name: 'Firestore indexes',
  run: async () => indexOutcome(JSON.parse(await readFile(inRepository('firestore.indexes.json'), 'utf8'))),
};

/** Of the content of an index file. */
export async function indexOutcome(declared: unknown) {
  const todo = 'add it to firestore.indexes.json';
  try {
    checkIndexFile(declared);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error), 'correct firestore.indexes.json');
  }
  const sources = sourceTexts('functions/src').filter(({ path }) => !path.startsWith('functions/src/adapters/'));
  const queries = (await Promise.all(sources.map(writtenQueries))).flat();
  return outcomeOf(await withoutIndex(queries, declared), `${queries.length} queries, each with its index`, todo);
}

/** Asks a database that has these indexes and no others, and refuses like the real one. */
async function withoutIndex(queries: readonly WrittenQuery[], indexes: unknown): Promise<readonly string[]> {
  const server = await startFirestoreServer({ port: 0, indexes });
  const firestore = new Firestore({ projectId: 'demo-indexes', host: server.host, ssl: false });
  try {
    const refused: string[] = [];
    for (const query of queries) {
      try {
        await asked(firestore, query);
      } catch (error) {
        refused.push(`${query.collection.name} at ${query.at}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
      }
    }
    return refused;
  } finally {
    await firestore.terminate();
    await server.close();
  }
}

function asked(firestore: Firestore, { collection, where, orderBy }: WrittenQuery): Promise<unknown> {
  const records: FirebaseFirestore.Query = firestore.collection(`hedge/paper/${collection.name}`);
  const filtered = where.reduce((query, { field, op }) => query.where(field, op, op === 'in' ? [1] : 1), records);
  return orderBy.reduce((query, { field, direction }) => query.orderBy(field, direction), filtered).limit(1).get();
}
