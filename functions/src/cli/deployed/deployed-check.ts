/** One line of `doctor --deployed`. */
export interface DeployedCheck {
  readonly check: string;
  /** `unknown` is what records cannot tell; it is said, never passed over. */
  readonly state: 'ok' | 'problem' | 'unknown';
  readonly found: string;
  /** What to do, or how to find out; null when all is well. */
  readonly todo: string | null;
}

export const ok = (check: string, found: string): DeployedCheck => ({ check, state: 'ok', found, todo: null });
export const problem = (check: string, found: string, todo: string): DeployedCheck => ({ check, state: 'problem', found, todo });
export const unknown = (check: string, found: string, todo: string): DeployedCheck => ({ check, state: 'unknown', found, todo });
