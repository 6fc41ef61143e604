/** Always wants its side, whatever the market does: for trying out everything that comes after a signal. */
import type { AlwaysOnParams } from '../../../schema/config/strategies-config.ts';
import type { Strategy } from '../strategy.ts';

export const alwaysOn: Strategy<AlwaysOnParams> = {
  warmup: () => 1,

  decide({ held }, { side }) {
    const because = { indicator: 'alwaysOn', value: 1, threshold: 1 };
    if (held === null) return { kind: 'enter', positionSide: side, ...because, strength: 1 };
    if (held.positionSide !== side) return { kind: 'exit', positionSide: held.positionSide, ...because };
    return { kind: 'none', reason: 'holding its side' };
  },
};
