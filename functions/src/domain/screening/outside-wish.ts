/** What a signal from outside asks of its strategy, in the words that a strategy of our own would use. */
import type { ExternalStrategy } from '../../schema/config/strategies-config.ts';
import type { SignalRequest } from '../../schema/requests/signal-request.ts';
import type { OpenExposure } from '../../schema/records/risk-state.ts';
import type { StrategyWish } from './strategy.ts';

/** `held` is what the strategy holds in the symbol. A strategy holds one side, so an entry in a position is no wish. */
export function outsideWish(strategy: ExternalStrategy, signal: SignalRequest, held: OpenExposure | null): StrategyWish {
  const { action, positionSide, strength } = signal;
  const because = { positionSide, indicator: 'outside', value: strength, threshold: strategy.params.maxStrength };
  if (action === 'exit') {
    return held?.positionSide === positionSide ? { kind: 'exit', ...because } : { kind: 'none', reason: `the strategy holds no ${positionSide}` };
  }
  if (held !== null) return { kind: 'none', reason: `the strategy is ${held.positionSide} already` };
  const allowed = positionSide === 'long' ? strategy.allowLong : strategy.allowShort;
  return allowed ? { kind: 'enter', ...because, strength } : { kind: 'none', reason: `the strategy may not enter ${positionSide}` };
}
