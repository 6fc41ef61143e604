import { describe, expect, it } from 'vitest';
import { exitRulesOf } from '../../../../functions/src/domain/exits/exit-rules.ts';
import { timeStopOf } from '../../../../functions/src/domain/exits/exits-due.ts';
import { testConfig } from '../../../support/engine/engine-run.ts';
import { aStrategy } from '../../../support/builders/a-strategy.ts';
import { anExposure } from '../../../support/builders/an-exposure.ts';
import { set } from '../../config/config-files.ts';

const MINUTE = 60_000;
const limited = aStrategy({ exit: { maxHoldMinutes: 10, stopLossPct: null, takeProfitPct: null, trailing: null } });
const after = (minutes: number) => anExposure().openedAt + minutes * MINUTE;

describe('timeStopOf', () => {
  it('is due from the very minute of the limit on', () => {
    expect(timeStopOf(anExposure(), [limited], after(10) - 1)).toBeNull();
    expect(timeStopOf(anExposure(), [limited], after(10))).toMatchObject({ dueAt: after(10), signal: { strategy: 'zscore-5m', action: 'exit', indicator: 'heldMinutes', value: 10, threshold: 10 } });
  });

  it('holds for a strategy that is switched off', () => {
    expect(timeStopOf(anExposure(), [{ ...limited, enabled: false }], after(11))).not.toBeNull();
  });

  it('is none without a limit, or for a position of nobody', () => {
    expect(timeStopOf(anExposure(), [aStrategy()], after(999))).toBeNull();
    expect(timeStopOf(anExposure({ strategy: null }), [limited], after(999))).toBeNull();
  });
});

const rules = (strategy: string | null, positions: string) => exitRulesOf(anExposure({ strategy }), testConfig(set('risk.json', ['foreign'], { positions, stopLossPct: 7 })));

describe('exitRulesOf', () => {
  const standIn = { maxHoldMinutes: null, stopLossPct: 7, takeProfitPct: null, trailing: null };

  it('are those of the strategy that opened it', () => {
    expect(rules('zscore-5m', 'alarm')).toMatchObject({ maxHoldMinutes: 360, stopLossPct: 2 });
  });

  it('are the default stop for a strategy that config no longer knows', () => {
    expect(rules('gone', 'ignore')).toEqual(standIn);
  });

  it.each([['adopt', standIn], ['alarm', null], ['ignore', null]])('of a position that is none of ours, set to %s', (mode, expected) => {
    expect(rules(null, mode)).toEqual(expected);
  });
});
