/**
 * A strategy is a pure plug-in: closed candles and the position it holds in, a wish out. It knows nothing of size,
 * risk or orders; saying the same for the same candles is its only duty.
 */
import type { Candle } from '../market/market.ts';
import type { EpochMs, PositionSide } from '../../schema/scalars.ts';

export interface HeldPosition {
  readonly positionSide: PositionSide;
  readonly openedAt: EpochMs;
}

export interface StrategyInput {
  /** Closed candles, oldest first, exactly as many as `warmup` asks for. */
  readonly candles: readonly Candle[];
  /** What this strategy holds in the symbol; at most one side. */
  readonly held: HeldPosition | null;
}

export type StrategyWish =
  | {
      readonly kind: 'enter';
      readonly positionSide: PositionSide;
      readonly indicator: string;
      readonly value: number;
      readonly threshold: number;
      /** Multiplies the size; 1 is neutral. */
      readonly strength: number;
    }
  | {
      readonly kind: 'exit';
      readonly positionSide: PositionSide;
      readonly indicator: string;
      readonly value: number;
      readonly threshold: number;
    }
  | { readonly kind: 'none'; readonly reason: string };

export interface Strategy<Params> {
  /** Closed candles it decides on. */
  warmup(params: Params): number;
  decide(input: StrategyInput, params: Params): StrategyWish;
}
