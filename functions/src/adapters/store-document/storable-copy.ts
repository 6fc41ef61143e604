/**
 * A copy of a record, made only of what Firestore can hold: plain maps, lists, text, booleans, null and finite numbers.
 * Anything else is a fault of the caller and is refused by name; nothing is dropped or coerced in silence.
 */
import { checkedTime, isTime, isTimeKey } from './time-fields.ts';

export interface CopyRules {
  /** How a point in time is stored. It has been checked to be whole milliseconds in Firestore's range. */
  readonly time: (ms: number) => unknown;
  /** Seals a finished map or list. */
  readonly seal?: (copy: object) => void;
}

/** Where a value is, for errors alone: worked out when there is one, since records have many fields and few faults. */
interface Place {
  readonly within: Place | null;
  readonly key: string | number;
}

/** `where` names the value in errors, for example a document path. */
export function storableCopy(value: unknown, rules: CopyRules, where: string): unknown {
  return copyValue(value, rules, null, where, false);
}

function copyValue(value: unknown, rules: CopyRules, within: Place | null, key: string | number, inTime: boolean): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'object') return copyObject(value, rules, within, key, inTime);
  if (typeof value === 'number') {
    if (inTime) return rules.time(isTime(value) ? value : checkedTime(value, nameOf({ within, key })));
    if (Number.isFinite(value)) return value;
    throw new Error(`${nameOf({ within, key })} is ${String(value)}: store a finite number, or null where there is none`);
  }
  const where = nameOf({ within, key });
  if (value === undefined) throw new Error(`${where} is undefined: leave the field out, or store null`);
  throw new Error(`${where} is a ${typeof value}: store text, numbers, booleans, null, lists or plain maps`);
}

function nameOf({ within, key }: Place): string {
  if (within === null) return String(key);
  return `${nameOf(within)}${typeof key === 'number' ? `[${key}]` : `.${key}`}`;
}

function copyObject(value: object, rules: CopyRules, within: Place | null, key: string | number, inTime: boolean): unknown {
  const place = { within, key };
  const copy = Array.isArray(value) ? copyList(value, rules, place, inTime) : copyMap(value, rules, place, inTime);
  rules.seal?.(copy);
  return copy;
}

function copyList(list: readonly unknown[], rules: CopyRules, place: Place, inTime: boolean): unknown[] {
  // A day of points is thousands of texts and numbers, with which nothing can be wrong.
  if (isPlainList(list, inTime)) return [...list];
  // Array.from also visits holes, which are undefined.
  return Array.from(list, (item, index) => {
    if (Array.isArray(item)) throw new Error(`${nameOf({ within: place, key: index })} is a list inside a list, which Firestore cannot hold: put a map between them`);
    return copyValue(item, rules, place, index, inTime);
  });
}

function isPlainList(list: readonly unknown[], inTime: boolean): boolean {
  // Not `every`, which passes over holes.
  for (const item of list) {
    if (typeof item !== 'string' && (inTime || typeof item !== 'number' || !Number.isFinite(item))) return false;
  }
  return true;
}

function copyMap(map: object, rules: CopyRules, place: Place, inTime: boolean): Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(map);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new Error(`${nameOf(place)} is an instance of ${map.constructor.name}: store a plain map of its values`);
  }
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(map)) {
    if (key === '' || (key.startsWith('__') && /^__.*__$/.test(key))) {
      throw new Error(`${nameOf(place)} has a field named "${key}", which Firestore reserves: rename it`);
    }
    copy[key] = copyValue(value, rules, place, key, inTime || isTimeKey(key));
  }
  return copy;
}
