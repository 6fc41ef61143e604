/**
 * JSON for people: a key written twice is refused (JSON.parse would silently keep the last one), and every value knows
 * the place it was written at. Grammar as in RFC 8259.
 */
import { keyPathText } from './config-path.ts';
import type { KeyPath } from './config-path.ts';
import type { Position } from './config-error.ts';

export interface DuplicateKey {
  readonly path: string;
  readonly first: Position;
  readonly second: Position;
}

/** `positions` holds where each value's key (or the array element itself) is written, by its path as text. */
export type StrictJson =
  | { readonly kind: 'parsed'; readonly value: unknown; readonly positions: ReadonlyMap<string, Position> }
  | { readonly kind: 'duplicateKeys'; readonly duplicates: readonly DuplicateKey[] }
  | { readonly kind: 'invalid'; readonly at: Position; readonly expected: string };

const WHITESPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\n\r]|\\.)*"/y;
const SCALAR = new RegExp(`${STRING.source}|-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|true|false|null`, 'y');

/** Far beyond any setting, and far from what the stack holds. */
const DEEPEST = 64;

class JsonSyntaxError extends Error {
  readonly offset: number;

  constructor(offset: number, expected: string) {
    super(expected);
    this.offset = offset;
  }
}

class Scanner {
  readonly offsets = new Map<string, number>();
  readonly duplicates: { path: string; first: number; second: number }[] = [];
  readonly #text: string;
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): unknown {
    const value = this.#value([]);
    this.#skip();
    if (this.#offset < this.#text.length) throw new JsonSyntaxError(this.#offset, 'nothing after the end of the value');
    return value;
  }

  #value(path: KeyPath): unknown {
    this.#skip();
    if (path.length > DEEPEST) throw new JsonSyntaxError(this.#offset, `blocks and lists at most ${DEEPEST} deep`);
    if (this.#take('{')) return this.#object(path);
    if (this.#take('[')) return this.#array(path);
    return this.#scalar(SCALAR, 'a value: text in double quotes, a number, true, false, null, { or [');
  }

  #object(path: KeyPath): unknown {
    const entries = new Map<string, unknown>();
    const keyOffsets = new Map<string, number>();
    this.#skip();
    if (this.#take('}')) return {};
    do {
      this.#skip();
      const keyOffset = this.#offset;
      const key = String(this.#scalar(STRING, 'a key in double quotes'));
      const keyPath = [...path, key];
      const first = keyOffsets.get(key);
      if (first === undefined) this.offsets.set(keyPathText(keyPath), keyOffset);
      else this.duplicates.push({ path: keyPathText(keyPath), first, second: keyOffset });
      keyOffsets.set(key, first ?? keyOffset);
      this.#expect(':', 'a colon after the key');
      entries.set(key, this.#value(keyPath));
      this.#skip();
    } while (this.#take(','));
    this.#expect('}', 'a comma or }');
    return Object.fromEntries(entries);
  }

  #array(path: KeyPath): unknown {
    const values: unknown[] = [];
    this.#skip();
    if (this.#take(']')) return values;
    do {
      this.#skip();
      const elementPath = [...path, values.length];
      this.offsets.set(keyPathText(elementPath), this.#offset);
      values.push(this.#value(elementPath));
      this.#skip();
    } while (this.#take(','));
    this.#expect(']', 'a comma or ]');
    return values;
  }

  #scalar(pattern: RegExp, expected: string): unknown {
    const offset = this.#offset;
    const token = this.#match(pattern);
    if (token === null) throw new JsonSyntaxError(offset, expected);
    try {
      return JSON.parse(token);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new JsonSyntaxError(offset, 'text without control characters or unknown escapes');
    }
  }

  #skip(): void {
    this.#match(WHITESPACE);
  }

  #take(character: string): boolean {
    if (this.#text[this.#offset] !== character) return false;
    this.#offset += 1;
    return true;
  }

  #expect(character: string, expected: string): void {
    this.#skip();
    if (!this.#take(character)) throw new JsonSyntaxError(this.#offset, expected);
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#offset;
    const token = pattern.exec(this.#text)?.[0] ?? null;
    this.#offset += token?.length ?? 0;
    return token;
  }
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

/** Reports every duplicate key of the text, but only the first fault of grammar: what follows one cannot be trusted. */
export function parseStrictJson(text: string): StrictJson {
  const scanner = new Scanner(text);
  const place = (offset: number): Position => positionOf(text, offset);
  try {
    const value = scanner.document();
    if (scanner.duplicates.length > 0) {
      const duplicates = scanner.duplicates.map(({ path, first, second }) => {
        return { path, first: place(first), second: place(second) };
      });
      return { kind: 'duplicateKeys', duplicates };
    }
    const positions = new Map([...scanner.offsets].map(([path, offset]) => [path, place(offset)]));
    return { kind: 'parsed', value, positions };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { kind: 'invalid', at: place(error.offset), expected: error.message };
    throw error;
  }
}
