/** Conventions that are about what a file says, checked on its syntax tree: comments and texts cannot break them. */
import ts from 'typescript';
import type { SourceText } from '../../scripts/sources/source-text.ts';

export interface Convention {
  /** Why, for whoever has broken it. */
  readonly because: string;
  /** Where it does not hold. */
  readonly except: RegExp | null;
  /** Reviewed breaches, `path: code` to the reason why each is right. */
  readonly accepted: Readonly<Record<string, string>>;
  readonly isBroken: (node: ts.Node) => boolean;
}

const ZERO = /^(?:0|'0'|"0")$/;

export const CONVENTIONS = {
  environment: {
    because: 'variables are read and checked in functions/src/config; take what they say from compose',
    except: /^functions\/src\/config\//,
    accepted: {},
    isBroken: (node) => isProperty(node, 'process', 'env'),
  },
  clock: {
    because: 'time comes from the clock port, so that it can be simulated; only its adapter asks the machine',
    except: /^functions\/src\/adapters\/clock-system\//,
    accepted: {},
    isBroken: (node) => isProperty(node, 'Date', 'now') || isDateOfNow(node),
  },
  unknownIsNotZero: {
    because: 'a number that is not known is unavailable, never 0; say what its absence means',
    // Text and settings are parsed there; no number in them was measured.
    except: /^functions\/src\/(config|schema\/config)\//,
    accepted: {
      'functions/src/adapters/venue-ccxt/rate-budget.ts: current.bannedUntil ?? 0': 'a ban that was never spoken ended long ago',
      'functions/src/adapters/venue-ccxt/venue-time.ts: offsetMs ?? 0': 'until the venue has told its time, ours is the best there is',
      "functions/src/domain/account/compare-ledger.ts: risk.exposures[key]?.qty ?? '0'": 'our own ledger: a side without an entry is flat, and that is known',
      "functions/src/domain/account/plan-positions.ts: risk.exposures[positionKey(position.symbol, position.positionSide)]?.qty ?? '0'":
        'our own ledger: a side without an entry is flat, and that is known',
      'functions/src/cli/table.ts: widths[index] ?? 0': 'columns of text',
      'functions/src/domain/screening/indicators/atr-regime.ts: ranges[index - atrPeriod]?.range ?? 0': 'a running sum: nothing has left the window yet',
      'functions/src/domain/matching/account-settings.ts: instrument.brackets[0]?.initialLeverage ?? 0': 'the simulated venue: without brackets no leverage is allowed',
      "functions/src/domain/matching/position-view.ts: marketOf(state, symbol).markPrice ?? '0'": 'the simulated venue answers as the venue does before the first mark',
    },
    isBroken: (node) => ts.isBinaryExpression(node) && isFallback(node.operatorToken.kind) && ZERO.test(node.right.getText()),
  },
  noEmptyCatch: {
    because: 'an error is handled, turned into a value or thrown on',
    except: null,
    accepted: {},
    isBroken: (node) => isEmptyCatch(node),
  },
  noBarrel: {
    because: 'import from the file that has it; a list of re-exports hides where things are and loads them all',
    except: null,
    accepted: {},
    isBroken: (node) => ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && node.exportClause === undefined,
  },
} as const satisfies Record<string, Convention>;

/** `path:line` of each breach that nobody has accepted. */
export function breaches(convention: Convention, source: SourceText): readonly string[] {
  return brokenAt(convention, source)
    .filter(({ code }) => !(code in convention.accepted))
    .map(({ line }) => `${source.path}:${line}`);
}

/** Accepted breaches that are still there. */
export function acceptedBreaches(convention: Convention, source: SourceText): readonly string[] {
  return brokenAt(convention, source)
    .map(({ code }) => code)
    .filter((code) => code in convention.accepted);
}

function brokenAt({ except, isBroken }: Convention, { path, text }: SourceText): readonly { readonly code: string; readonly line: number }[] {
  if (except?.test(path) === true) return [];
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ES2024, true);
  const found: { readonly code: string; readonly line: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (isBroken(node)) found.push({ code: `${path}: ${node.getText()}`, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isProperty(node: ts.Node, object: string, property: string): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.expression.getText() === object && node.name.text === property;
  if (ts.isElementAccessExpression(node)) return node.expression.getText() === object && node.argumentExpression.getText().slice(1, -1) === property;
  return false;
}

function isDateOfNow(node: ts.Node): boolean {
  return ts.isNewExpression(node) && node.expression.getText() === 'Date' && (node.arguments?.length ?? 0) === 0;
}

function isFallback(operator: ts.SyntaxKind): boolean {
  return operator === ts.SyntaxKind.QuestionQuestionToken || operator === ts.SyntaxKind.BarBarToken;
}

function isEmptyCatch(node: ts.Node): boolean {
  if (ts.isCatchClause(node)) return node.block.statements.length === 0;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression) || node.expression.name.text !== 'catch') return false;
  const [handler] = node.arguments;
  return handler !== undefined && ts.isArrowFunction(handler) && ts.isBlock(handler.body) && handler.body.statements.length === 0;
}
