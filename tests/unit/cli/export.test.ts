import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { inTimeOrder } from '../../../functions/src/app/inspect/in-time-order.ts';
import type { ExportCommand } from '../../../functions/src/cli/command.ts';
import { exportRecords } from '../../../functions/src/cli/export.ts';
import { OperatorError } from '../../../functions/src/cli/operator-error.ts';
import { ATTRIBUTION } from '../../../functions/src/schema/records/attribution.ts';
import { FILLS, fillId } from '../../../functions/src/schema/records/fill.ts';
import { TRADES } from '../../../functions/src/schema/records/trade.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { NOW } from '../domain/risk/scenario.ts';
import { anInspection } from './inspection.ts';
import { aFillRecord, anAttribution, aVeto } from './records.ts';

const cleanUp = new AsyncDisposableStack();
afterAll(() => cleanUp.disposeAsync());

const FILLS_COMMAND: ExportCommand = { verb: 'export', what: 'fills', from: null, to: null, out: null };
const FILL_HEADER =
  'filled_at,symbol,trade_id,side,position_side,qty,price,liquidity,fee_amount,fee_asset,fee_rate_usd,fee_usd,realized_pnl_usd,venue_realized_pnl_usd,venue_order_id,client_order_id,intent_id';

async function exported(inspection: ReturnType<typeof anInspection>['inspection'], command: ExportCommand): Promise<readonly string[]> {
  const texts: string[] = [];
  await exportRecords(inspection, command, { write: (text: string) => texts.push(text) }, false);
  const text = texts.join('');
  expect(text.endsWith('\r\n')).toBe(true);
  return text.slice(0, -2).split('\r\n');
}

describe('an export', () => {
  it('of fills has every amount to the last digit and every time to the millisecond, oldest first', async () => {
    const { inspection, store } = anInspection();
    await store.commit((writer) => {
      writer.set(FILLS, fillId('BTCUSDT', '2'), aFillRecord({ tradeId: '2', filledAt: NOW - 1, price: '64250.123456789012345678', feeUsd: '0.000000000000000001', intentId: null, clientOrderId: null, isMaker: false }));
      writer.set(FILLS, fillId('BTCUSDT', '1'), aFillRecord({ tradeId: '1', filledAt: NOW - 5000 }));
    });
    expect(await exported(inspection, FILLS_COMMAND)).toEqual([
      FILL_HEADER,
      '2026-01-15T11:59:55.000Z,BTCUSDT,1,buy,long,5,99.9,maker,0.0999,USDT,1,0.0999,0,0,900,pc-mine-m1,mine',
      '2026-01-15T11:59:59.999Z,BTCUSDT,2,buy,long,5,64250.123456789012345678,taker,0.0999,USDT,1,0.000000000000000001,0,0,900,,',
    ]);
  });

  it('takes the first millisecond of its span and leaves the last', async () => {
    const { inspection, store } = anInspection();
    await store.commit((writer) => [1000, 1001, 1999, 2000].forEach((filledAt) => writer.set(FILLS, fillId('BTCUSDT', String(filledAt)), aFillRecord({ tradeId: String(filledAt), filledAt }))));
    const rows = await exported(inspection, { ...FILLS_COMMAND, from: 1001, to: 2000 });
    expect(rows.slice(1).map((row) => row.split(',')[2])).toEqual(['1001', '1999']);
  });

  it('of attribution quotes what would end a field, and leaves empty what is not known', async () => {
    const { inspection, store } = anInspection();
    await store.commit((writer) => writer.set(ATTRIBUTION, 'mine', anAttribution({ outcome: 'vetoed', outcomeReason: 'said "no", twice\nand again', averagePrice: null, slippageBps: null, vetoes: [aVeto(), aVeto({ code: 'wide_spread' })] })));
    const [, row = ''] = await exported(inspection, { ...FILLS_COMMAND, what: 'attribution' });
    expect(row).toContain(',vetoed,"said ""no"", twice\nand again",tier_cap wide_spread,,,5,5,5,0,,0.0999,0,,0');
  });

  it('of trades tells the net result with fees and funding', async () => {
    const { inspection, store } = anInspection();
    await store.commit((writer) =>
      writer.set(TRADES, 'a', {
        summary: '', symbol: 'BTCUSDT', positionSide: 'long', strategy: 'zscore-5m', openedBy: 'BTCUSDT-1', intentIds: ['a', 'b'], closedBy: 'stop', qty: '5', entryNotionalUsd: '500', averageEntryPrice: '100', averageExitPrice: '101',
        realizedPnlUsd: '5', feesUsd: '0.5', fundingUsd: '-0.1', netPnlUsd: '4.4', openedAt: NOW - 60_000, closedAt: NOW,
      }),
    );
    expect((await exported(inspection, { ...FILLS_COMMAND, what: 'trades' }))[1]).toBe('2026-01-15T12:00:00.000Z,2026-01-15T11:59:00.000Z,BTCUSDT,long,zscore-5m,stop,5,500,100,101,5,0.5,-0.1,4.4,BTCUSDT-1,a b');
  });

  it('to a file is there whole, and never over another', async () => {
    const folder = await temporaryFolder(cleanUp);
    const { inspection, store } = anInspection();
    await store.commit((writer) => writer.set(FILLS, 'a', aFillRecord()));
    const out = join(folder, 'fills.csv');
    const answer = await exportRecords(inspection, { ...FILLS_COMMAND, out }, { write: () => expect.unreachable() }, true);
    expect(answer).toMatchObject({ json: { what: 'fills', rows: 1, out }, lines: [`1 rows of fills written to ${out}`] });
    expect(readFileSync(out, 'utf8').split('\r\n')).toHaveLength(3);
    writeFileSync(out, 'mine');
    await expect(exportRecords(inspection, { ...FILLS_COMMAND, out }, { write: () => 0 }, false)).rejects.toThrow(new OperatorError(`--out ${JSON.stringify(out)} is there already; name another file, or remove it`));
    expect(readFileSync(out, 'utf8')).toBe('mine');
  });

  it('that fails on the way leaves no file', async () => {
    const folder = await temporaryFolder(cleanUp);
    const { inspection } = anInspection();
    const broken = { ...inspection, store: { get: inspection.store.get, query: () => Promise.reject(new Error('no network')) } };
    const out = join(folder, 'fills.csv');
    await expect(exportRecords(broken, { ...FILLS_COMMAND, out }, { write: () => 0 }, false)).rejects.toThrow('no network');
    expect([existsSync(out), readdirSync(folder)]).toEqual([false, []]);
  });
});

describe('records in the order of time', () => {
  const times = fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 60 });

  it('are all told, each once, whatever times they share and whatever the page', async () => {
    await fc.assert(
      fc.asyncProperty(times, fc.integer({ min: 1, max: 5 }), async (all, page) => {
        const docs = all.map((at, index) => ({ id: `id-${index}`, data: { id: `id-${index}`, at } })).toSorted((a, b) => a.data.at - b.data.at || (a.id < b.id ? -1 : 1));
        const told: string[] = [];
        for await (const { id } of inTimeOrder((from, limit) => Promise.resolve(docs.filter(({ data }) => data.at >= from).slice(0, limit)), ({ at }) => at, 0, page)) told.push(id);
        expect(told).toEqual(docs.map(({ id }) => id));
      }),
    );
  });
});
