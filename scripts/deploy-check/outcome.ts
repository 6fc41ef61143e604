/** What a check found, and what is to be done where that is not as it should be. */
export type Outcome =
  | { readonly ok: true; readonly found: string }
  | { readonly ok: false; readonly found: string; readonly todo: string };

export const passed = (found: string): Outcome => ({ ok: true, found });
export const failed = (found: string, todo: string): Outcome => ({ ok: false, found, todo });

/** Fails with every problem in one line each. */
export function outcomeOf(problems: readonly string[], found: string, todo: string): Outcome {
  return problems.length === 0 ? passed(found) : failed(problems.join('; '), todo);
}
