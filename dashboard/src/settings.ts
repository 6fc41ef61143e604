/** What the build, or the local server, tells the page of the deployment it shows: `/settings.json`. */

/** Caps of one symbol, in percent of NAV. */
export interface SymbolCaps {
  readonly symbol: string;
  readonly tier: string;
  readonly maxExposurePct: number;
}

/** The limits of config that the page draws beside what is measured. */
export interface Caps {
  readonly navFreshnessSeconds: number;
  readonly maxNavDrawdownPct: number;
  readonly dailyLossLimitPct: number;
  readonly maxGrossExposurePct: number;
  readonly maxConcurrentPositions: number;
  readonly tiers: readonly { readonly tier: string; readonly maxExposurePct: number }[];
  readonly symbols: readonly SymbolCaps[];
}

export interface Settings {
  /** `local`: the page, Firestore and control come from one server on this machine, without sign-in. */
  readonly backend: 'cloud' | 'local';
  /** Null in the cloud: Hosting tells it. */
  readonly projectId: string | null;
  /** Accounts that may be looked at, as in `hedge/{namespace}`; the first is shown at first. */
  readonly namespaces: readonly string[];
  /** Of the config that `caps` is taken from. Every record carries its own: where they differ, the page says so. */
  readonly configHash: string;
  readonly caps: Caps;
  /** How often the page asks whether anything is new. */
  readonly pollSeconds: number;
}
