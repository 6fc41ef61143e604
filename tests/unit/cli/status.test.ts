import { describe, expect, it } from 'vitest';
import { status } from '../../../functions/src/cli/status.ts';
import { statusLines } from '../../../functions/src/cli/status-lines.ts';
import { readStatus } from '../../../functions/src/app/inspect/read-status.ts';
import type { Status } from '../../../functions/src/app/inspect/read-status.ts';
import { INCIDENTS } from '../../../functions/src/schema/records/incident.ts';
import { INTENTS } from '../../../functions/src/schema/records/intent.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { ORDERS } from '../../../functions/src/schema/records/order.ts';
import { OUTBOX } from '../../../functions/src/schema/records/outbox-entry.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { anIntent } from '../../support/builders/an-intent.ts';
import { anOrderRecord } from '../../support/builders/an-order-record.ts';
import { anOutboxEntry } from '../../support/builders/an-outbox-entry.ts';
import { NOW, aNav, aPositionsState } from '../domain/risk/scenario.ts';
import { PLACE, anInspection, known } from './inspection.ts';
import { aTick, anIncident } from './records.ts';

const HOUR = 3_600_000;

function aStatus(changes: Partial<Status> = {}): Status {
  return {
    place: PLACE, now: NOW, engineVersion: '1.2.3', configHash: 'abcd', orderGate: { kind: 'open' }, tradingState: 'ACTIVE', control: null,
    nav: aNav(), positions: aPositionsState(), intents: [], orders: [], outbox: [], incidents: [], alerts: [], ticks: [],
    limits: { drawdownPct: '10', dayLossPct: '5', navFreshnessSeconds: 180 },
    ...changes,
  };
}

const textOf = (changes: Partial<Status>): string => statusLines(aStatus(changes)).join('\n');

describe('the status of an account', () => {
  it('tells NAV with its age, drawdown and day loss with their limits, and who is speaking', () => {
    const text = textOf({ nav: aNav({ navUsd: '9876.543', drawdownPct: '1.23456', dayLossPct: '0.5' }) });
    expect(text).toContain('NAV       9876.54 USD, ok, valued 2026-01-15T11:59:50Z (10 s ago)');
    expect(text).toContain('drawdown  1.2346 % of the high-water mark 10000.00 USD, limit 10 %');
    expect(text).toContain('day loss  0.5000 % of 10000.00 USD at the opening of 2026-01-15, limit 5 %');
    expect(text).toContain('engine    version 1.2.3, config abcd');
  });

  it('says that a NAV is too old to enter on', () => {
    expect(textOf({ nav: aNav({ valueAt: NOW - 181_000 }) })).toContain('(3 min ago), STALE: entries are refused beyond 180 s');
  });

  it('says why a NAV is not to be had, and what a missing one means', () => {
    expect(textOf({ nav: aNav({ health: 'unavailable', healthReason: 'timeout' }) })).toContain('UNAVAILABLE (timeout)');
    expect(textOf({ nav: null })).toContain('never read: entries are refused');
  });

  it('names who stopped trading, why and until when', () => {
    const control = { state: 'REDUCING', actor: 'maria', reason: 'rollover', changedAt: NOW - HOUR, expiresAt: NOW + HOUR } as const;
    expect(textOf({ tradingState: 'REDUCING', control })).toContain('REDUCING by maria, 2026-01-15T11:00:00Z (1 h 0 min ago): rollover; expires 2026-01-15T13:00:00Z (in 1 h 0 min)');
    expect(textOf({ tradingState: 'ACTIVE', control: { ...control, expiresAt: NOW - 60_000 } })).toContain('ACTIVE again; REDUCING by maria');
  });

  it('shows positions beside the ledger, and where they differ', () => {
    const item = { symbol: 'BTCUSDT', positionSide: 'long', qty: '2', ledgerQty: '2.0', entryPrice: '100', markPrice: '110', notionalUsd: '220', unrealizedUsd: '20', liquidationPrice: null } as const;
    const positions = aPositionsState({ items: [item, { ...item, symbol: 'ETHUSDT', ledgerQty: '3' }], grossUsd: '440', netUsd: '440', ledgerAgrees: false });
    const lines = statusLines(aStatus({ positions }));
    expect(lines).toContainEqual(expect.stringMatching(/^positions: 2, gross 440.00 USD, net 440.00 USD, LEDGER DIFFERS FROM THE VENUE/));
    expect(lines).toContainEqual(expect.stringMatching(/BTCUSDT +long +2 +2\.0 +equal /));
    expect(lines).toContainEqual(expect.stringMatching(/ETHUSDT +long +2 +3 +DIFFERS /));
  });

  it('does not call an agreement what could not be compared', () => {
    expect(textOf({ positions: aPositionsState({ ledgerAgrees: null }) })).toContain('not comparable while work is under way');
  });

  it('counts what waits in the outbox and since when it is due', () => {
    const outbox = [anOutboxEntry({ dueAt: NOW - 60_000 }), anOutboxEntry({ intentId: 'second', dueAt: NOW }), anOutboxEntry({ intentId: 'next', dueAt: NOW + 60_000 })];
    expect(textOf({ outbox })).toContain('3 open, 2 due; the first since 2026-01-15T11:59:00Z (1 min ago)');
  });

  it('says what an incident asks for', () => {
    expect(textOf({ incidents: [{ id: 'ledgerMismatch-a', acknowledgement: null, ...anIncident() }] })).toContain('seen 120 times since 2026-01-15T10:00:00Z (2 h 0 min ago), last 1 min ago\n    Compare fills with the trade history.');
  });

  it('shows the problems of a degraded tick', () => {
    expect(textOf({ ticks: [aTick({ outcome: 'degraded', problems: ['BTCUSDT: no candle'] })] })).toMatch(/screen .* 12 ms +degraded +1 candles, 0 signals; BTCUSDT: no candle/);
  });
});

describe('the records of a status', () => {
  it('are refused as missing, with the remedy, when there are none', async () => {
    await expect(status(anInspection().inspection, PLACE)).rejects.toThrow('there are no records in the test store: run `npm start` first');
  });

  it('are those that are open, and the newest ticks', async () => {
    const { inspection, store } = anInspection();
    await store.commit((writer) => {
      writer.set(NAV_STATE, NAV_STATE_ID, aNav());
      writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, { state: 'HALTED', actor: 'maria', reason: 'test', changedAt: NOW - HOUR, expiresAt: NOW });
      for (const each of ['pending', 'working', 'settled', 'vetoed'] as const) writer.set(INTENTS, each, anIntent({ intentId: each, status: each }));
      for (const each of ['armed', 'ambiguous', 'working', 'filled', 'absent'] as const) writer.set(ORDERS, each, anOrderRecord({ clientOrderId: each, status: each }));
      writer.set(OUTBOX, 'later', anOutboxEntry({ intentId: 'later', dueAt: NOW + 1 }));
      writer.set(OUTBOX, 'first', anOutboxEntry({ intentId: 'first', dueAt: NOW }));
      writer.set(OUTBOX, 'done', anOutboxEntry({ intentId: 'done', state: 'done' }));
      writer.set(INCIDENTS, 'open', anIncident());
      writer.set(INCIDENTS, 'resolved', anIncident({ resolvedAt: NOW }));
      for (let minute = 0; minute < 9; minute += 1) writer.set(TICKS, `t${minute}`, aTick({ tickId: `t${minute}`, startedAt: NOW - minute * 60_000 }));
    });
    const view = known(await readStatus(inspection, PLACE));
    expect(view.tradingState).toBe('ACTIVE');
    expect(view.intents.map(({ intentId }) => intentId).toSorted()).toEqual(['pending', 'working']);
    expect(view.orders.map(({ clientOrderId }) => clientOrderId).toSorted()).toEqual(['ambiguous', 'armed', 'working']);
    expect(view.outbox.map(({ intentId }) => intentId)).toEqual(['first', 'later']);
    expect(view.incidents).toHaveLength(1);
    expect(view.ticks.map(({ startedAt }) => (NOW - startedAt) / 60_000)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});
