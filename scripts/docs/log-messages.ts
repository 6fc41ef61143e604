/** Every log line of the engine, read from the one place that has them. */
import ts from 'typescript';
import { sourceTexts } from '../sources/source-text.ts';

export interface LogMessage {
  readonly name: string;
  readonly severity: string;
  /** With `…` for what differs. */
  readonly message: string;
  readonly fields: readonly string[];
}

export function logMessages(): readonly LogMessage[] {
  const [source] = sourceTexts('functions/src/log');
  if (source === undefined) throw new Error('functions/src/log has no file');
  const file = ts.createSourceFile(source.path, source.text, ts.ScriptTarget.ES2024, true);
  const messages: LogMessage[] = [];
  const visit = (node: ts.Node, name: string): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'sink') messages.push(messageOf(name, node));
    const inner = ts.isPropertyAssignment(node) ? node.name.getText() : name;
    ts.forEachChild(node, (child) => visit(child, inner));
  };
  visit(file, '');
  return messages;
}

function messageOf(name: string, { arguments: [severity, message, fields] }: ts.CallExpression): LogMessage {
  const words = [...(severity?.getText() ?? '').matchAll(/'([A-Z]+)'/g)].map(([, word]) => word ?? '');
  return { name, severity: words.toReversed().join(' or '), message: messageText(message), fields: fields !== undefined && ts.isObjectLiteralExpression(fields) ? fields.properties.map((field) => field.name?.getText() ?? '') : [] };
}

function messageText(node: ts.Expression | undefined): string {
  if (node === undefined) return '';
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…') : '…';
}
