/**
 * A copy of a record, made only of what Firestore can hold: plain maps, lists, text, booleans, null and finite numbers.
 * Anything else is a fault of the caller and is refused by name; nothing is dropped or coerced in silence.
 */
import { checkedTime, isTimeKey } from './time-fields.ts';

export interface CopyRules {
  /** How a point in time is stored. It has been checked to be whole milliseconds in Firestore's range. */
  readonly time: (ms: number) => unknown;
  /** Seals a finished map or list. */
  readonly seal?: (copy: object) => void;
  /** True for values that earlier copies sealed: they are shared instead of copied again. */
  readonly isSealed?: (value: object) => boolean;
}

/** `where` names the value in errors, for example a document path. */
export function storableCopy(value: unknown, rules: CopyRules, where: string): unknown {
  return copyValue(value, rules, where, false);
}

function copyValue(value: unknown, rules: CopyRules, where: string, inTime: boolean): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'object') return copyObject(value, rules, where, inTime);
  if (typeof value === 'number') return inTime ? rules.time(checkedTime(value, where)) : finite(value, where);
  if (value === undefined) throw new Error(`${where} is undefined: leave the field out, or store null`);
  throw new Error(`${where} is a ${typeof value}: store text, numbers, booleans, null, lists or plain maps`);
}

function finite(value: number, where: string): number {
  if (Number.isFinite(value)) return value;
  throw new Error(`${where} is ${String(value)}: store a finite number, or null where there is none`);
}

function copyObject(value: object, rules: CopyRules, where: string, inTime: boolean): unknown {
  if (rules.isSealed?.(value) === true) return value;
  const copy = Array.isArray(value) ? copyList(value, rules, where, inTime) : copyMap(value, rules, where, inTime);
  rules.seal?.(copy);
  return copy;
}

function copyList(list: readonly unknown[], rules: CopyRules, where: string, inTime: boolean): unknown[] {
  // A day of points is thousands of texts and numbers, with which nothing can be wrong.
  if (isPlainList(list, inTime)) return [...list];
  // Array.from also visits holes, which are undefined.
  return Array.from(list, (item, index) => {
    const at = `${where}[${String(index)}]`;
    if (Array.isArray(item)) throw new Error(`${at} is a list inside a list, which Firestore cannot hold: put a map between them`);
    return copyValue(item, rules, at, inTime);
  });
}

function isPlainList(list: readonly unknown[], inTime: boolean): boolean {
  // Not `every`, which passes over holes.
  for (const item of list) {
    if (typeof item !== 'string' && (inTime || typeof item !== 'number' || !Number.isFinite(item))) return false;
  }
  return true;
}

function copyMap(map: object, rules: CopyRules, where: string, inTime: boolean): Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(map);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new Error(`${where} is an instance of ${map.constructor.name}: store a plain map of its values`);
  }
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(map)) {
    if (key === '' || /^__.*__$/.test(key)) {
      throw new Error(`${where} has a field named "${key}", which Firestore reserves: rename it`);
    }
    copy[key] = copyValue(value, rules, `${where}.${key}`, inTime || isTimeKey(key));
  }
  return copy;
}
