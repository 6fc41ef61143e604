// What can be made to go wrong between the venue and its client. A rule fires for the next `times` matching requests: "before" means
// that the venue never processed the request, "after" that it did and only the answer suffers.

export type FaultEffect =
  /** Close the connection without an answer. */
  | { readonly kind: 'drop' }
  /** Keep the connection open and never answer. */
  | { readonly kind: 'hang' }
  /** Answer with this status and body instead. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly contentType?: string;
      readonly retryAfterS?: number;
    }
  /** Send headers and half of the true answer, the rest after `delayMs`. */
  | { readonly kind: 'slowBody'; readonly delayMs: number }
  /** Announce the true answer, send half of it and end well-formed, as a broken proxy does. */
  | { readonly kind: 'truncate' };

export interface FaultRule {
  /** Exact method and path; a missing method matches all. */
  readonly match: { readonly method?: string; readonly path: string };
  readonly when: 'before' | 'after';
  readonly effect: FaultEffect;
  /** How many requests it hits; afterwards it is gone. */
  readonly times: number;
}

interface ArmedFault {
  readonly rule: FaultRule;
  left: number;
}

export class Faults {
  /** Added to the clock that answers /time and judges timestamps. */
  clockSkewMs = 0;
  #armed: ArmedFault[] = [];
  #fired = 0;

  /** Throws RangeError for a rule that could not act as written. */
  add(rule: FaultRule): void {
    if (!Number.isInteger(rule.times) || rule.times < 1) {
      throw new RangeError(`fault for ${rule.match.path}: times is ${rule.times}, must be a whole number from 1`);
    }
    const needsAnswer = rule.effect.kind === 'slowBody' || rule.effect.kind === 'truncate';
    if (needsAnswer && rule.when === 'before') {
      throw new RangeError(`fault for ${rule.match.path}: ${rule.effect.kind} spoils a true answer, so "when" must be "after"`);
    }
    this.#armed.push({ rule, left: rule.times });
  }

  clear(): void {
    this.#armed = [];
    this.clockSkewMs = 0;
  }

  /** How many requests were hit so far. */
  get fired(): number {
    return this.#fired;
  }

  /** The effect for this request at this moment, used up by asking; null when none is armed. */
  take(method: string, path: string, when: FaultRule['when']): FaultEffect | null {
    const fault = this.#armed.find(({ rule }) => rule.when === when && rule.match.path === path && (rule.match.method ?? method) === method);
    if (fault === undefined) return null;
    fault.left -= 1;
    this.#fired += 1;
    if (fault.left === 0) this.#armed = this.#armed.filter((armed) => armed !== fault);
    return fault.rule.effect;
  }
}
