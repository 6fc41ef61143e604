/** What a command line asks for, checked. Requests of `control` have no id yet: the shell that sends them gives one. */
import type { ActRequest } from '../schema/requests/control-request.ts';
import type { EpochMs, PositionSide, TradingEnv } from '../schema/scalars.ts';

type WithoutId<Request> = Request extends unknown ? Omit<Request, 'requestId'> : never;
export type ActAsked = WithoutId<ActRequest>;

/** Commands on records and accounts. */
export type RecordCommand =
  | { readonly verb: 'help'; /** A verb of the table; null for all of them. */ readonly about: string | null }
  | { readonly verb: 'status' }
  | { readonly verb: 'positions' }
  | { readonly verb: 'orders' }
  | { readonly verb: 'alerts'; /** Those that are over too. */ readonly all: boolean }
  | { readonly verb: 'cost' }
  | { readonly verb: 'doctor'; /** Looks at what a deployment has written, in place of the settings. */ readonly deployed: boolean }
  | { readonly verb: 'why'; readonly symbol: string; readonly last: number }
  | ProbeCommand
  | { readonly verb: 'probe venue' }
  | CompareCommand
  | { readonly verb: 'act'; readonly asked: ActAsked; /** Null for a new request. */ readonly requestId: string | null }
  | ExportCommand
  | ClaimsCommand;

/** Commands on this machine alone. */
export type LocalCommand = ReplayCommand | DownloadCommand | InitCommand;

export type Command = RecordCommand | LocalCommand;

export interface ProbeCommand {
  readonly verb: 'probe';
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** In USD; null takes the smallest order. */
  readonly notional: string | null;
  /** Null takes the venue's quote, or the last price known. */
  readonly price: string | null;
}

export interface CompareCommand {
  readonly verb: 'compare';
  readonly counterfactual: boolean;
  /** Of the counterfactual; null for the last 24 hours. */
  readonly from: EpochMs | null;
}

export interface ExportCommand {
  readonly verb: 'export';
  readonly what: 'fills' | 'trades' | 'attribution';
  /** From the first millisecond, up to and without the last; null for no bound. */
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  /** Null writes to the standard output. */
  readonly out: string | null;
}

export interface ClaimsCommand {
  readonly verb: 'claims';
  readonly what: 'show' | 'grant' | 'revoke';
  /** An e-mail address or a uid. */
  readonly who: string;
  /** With grant alone. */
  readonly role: 'operator' | 'viewer' | null;
}

export interface ReplayCommand {
  readonly verb: 'replay';
  readonly from: string | null;
  readonly seed: string | null;
  readonly hours: string | null;
  readonly symbols: string | null;
}

export interface DownloadCommand {
  readonly verb: 'data download';
  readonly symbols: readonly string[];
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly out: string;
}

export interface InitCommand {
  readonly verb: 'init';
  readonly project: string | null;
  readonly tradingEnv: Exclude<TradingEnv, 'prod'> | null;
  readonly region: string | null;
  readonly symbols: readonly string[] | null;
  /** Reference NAV in USD. */
  readonly nav: string | null;
  readonly dir: string | null;
  /** Takes the defaults for whatever is not said. */
  readonly yes: boolean;
  readonly force: boolean;
}
