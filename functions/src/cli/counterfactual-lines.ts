import type { Counterfactual } from '../domain/shadow/counterfactual.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { left, right, tableLines } from './table.ts';
import { isoText } from './time-text.ts';

export interface CounterfactualView extends Counterfactual {
  readonly place: string;
  readonly since: EpochMs;
  readonly now: EpochMs;
  /** Refusals that were found. */
  readonly refused: number;
  /** Why candles are missing; null when none is. */
  readonly problem: string | null;
  readonly takerFeeBps: number;
}

export function counterfactualLines({ place, since, now, refused, followed, repeats, unknown, byCode, problem, takerFeeBps }: CounterfactualView): readonly string[] {
  return [
    `entries refused in ${place} from ${isoText(since)} to ${isoText(now)}, as if each had been let through alone`,
    `${refused} refusals: ${followed.length} trades followed, ${repeats} of a trade followed already, ${unknown} that cannot be followed`,
    ...(problem === null ? [] : [problem]),
    ...(byCode.length === 0 ? [] : ['', ...tableLines(
      [left('code'), right('trades'), right('cost you USD'), right('alone'), right('cost you USD')],
      byCode.map(({ code, trades, netUsd, alone }) => [code, String(trades), netUsd.toFixed(2), String(alone.trades), alone.netUsd.toFixed(2)]),
    )]),
    '',
    'A positive amount is what the refusals cost, a negative one what they saved; "alone" counts trades that nothing else refused.',
    `Assumed: entered at the close of the signal's candle at the size asked for; left by the strategy's own stop, take profit, signal and time limit; ${takerFeeBps} bps each way; no slippage, no funding, trailing stops not followed; what is still open is valued at the last close.`,
  ];
}
