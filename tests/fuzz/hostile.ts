/** What nobody should send: values, edits of good JSON, and texts that are hardly JSON at all. */
import * as fc from 'fast-check';

const HOSTILE_SCALARS: readonly unknown[] = [
  null, true, false, 0, -1, 1.5, -0, 1e21, 2 ** 53, Number.MAX_VALUE, 5e-324,
  '', ' ', '0', '-0', '-1', '00', '1.', '.5', '1e5', '1e400', '0x10', '1_000', ' 1', '1 ', '+1', 'NaN', 'Infinity', '-Infinity', 'null', 'undefined',
  '9'.repeat(400), `-${'9'.repeat(60)}`, `0.${'0'.repeat(300)}1`, '\u0000', '\uFEFF', '\uD800', '\u202E1', '１２', 'BTCUSDT', 'btcusdt', 'LONG', 'SHORT', 'FILLED', '__proto__', 'constructor', '../../control',
];

/** As JSON text, since only a parser makes `__proto__` a key of its own. */
const HOSTILE_BLOCKS: readonly string[] = ['{}', '[]', '[[]]', '[null]', '{"":0}', '{"__proto__":{"isAdmin":true,"code":0}}', '{"constructor":{"prototype":{}}}', '{"toString":"x","valueOf":"y"}', '{"length":3}'];

const hostileScalar = fc.oneof(fc.constantFrom(...HOSTILE_SCALARS), fc.string({ unit: 'binary', maxLength: 12 }), fc.double());
const hostileBlock = fc.constantFrom(...HOSTILE_BLOCKS).map((text): unknown => JSON.parse(text));
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof({ weight: 5, arbitrary: hostileScalar }, { weight: 2, arbitrary: hostileBlock }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) });

type Path = readonly (string | number)[];

/** Every place in a document, the document itself among them. */
export function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const children = Array.isArray(value) ? value.map((item: unknown, index) => [index, item] as const) : Object.entries(value);
  return [path, ...children.flatMap(([key, item]) => pathsIn(item, [...path, key]))];
}

interface Change {
  readonly how: 'replace' | 'remove' | 'repeat' | 'negate' | 'rename';
  readonly at: number;
  readonly value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  how: fc.constantFrom('replace' as const, 'replace' as const, 'remove' as const, 'repeat' as const, 'negate' as const, 'rename' as const),
  at: fc.nat(),
  value: hostileValue,
});

/** A good document with one to three changes anywhere in it. */
export function changed(document: unknown): fc.Arbitrary<unknown> {
  return fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => changes.reduce(applied, structuredClone(document)));
}

function applied(document: unknown, { how, at, value }: Change): unknown {
  const paths = pathsIn(document);
  const path = paths[at % paths.length] ?? [];
  const key = path.at(-1);
  if (key === undefined) return how === 'replace' ? value : document;
  const parent = path.slice(0, -1).reduce<unknown>((block, step) => Reflect.get(Object(block), step), document);
  if (typeof parent !== 'object' || parent === null) return document;
  const before: unknown = Reflect.get(parent, key);
  if (how === 'remove') Reflect.deleteProperty(parent, key);
  else if (how === 'negate') Reflect.set(parent, key, typeof before === 'string' ? `-${before}` : typeof before === 'number' ? -before : value);
  else if (how === 'repeat' && Array.isArray(parent)) parent.push(before);
  else if (how === 'rename' && !Array.isArray(parent)) {
    Reflect.deleteProperty(parent, key);
    Reflect.set(parent, `${String(key)} `, before);
  } else Reflect.set(parent, key, value);
  return document;
}

const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);

/** Texts around a good one: cut off, with bytes put in, nested without end, or something else altogether. */
export function brokenText(good: string): fc.Arbitrary<string> {
  const within = fc.nat({ max: good.length });
  return fc.oneof(
    within.map((length) => good.slice(0, length)),
    fc.tuple(within, fc.string({ unit: 'binary', minLength: 1, maxLength: 6 })).map(([at, text]) => good.slice(0, at) + text + good.slice(at)),
    fc.tuple(within, fc.integer({ min: 1, max: 5 })).map(([at, count]) => good.slice(0, at) + good.slice(at + count)),
    fc.constantFrom('', ' ', 'null', 'true', '0', '""', '[]', '{}', '[', '{', '{"a":1,"a":2}', '\uFEFF{}', '<html>502 Bad Gateway</html>', 'OK', '{"code":', nested(5000, '[', ']'), nested(5000, '{"a":', '}'), nested(3000, '[', '')),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.json({ maxDepth: 4 }),
  );
}
