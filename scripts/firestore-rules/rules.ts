/**
 * A reader of Firestore rules, small and strict: what it does not know it refuses, so that a rules file it has read means
 * what it says. It decides requests as Firestore does: allowed when any `allow` on a matching path says so.
 */
import { evaluate, parseExpression } from './expression.ts';
import type { Expression, Scope } from './expression.ts';
import { TokenReader, tokensOf } from './tokens.ts';

const READS = ['get', 'list'] as const;
const WRITES = ['create', 'update', 'delete'] as const;
export type Method = (typeof READS)[number] | (typeof WRITES)[number];
export const METHODS: readonly Method[] = [...READS, ...WRITES];
const GROUPS: Readonly<Record<string, readonly Method[]>> = { read: READS, write: WRITES, ...Object.fromEntries(METHODS.map((method) => [method, [method]])) };

export interface Allow {
  readonly methods: readonly Method[];
  readonly condition: Expression;
}

export interface Match {
  /** Segments; `*` for one that is captured, `**` for the rest of the path. */
  readonly path: readonly string[];
  readonly functions: Readonly<Record<string, Expression>>;
  readonly allows: readonly Allow[];
  readonly matches: readonly Match[];
}

export interface RulesRequest {
  readonly method: Method;
  /** Below `/databases/(default)/documents/`. */
  readonly path: string;
  /** Claims of the token; null for nobody. */
  readonly claims: Readonly<Record<string, unknown>> | null;
}

export function parseRules(text: string): Match {
  const tokens = new TokenReader(tokensOf(text));
  if (tokens.takes('rules_version')) for (const token of ['=', "'2'", ';']) tokens.expect(token);
  for (const token of ['service', 'cloud', '.', 'firestore']) tokens.expect(token);
  const body = parseBody(tokens, []);
  if (!tokens.isDone) throw new SyntaxError('the rules go on after the service');
  return body;
}

export function allows(rules: Match, { method, path, claims }: RulesRequest): boolean {
  const segments = ['databases', '(default)', 'documents', ...path.split('/').filter((segment) => segment !== '')];
  const request = { auth: claims === null ? null : { uid: 'somebody', token: claims } };
  return decides(rules, segments, method, { request });
}

function decides(match: Match, segments: readonly string[], method: Method, outer: Scope): boolean {
  const rest = restAfter(match.path, segments);
  if (rest === null) return false;
  const scope: Record<string, unknown> = { ...outer };
  for (const [name, body] of Object.entries(match.functions)) scope[name] = () => evaluate(body, scope);
  const here = rest.length === 0 && match.allows.some(({ methods, condition }) => methods.includes(method) && holds(condition, scope));
  return here || match.matches.some((inner) => decides(inner, rest, method, scope));
}

/** Null when the path does not begin so. `**` takes all that is left, which may be nothing. */
function restAfter(path: readonly string[], segments: readonly string[]): readonly string[] | null {
  const [first, ...others] = path;
  if (first === undefined) return segments;
  if (first === '**') return [];
  const [segment, ...rest] = segments;
  if (segment === undefined) return null;
  return first === '*' || first === segment ? restAfter(others, rest) : null;
}

function holds(condition: Expression, scope: Scope): boolean {
  try {
    return evaluate(condition, scope) === true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function parseBody(tokens: TokenReader, path: readonly string[]): Match {
  const functions: Record<string, Expression> = {};
  const found: Allow[] = [];
  const matches: Match[] = [];
  tokens.expect('{');
  while (!tokens.takes('}')) {
    if (path.includes('**') && tokens.peek() === 'match') throw new SyntaxError('the rules have a match inside of **, which this reader does not know');
    if (tokens.takes('match')) matches.push(parseBody(tokens, parsePath(tokens)));
    else if (tokens.takes('allow')) found.push(parseAllow(tokens));
    else if (tokens.takes('function')) functions[tokens.next()] = parseFunction(tokens);
    else throw new SyntaxError(`the rules have ${JSON.stringify(tokens.peek())} where match, allow or function was expected`);
  }
  return { path, functions, allows: found, matches };
}

function parsePath(tokens: TokenReader): readonly string[] {
  const path: string[] = [];
  while (tokens.takes('/')) {
    if (!tokens.takes('{')) {
      path.push(tokens.next());
      continue;
    }
    tokens.next();
    path.push(tokens.takes('=') ? '**' : '*');
    if (path.at(-1) === '**') tokens.expect('**');
    tokens.expect('}');
  }
  const rest = path.indexOf('**');
  if (rest !== -1 && rest !== path.length - 1) throw new SyntaxError('the rules have a path that goes on after **, which this reader does not know');
  return path;
}

function parseAllow(tokens: TokenReader): Allow {
  const methods: Method[] = [];
  do {
    const word = tokens.next();
    const group = Object.hasOwn(GROUPS, word) ? GROUPS[word] : undefined;
    if (group === undefined) throw new SyntaxError(`the rules allow ${JSON.stringify(word)}, which is no method`);
    methods.push(...group);
  } while (tokens.takes(','));
  // Without a condition it is open to everybody.
  if (tokens.takes(';')) return { methods, condition: { kind: 'literal', value: true } };
  tokens.expect(':');
  tokens.expect('if');
  const condition = parseExpression(tokens);
  tokens.expect(';');
  return { methods, condition };
}

/** Functions of one `return` and without arguments; others are refused. */
function parseFunction(tokens: TokenReader): Expression {
  for (const token of ['(', ')', '{', 'return']) tokens.expect(token);
  const body = parseExpression(tokens);
  tokens.expect(';');
  tokens.expect('}');
  return body;
}
