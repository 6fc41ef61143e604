/**
 * Which strategy a `kind` of strategies.json names. A kind without a line here, or one whose strategy takes other
 * parameters than its schema gives, does not compile.
 */
import type { StrategyConfig, StrategyKind } from '../../../schema/config/strategies-config.ts';
import type { Strategy, StrategyInput, StrategyWish } from '../strategy.ts';
import { alwaysOn } from './always-on.ts';
import { external } from './external.ts';
import { momentum } from './momentum.ts';
import { rsiBand } from './rsi-band.ts';
import { zscore } from './zscore.ts';

type ParamsByKind = { readonly [Kind in StrategyKind]: Extract<StrategyConfig, { readonly kind: Kind }>['params'] };
/** What a strategy is told of its configuration: of one kind, or of any. */
type Settings<Kind extends StrategyKind> = { readonly [K in Kind]: { readonly kind: K; readonly params: ParamsByKind[K] } }[Kind];

const STRATEGIES: { readonly [Kind in StrategyKind]: Strategy<ParamsByKind[Kind]> } = {
  rsi_band: rsiBand,
  zscore,
  momentum,
  always_on: alwaysOn,
  external,
};

export function warmupOf<Kind extends StrategyKind>({ kind, params }: Settings<Kind>): number {
  return STRATEGIES[kind].warmup(params);
}

/** `input.candles` must be as many as `warmupOf` says. */
export function strategyWish<Kind extends StrategyKind>({ kind, params }: Settings<Kind>, input: StrategyInput): StrategyWish {
  return STRATEGIES[kind].decide(input, params);
}
