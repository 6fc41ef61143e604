import { VETO_DEFINITIONS } from '../../../functions/src/domain/risk/veto-code.ts';
import type { VetoCode } from '../../../functions/src/domain/risk/veto-code.ts';

/** Whether the table of vetoes names the place that a veto gave as its path; * there is any name. */
export function isDocumentedPath(code: VetoCode, configPath: string): boolean {
  const forms: readonly string[] = VETO_DEFINITIONS.find((definition) => definition.code === code)?.configPaths ?? [];
  return forms.some((form) => matches(form, configPath));
}

function matches(form: string, path: string): boolean {
  const [head = '', tail] = form.split('*');
  if (tail === undefined) return path === form;
  return path.startsWith(head) && path.endsWith(tail) && path.length > head.length + tail.length;
}
