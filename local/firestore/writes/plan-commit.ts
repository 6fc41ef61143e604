/** What a list of writes makes of the documents. Pure: nothing is stored here. */
import { sameFields } from '../values/compare.ts';
import { checkDocument } from '../values/document-limits.ts';
import { fieldAt, withField, withoutField } from '../values/field-path.ts';
import type { MapValue, Value } from '../values/value.ts';
import type { Document, Version } from '../store/version.ts';
import { applyTransform } from './field-transform.ts';
import { checkPrecondition } from './precondition.ts';
import type { Write } from './write.ts';

export interface WriteOutcome {
  /** Microseconds; undefined after a delete. A write that changes nothing keeps the earlier time. */
  readonly updateTime: number | undefined;
  readonly transformResults: readonly Value[];
}

export interface CommitPlan {
  /** New versions, one per changed document. */
  readonly versions: readonly Version[];
  readonly outcomes: readonly WriteOutcome[];
}

/** Refuses a document of so many bytes that the indexes would not hold; see `indexes/index-entries.ts`. */
export type DocumentCheck = (document: Document, bytes: number) => void;

/**
 * Writes take effect in order: each sees what the earlier ones left.
 * @param read the stored document of a path
 * @param commitTime microseconds
 * @throws what preconditions and limits throw; then the whole commit fails
 */
export function planCommit(
  writes: readonly Write[],
  read: (path: string) => Document | undefined,
  commitTime: number,
  check: DocumentCheck,
): CommitPlan {
  const planned = new Map<string, Document | undefined>();
  const outcomes = writes.map((write): WriteOutcome => {
    const { path } = write.key;
    const before = planned.has(path) ? planned.get(path) : read(path);
    const { after, transformResults } = applyWrite(write, before, commitTime);
    if (after !== undefined && after !== before) {
      check(after, checkDocument(after.key, after.fields));
    }
    planned.set(path, after);
    return { updateTime: after?.updateTime, transformResults };
  });
  const versions: Version[] = [];
  for (const { key } of writes) {
    if (!planned.has(key.path)) continue;
    const after = planned.get(key.path);
    planned.delete(key.path);
    const before = read(key.path);
    if (after !== before) versions.push(after ?? { key, fields: undefined, updateTime: commitTime });
  }
  return { versions, outcomes };
}

function applyWrite(
  write: Write,
  before: Document | undefined,
  commitTime: number,
): { after: Document | undefined; transformResults: readonly Value[] } {
  checkPrecondition(write.precondition, write.key, before);
  if (write.change.kind === 'delete') return { after: undefined, transformResults: [] };
  const transformResults: Value[] = [];
  let fields = changedFields(write.change, before?.fields ?? {});
  for (const transform of write.transforms) {
    const { value, result } = applyTransform(transform, fieldAt(fields, transform.path), commitTime);
    fields = withField(fields, transform.path, value);
    transformResults.push(result);
  }
  if (before !== undefined && sameFields(before.fields, fields)) return { after: before, transformResults };
  const after = { key: write.key, fields, createTime: before?.createTime ?? commitTime, updateTime: commitTime };
  return { after, transformResults };
}

function changedFields(change: Exclude<Write['change'], { kind: 'delete' }>, before: MapValue): MapValue {
  if (change.kind === 'replace') return change.fields;
  let fields = before;
  for (const path of change.paths) {
    const value = fieldAt(change.fields, path);
    fields = value === undefined ? withoutField(fields, path) : withField(fields, path, value);
  }
  return fields;
}
