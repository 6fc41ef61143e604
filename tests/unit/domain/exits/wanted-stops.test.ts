import { describe, expect, it } from 'vitest';
import { STOP_PREFIX } from '../../../../functions/src/domain/exits/stop-id.ts';
import { wantedStops } from '../../../../functions/src/domain/exits/wanted-stops.ts';
import { NO_TRAIL } from '../../../../functions/src/domain/exits/trailing-stop.ts';
import { text } from '../../../../functions/src/domain/money/decimal.ts';
import type { ExitRules } from '../../../../functions/src/schema/config/strategies-config.ts';
import { anExposure } from '../../../support/builders/an-exposure.ts';
import { anInstrument } from '../risk/scenario.ts';

const rules: ExitRules = { maxHoldMinutes: 60, stopLossPct: 2, takeProfitPct: 3, trailing: null };

const idsOf = (over: Parameters<typeof anExposure>[0]) => wantedStops(anExposure(over), rules, anInstrument(), NO_TRAIL).map((stop) => stop.clientStopId);

describe('wantedStops', () => {
  it.each([
    ['long', 'stopLoss', '98000'],
    ['long', 'takeProfit', '103000'],
    ['short', 'stopLoss', '102000'],
    ['short', 'takeProfit', '97000'],
  ] as const)('puts the %s %s at its percent of the average entry', (positionSide, kind, expected) => {
    const stop = wantedStops(anExposure({ positionSide }), rules, anInstrument(), NO_TRAIL).find((wanted) => wanted.kind === kind);
    expect(stop === undefined ? null : text(stop.triggerPrice)).toBe(expected);
  });

  it('rounds to the tick, a long up and a short down', () => {
    const prices = (['long', 'short'] as const).map((positionSide) =>
      wantedStops(anExposure({ positionSide, averageEntryPrice: '100000.33' }), rules, anInstrument(), NO_TRAIL).map((stop) => text(stop.triggerPrice))[0],
    );
    expect(prices).toEqual(['98000.4', '102000.3']);
  });

  it('wants nothing where the rules set no level', () => {
    expect(wantedStops(anExposure(), { ...rules, stopLossPct: null, takeProfitPct: null }, anInstrument(), NO_TRAIL)).toEqual([]);
  });

  it('names the same wish alike and every other differently', () => {
    expect(idsOf({})).toEqual(idsOf({ qty: '0.5', markPrice: '99000' }));
    const all = [...idsOf({}), ...idsOf({ positionSide: 'short' }), ...idsOf({ averageEntryPrice: '100001' }), ...idsOf({ openedAt: 1 })];
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((id) => id.startsWith(STOP_PREFIX) && id.length <= 36)).toBe(true);
  });
});
