/** Conditions of rules: parsed to a tree and evaluated as Firestore does, where an error denies. Only what is known parses. */
import type { TokenReader } from './tokens.ts';

export type Expression =
  | { readonly kind: 'literal'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Expression; readonly name: string }
  | { readonly kind: 'call'; readonly of: Expression; readonly args: readonly Expression[] }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly operator: '||' | '&&' | '==' | '!=' | 'in'; readonly left: Expression; readonly right: Expression };

const LEVELS = [['||'], ['&&'], ['==', '!=', 'in']] as const;

export function parseExpression(tokens: TokenReader, level = 0): Expression {
  const operators = LEVELS[level];
  if (operators === undefined) return parseUnary(tokens);
  let left = parseExpression(tokens, level + 1);
  for (;;) {
    const operator = operators.find((candidate) => tokens.takes(candidate));
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: parseExpression(tokens, level + 1) };
  }
}

function parseUnary(tokens: TokenReader): Expression {
  if (tokens.takes('!')) return { kind: 'not', of: parseUnary(tokens) };
  let of = parsePrimary(tokens);
  for (;;) {
    if (tokens.takes('.')) of = { kind: 'member', of, name: tokens.next() };
    else if (tokens.takes('(')) of = { kind: 'call', of, args: parseList(tokens, ')') };
    else return of;
  }
}

function parsePrimary(tokens: TokenReader): Expression {
  if (tokens.takes('(')) {
    const inner = parseExpression(tokens);
    tokens.expect(')');
    return inner;
  }
  if (tokens.takes('[')) return { kind: 'list', items: parseList(tokens, ']') };
  const token = tokens.next();
  if (/^['"]/.test(token)) return { kind: 'literal', value: token.slice(1, -1) };
  if (/^\d+$/.test(token)) return { kind: 'literal', value: Number(token) };
  if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' };
  if (token === 'null') return { kind: 'literal', value: null };
  if (/^[A-Za-z_$][\w$]*$/.test(token)) return { kind: 'name', name: token };
  throw new SyntaxError(`the rules have ${JSON.stringify(token)} where a value was expected`);
}

function parseList(tokens: TokenReader, end: string): readonly Expression[] {
  const items: Expression[] = [];
  if (tokens.takes(end)) return items;
  do items.push(parseExpression(tokens));
  while (tokens.takes(','));
  tokens.expect(end);
  return items;
}

export type Scope = Readonly<Record<string, unknown>>;
type Function = (...args: readonly unknown[]) => unknown;

/** Throws where Firestore would have an error: a name, member or method that is not there. */
export function evaluate(expression: Expression, scope: Scope): unknown {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'list':
      return expression.items.map((item) => evaluate(item, scope));
    case 'name':
      return memberOf(scope, expression.name);
    case 'member':
      return memberOf(evaluate(expression.of, scope), expression.name);
    case 'call':
      return callee(expression.of, scope)(...expression.args.map((arg) => evaluate(arg, scope)));
    case 'not':
      return !truth(evaluate(expression.of, scope));
    case 'binary':
      return binary(expression, scope);
  }
}

function binary({ operator, left, right }: Extract<Expression, { kind: 'binary' }>, scope: Scope): boolean {
  switch (operator) {
    case '||':
      return either(left, right, scope);
    case '&&':
      return truth(evaluate(left, scope)) && truth(evaluate(right, scope));
    case '==':
      return evaluate(left, scope) === evaluate(right, scope);
    case '!=':
      return evaluate(left, scope) !== evaluate(right, scope);
    case 'in': {
      const list = evaluate(right, scope);
      if (!Array.isArray(list)) throw new TypeError('in needs a list');
      return list.includes(evaluate(left, scope));
    }
  }
}

/** An error on one side of an || does not matter when the other side is true. */
function either(left: Expression, right: Expression, scope: Scope): boolean {
  try {
    if (truth(evaluate(left, scope))) return true;
  } catch {
    return truth(evaluate(right, scope));
  }
  return truth(evaluate(right, scope));
}

function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw new TypeError('a condition must be true or false');
  return value;
}

function memberOf(of: unknown, name: string): unknown {
  if (typeof of !== 'object' || of === null || !Object.hasOwn(of, name)) throw new TypeError(`there is no ${name}`);
  return Reflect.get(of, name);
}

/** `map.get(key, default)` is the one method that our rules use; functions of the file are in the scope. */
function callee(of: Expression, scope: Scope): Function {
  if (of.kind === 'member' && of.name === 'get') {
    const map = evaluate(of.of, scope);
    return (key, otherwise) => (typeof map === 'object' && map !== null && Object.hasOwn(map, String(key)) ? Reflect.get(map, String(key)) : otherwise);
  }
  const called = evaluate(of, scope);
  if (typeof called !== 'function') throw new TypeError('what is called is no function');
  return (...args) => called(...args);
}
