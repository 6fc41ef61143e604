/**
 * Field values in memory. Integers are bigint and doubles are number, so that 3 and 3.0 stay apart and a 64-bit integer keeps its
 * digits; everything is immutable, so that versions of a document may share parts.
 */

export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | Timestamp
  | Reference
  | GeoPoint
  | readonly Value[]
  | MapValue;

/** A map or the fields of a document. Look fields up with `Object.hasOwn`: names such as `constructor` are ordinary fields. */
export interface MapValue {
  readonly [field: string]: Value;
}

/** Seconds since 1970 and nanoseconds, cut to microseconds as Firestore stores them. */
export class Timestamp {
  readonly seconds: number;
  readonly nanos: number;

  constructor(seconds: number, nanos: number) {
    this.seconds = seconds;
    this.nanos = nanos - (nanos % 1000);
  }

  static fromMicros(micros: number): Timestamp {
    const seconds = Math.floor(micros / 1_000_000);
    return new Timestamp(seconds, (micros - seconds * 1_000_000) * 1000);
  }
}

/** The name of a document: the database (`projects/p/databases/d`) and the path inside it (`users/ann`). */
export class Reference {
  readonly database: string;
  readonly path: string;

  constructor(database: string, path: string) {
    this.database = database;
    this.path = path;
  }

  get name(): string {
    return `${this.database}/documents/${this.path}`;
  }
}

export class GeoPoint {
  readonly latitude: number;
  readonly longitude: number;

  constructor(latitude: number, longitude: number) {
    this.latitude = latitude;
    this.longitude = longitude;
  }
}

export function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is MapValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Timestamp) &&
    !(value instanceof Reference) &&
    !(value instanceof GeoPoint) &&
    !(value instanceof Uint8Array)
  );
}

export function isNumber(value: Value): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

/** The client writes an embedding as a map with this marker. */
export function isVector(value: MapValue): boolean {
  return Object.hasOwn(value, '__type__') && value['__type__'] === '__vector__';
}
