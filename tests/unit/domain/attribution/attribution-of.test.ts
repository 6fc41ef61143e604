import { describe, expect, it } from 'vitest';
import { attributionOf } from '../../../../functions/src/domain/attribution/attribution-of.ts';
import { attributionRecord } from '../../../../functions/src/schema/records/attribution.ts';
import type { AttributionRecord } from '../../../../functions/src/schema/records/attribution.ts';
import type { IntentRecord } from '../../../../functions/src/schema/records/intent.ts';
import { anEndedAttempt, anExit, anIntent } from '../../../support/builders/an-intent.ts';
import { NOW } from '../risk/scenario.ts';

function explained(intent: IntentRecord, outcome: AttributionRecord['outcome'] = 'settled'): AttributionRecord {
  const record = attributionOf(intent, outcome, NOW + 9);
  expect(attributionRecord.parse(record)).toEqual(record);
  return record;
}

const filled = { executedQty: '4', executedQuoteUsd: '400.8', makerQty: '1', feesUsd: '0.2', realizedPnlUsd: '0', arrivalMid: '100' } as const;
const veto = { code: 'nav_stale', observed: '200', limit: '120', unit: 's', configPath: 'risk.json:navFreshnessSeconds' };

describe('attributionOf', () => {
  it('explains a settled intent from what it booked', () => {
    const attempts = [anEndedAttempt(), anEndedAttempt({ leg: 'taker', status: 'filled', executedQty: '4' })];
    expect(explained(anIntent({ ...filled, statusReason: 'filled', endedAttempts: attempts }))).toMatchObject({
      summary: 'open long BTCUSDT: settled, 4 of 5 (filled)', outcome: 'settled', outcomeReason: 'filled', approvedQty: '5', executedQty: '4',
      averagePrice: '100.2', makerQty: '1', takerQty: '3', feesUsd: '0.2', slippageBps: 20, attempts, terminalAt: NOW + 9,
    });
  });

  it.each([
    ['a buy above the mid', anIntent(filled), 20],
    ['a buy below the mid', anIntent({ ...filled, executedQuoteUsd: '399.2' }), -20],
    ['a sell below the mid', anExit({ ...filled, executedQuoteUsd: '399.2' }), 20],
    ['a sell above the mid', anExit(filled), -20],
  ])('counts as slippage what %s cost', (_title, intent, bps) => {
    expect(explained(intent).slippageBps).toBe(bps);
  });

  it('names every veto, approves nothing and keeps their numbers', () => {
    const vetoes = [veto, { ...veto, code: 'cooldown' }];
    const record = explained(anIntent({ status: 'vetoed', statusReason: 'nav_stale', vetoes, arrivalMid: null }), 'vetoed');
    expect(record).toMatchObject({ summary: 'open long BTCUSDT: vetoed, 0 of 5 (nav_stale, cooldown)', approvedQty: '0', vetoes, outcomeReason: 'nav_stale' });
  });

  it('has no average price and no slippage where nothing filled', () => {
    expect(explained(anIntent(), 'expired')).toMatchObject({ averagePrice: null, slippageBps: null, takerQty: '0' });
  });

  it('has an average price but no slippage where the arrival price is not known', () => {
    expect(explained(anIntent({ ...filled, arrivalMid: null }))).toMatchObject({ averagePrice: '100.2', slippageBps: null });
  });

  it('carries the signal and its strategy', () => {
    const signal = { strategy: 'zscore-5m', timeframe: '5m', candleCloseAt: NOW, action: 'enter', indicator: 'z', value: -2.1, threshold: -2 } as const;
    expect(explained(anIntent({ signal }))).toMatchObject({ strategy: 'zscore-5m', signal });
    expect(explained(anIntent())).toMatchObject({ strategy: null, signal: null });
  });
});
