import { describe, expect, it } from 'vitest';
import { readWhy } from '../../../functions/src/app/inspect/read-why.ts';
import { why } from '../../../functions/src/cli/why.ts';
import { whyLines } from '../../../functions/src/cli/why-lines.ts';
import { ATTRIBUTION } from '../../../functions/src/schema/records/attribution.ts';
import { FILLS } from '../../../functions/src/schema/records/fill.ts';
import { INTENTS } from '../../../functions/src/schema/records/intent.ts';
import { ORDERS } from '../../../functions/src/schema/records/order.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import type { DecisionRecord } from '../../../functions/src/schema/records/tick.ts';
import { VETOES } from '../../../functions/src/schema/records/veto.ts';
import { anIntent } from '../../support/builders/an-intent.ts';
import { anOrderRecord, aTakerOrder } from '../../support/builders/an-order-record.ts';
import { NOW } from '../domain/risk/scenario.ts';
import { PLACE, anInspection, known } from './inspection.ts';
import { aDecision, aFillRecord, aFlood, aSignal, aSizing, aTick, aVeto, anAttribution } from './records.ts';

const MINUTE = 60_000;

/** One screened tick a minute, the newest now; ticks of an empty list decided nothing. */
async function withTicks(...decisions: readonly (readonly DecisionRecord[])[]) {
  const world = anInspection();
  for (const [index, made] of decisions.entries()) {
    const at = NOW - index * MINUTE;
    await world.store.commit((writer) => writer.set(TICKS, `t${index}`, aTick({ tickId: `t${index}`, scheduledAt: at, startedAt: at, decisions: [...made] })));
  }
  return world;
}

const linesOf = async (inspection: Parameters<typeof readWhy>[0], last = 5): Promise<string> => whyLines(known(await readWhy(inspection, PLACE, 'BTCUSDT', last))).join('\n');

describe('the decisions on a symbol', () => {
  it('are the newest ones, of this symbol alone, over ticks that decided nothing', async () => {
    const { inspection } = await withTicks([], [aDecision({ reason: 'a' })], [aDecision({ symbol: 'ETHUSDT' })], [aDecision({ reason: 'b' }), aDecision({ symbol: 'ETHUSDT' })], [aDecision({ reason: 'c' })]);
    const view = known(await readWhy(inspection, PLACE, 'BTCUSDT', 2));
    expect(view.decisions.map(({ decision }) => decision.reason)).toEqual(['a', 'b']);
    expect(view.decisions.map(({ tickId }) => tickId)).toEqual(['t1', 't3']);
  });

  it('are found on a later page, even where a page ends between two ticks of one time', async () => {
    const { inspection, store } = anInspection();
    await store.commit((writer) => {
      writer.set(TICKS, 'sync-alone', aTick({ tickId: 'sync-alone', job: 'sync', startedAt: NOW + MINUTE }));
      for (let index = 0; index < 301; index += 1) {
        const decisions = index === 300 ? [aDecision({ reason: 'far back' })] : [];
        writer.set(TICKS, `screen-${index}`, aTick({ tickId: `screen-${index}`, startedAt: NOW - index * MINUTE, decisions }));
        writer.set(TICKS, `sync-${index}`, aTick({ tickId: `sync-${index}`, job: 'sync', startedAt: NOW - index * MINUTE }));
      }
    });
    const view = known(await readWhy(inspection, PLACE, 'BTCUSDT', 1));
    expect(view.decisions.map(({ decision }) => decision.reason)).toEqual(['far back']);
    expect(view.looked).toEqual({ ticks: 603, backTo: NOW - 300 * MINUTE });
  });

  it('that were never made leave the question of how far was looked', async () => {
    const { inspection } = await withTicks([], [aDecision({ symbol: 'ETHUSDT' })]);
    expect(await linesOf(inspection)).toContain('no decision on BTCUSDT in the last 2 ticks, back to 2026-01-15T11:59:00Z');
  });

  it('cannot be told without any tick, nor of a symbol that is not in the universe', async () => {
    const { inspection } = anInspection();
    await expect(why(inspection, PLACE, 'BTCUSDT', 5)).rejects.toThrow('there are no records in the test store');
    await expect(why(inspection, PLACE, 'DOGEUSDT', 5)).rejects.toThrow('symbol "DOGEUSDT" is not in universe.json; allowed: BTCUSDT');
  });
});

describe('the answer to why not', () => {
  it('shows signal, size with its clamps, and every veto with what was observed, the limit and where it is set', async () => {
    const vetoes = [aVeto(), aVeto({ code: 'not_listed', observed: null, limit: null, unit: 'state', configPath: 'markets:BTCUSDT' })];
    const { inspection } = await withTicks([aDecision({ outcome: 'vetoed', reason: 'tier_cap', positionSide: 'long', signal: aSignal(), sizing: aSizing(), vetoes })]);
    expect((await linesOf(inspection)).split('\n').slice(2, 11)).toEqual([
      '2026-01-15T12:00:00Z (0 s ago)  zscore-5m: vetoed by 2 checks',
      '  signal: enter long, z -2.34568 against -2, on the 5m candle that closed 2026-01-15T12:00:00Z',
      '  size: pass, 1200.00 USD suggested, 1000.00 USD final',
      '  clamp                       before USD  after USD  set in',
      '  trade_gt_max_trade_nav_pct     1200.00    1000.00  risk.json:maxTradeNavPct',
      '  veto        observed  limit  unit   set in',
      '  tier_cap        31.5     30  pct    risk.json:tiers.CORE.maxExposurePct',
      '  not_listed         -      -  state  markets:BTCUSDT',
      '',
    ]);
  });

  it('shows what was learned beside the size that it changed', async () => {
    const multipliers = [{ name: 'symbol_score', factor: 0.8, samples: 250, source: 'state/symbol_scores', beforeUsd: '1200', afterUsd: '960', configPath: 'intel.json:sizeFactor' }];
    const { inspection } = await withTicks([aDecision({ outcome: 'vetoed', signal: aSignal(), sizing: aSizing({ multipliers, clamps: [] }), vetoes: [aVeto()] })]);
    expect(await linesOf(inspection)).toContain('  learned: symbol_score makes it 960.00 USD, 0.8 of it after 250 trades (state/symbol_scores)\n');
  });

  it.each([
    ['noSignal', 'no signal, close is not stretched'],
    ['abstained', 'abstained, close is not stretched'],
    ['skipped', 'skipped, close is not stretched'],
  ] as const)('%s is told in a line', async (outcome, text) => {
    const { inspection } = await withTicks([aDecision({ outcome })]);
    expect(await linesOf(inspection)).toContain(`zscore-5m: ${text}`);
  });

  it('counts the refusals of the last 24 hours, of this symbol alone', async () => {
    const { inspection, store } = await withTicks([]);
    await store.commit((writer) => {
      writer.set(VETOES, 'own', aFlood());
      writer.set(VETOES, 'other', aFlood({ symbol: 'ETHUSDT', count: 3 }));
      writer.set(VETOES, 'old', aFlood({ count: 5, lastAt: NOW - 25 * 60 * MINUTE }));
    });
    expect((known(await readWhy(inspection, PLACE, 'BTCUSDT', 5))).refusals.map(({ count }) => count)).toEqual([7]);
    expect(await linesOf(inspection)).toMatch(/zscore-5m +long +screen +tier_cap +7 +2026-01-15T11:00:00Z \(1 h 0 min ago\) +2026-01-15T11:59:00Z \(1 min ago\)/);
  });
});

describe('what became of an intent', () => {
  it('is told with its orders in the order of attempts, its fills and its attribution', async () => {
    const { inspection, store } = await withTicks([aDecision({ outcome: 'intent', reason: null, intentId: 'mine', signal: aSignal() })]);
    await store.commit((writer) => {
      writer.set(INTENTS, 'mine', anIntent({ status: 'settled', statusReason: 'filled', terminalAt: NOW }));
      writer.set(ORDERS, 'pc-mine-t2', aTakerOrder({ status: 'filled', executedQty: '5' }));
      writer.set(ORDERS, 'pc-mine-m1', anOrderRecord({ status: 'canceled' }));
      writer.set(ORDERS, 'stranger', anOrderRecord({ clientOrderId: 'stranger', intentId: 'other' }));
      writer.set(FILLS, 'BTCUSDT-1', aFillRecord());
      writer.set(ATTRIBUTION, 'mine', anAttribution());
    });
    const text = await linesOf(inspection);
    expect(text).toContain('intent mine: settled (filled), open long, buy 5 sized at 100, ended 2026-01-15T12:00:00Z (0 s ago)');
    expect(text.indexOf('pc-mine-m1')).toBeGreaterThan(-1);
    expect(text.indexOf('pc-mine-t2')).toBeGreaterThan(text.indexOf('pc-mine-m1'));
    expect(text).not.toContain('stranger');
    expect(text).toMatch(/1 +maker +5 +99\.9 +0\.0999 +0\.00 +2026-01-15T12:00:00Z/);
    expect(text).toContain('attribution: open long BTCUSDT: settled, 5 of 5 (filled)');
  });

  it('shows the vetoes of the executor', async () => {
    const { inspection, store } = await withTicks([aDecision({ outcome: 'intent', reason: null, intentId: 'mine' })]);
    await store.commit((writer) => writer.set(INTENTS, 'mine', anIntent({ status: 'vetoed', statusReason: 'tier_cap', vetoes: [aVeto()], terminalAt: NOW })));
    const text = await linesOf(inspection);
    expect(text).toContain('intent mine: vetoed (tier_cap)');
    expect(text).toMatch(/tier_cap +31\.5 +30 +pct/);
    expect(text).toContain('no order was armed');
  });

  it('is told of the newest intent even when the last decisions led to none', async () => {
    const { inspection, store } = await withTicks([aDecision()]);
    await store.commit((writer) => {
      writer.set(INTENTS, 'older', anIntent({ intentId: 'older', createdAt: NOW - 2000 }));
      writer.set(INTENTS, 'newer', anIntent({ intentId: 'newer', createdAt: NOW - 1000 }));
      writer.set(INTENTS, 'other', anIntent({ intentId: 'other', symbol: 'ETHUSDT', createdAt: NOW }));
    });
    expect((known(await readWhy(inspection, PLACE, 'BTCUSDT', 5))).earlierIntent?.intent.intentId).toBe('newer');
  });
});
