/** What the ledger makes of everything that happens to the account without us, and of what the venue tells late or never. */
import { describe, expect, test } from 'vitest';
import { execute } from '../../../functions/src/app/orders/execute.ts';
import { decimal, sum, text } from '../../../functions/src/domain/money/decimal.ts';
import type { Decimal } from '../../../functions/src/domain/money/decimal.ts';
import type { Venue } from '../../../functions/src/ports/venue.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { testConfig } from '../../support/engine/engine-run.ts';
import { HELD, begin, byHand, holding, look, minutes, work } from '../../support/engine/hand-run-syncs.ts';
import { anExit, anIntent, plant } from '../../support/engine/planted-intent.ts';
import { ENTRY_AT, START, World } from '../../support/engine/world.ts';
import { set } from '../../unit/config/config-files.ts';

const MINUTE = 60_000;

async function beginOneWay(): Promise<World> {
  const world = new World({ config: testConfig(set('runtime.json', ['venueSettings', 'positionMode'], 'oneWay')) });
  expect(world.exchange.execute('setPositionMode', { mode: 'one-way' }, START).ok).toBe(true);
  await minutes(world, 1);
  return world;
}

function pay(world: World, rate: string): void {
  const time = world.time.now();
  world.exchange.applyMarketEvent({ kind: 'funding', symbol: 'BTCUSDT', time, rate, nextFundingTime: time + 8 * 60 * MINUTE });
}

/** What the gate has against one more entry now. */
async function refusedEntry(world: World): Promise<readonly string[] | undefined> {
  const intent = anIntent({ createdAt: world.time.now() });
  await plant(world.store, intent);
  await world.invoke((deps) => execute(deps, intent));
  return (await look(world)).intents.find(({ intentId }) => intentId === intent.intentId)?.vetoes.map(({ code }) => code);
}

type ToldIncome = Awaited<ReturnType<Venue['incomeSince']>>;
const withoutTransfers = (told: ToldIncome): ToldIncome => (told.kind === 'found' ? { ...told, value: told.value.filter(({ kind }) => kind !== 'transfer') } : told);

describe('a trade made by hand', () => {
  test('that closes our position ends its round trip, and the plan is on record until both agree', async () => {
    const world = await holding();
    byHand(world, { side: HELD.side, positionSide: HELD.positionSide, quantity: HELD.qty });
    await minutes(world, 4);
    const { trades, reconciliations, adjustments, differences, compared } = await look(world);
    expect(trades.map((trade) => [trade.closedBy, trade.qty, trade.intentIds.length])).toEqual([['other', '0.008', 1]]);
    expect(reconciliations.filter(({ symbol }) => symbol !== null)).toMatchObject([
      { key: 'BTCUSDT-long', ours: 'quantity 0.008', venues: 'quantity 0', steps: [{ action: 'adopt', detail: '1 trades that no order of ours explains' }] },
    ]);
    expect(reconciliations.every((record) => record.resolvedAt !== null)).toBe(true);
    expect([adjustments, differences, compared?.disagreements, compared?.ledgerAgrees]).toEqual([[], [], [], true]);
  });

  test('without reduce-only nets in one-way mode: the long is closed and the rest is a short', async () => {
    const world = await holding(beginOneWay());
    byHand(world, { side: 'SELL', quantity: '0.012' });
    await minutes(world, 4);
    const { positions, trades, differences, compared } = await look(world);
    expect(positions.map((position) => [position.positionSide, position.qty, position.strategy])).toEqual([['long', '0', null], ['short', '0.004', null]]);
    expect(trades).toMatchObject([{ positionSide: 'long', qty: '0.008', closedBy: 'other' }]);
    expect([differences, compared?.ledgerAgrees]).toEqual([[], true]);
  });

  test('that opens and closes between two syncs is booked all the same: the sums of the account tell of it', async () => {
    const world = await begin();
    byHand(world, { side: 'BUY', positionSide: 'LONG', quantity: '0.01' });
    byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.01' });
    await minutes(world, 5);
    const { trades, fills, adjustments, differences, compared } = await look(world);
    expect(trades).toMatchObject([{ positionSide: 'long', qty: '0.01', closedBy: 'other' }]);
    expect([fills.length, adjustments, differences, compared?.ledgerAgrees]).toEqual([2, [], [], true]);
  });

  test('that opens and closes again minutes later is found just as soon, though the sums have stood as different since the first', async () => {
    const world = await begin();
    for (const count of [2, 4]) {
      byHand(world, { side: 'BUY', positionSide: 'LONG', quantity: '0.01' });
      byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.01' });
      await minutes(world, count);
    }
    const { incidents, fills, differences, compared } = await look(world);
    expect([incidents.filter(({ kind }) => kind === 'ledgerMismatch'), fills.length, differences, compared?.ledgerAgrees]).toEqual([[], 4, [], true]);
  });

  test('keeps nobody out once it is booked, though the sums of the account cannot be compared so soon', async () => {
    const world = await holding();
    byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.003' });
    const told = [];
    for (let minute = 0; minute < 4; minute += 1) {
      await minutes(world, 1);
      told.push((await look(world)).compared?.ledgerAgrees);
    }
    expect(told).toEqual([false, null, true, true]);
  });

  test('moves no sum without its trade: while trades cannot be read the sums wait, and the incident stays open', async () => {
    const world = await holding();
    const unread: Partial<Venue> = { fillsSince: () => Promise.resolve({ kind: 'unavailable', cause: 'no answer within the deadline' }) };
    byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.003' });
    byHand(world, { side: 'BUY', positionSide: 'LONG', quantity: '0.003' });
    await minutes(world, 30, unread);
    expect(await look(world)).toMatchObject({ adjustments: [], compared: { ledgerAgrees: false }, incidents: [{ kind: 'ledgerMismatch', resolvedAt: null }, { resolvedAt: null }] });
    await minutes(world, 3);
    const { adjustments, differences, compared, incidents } = await look(world);
    expect([adjustments, differences, compared?.ledgerAgrees, incidents.filter((one) => one.kind === 'ledgerMismatch' && one.resolvedAt === null)]).toEqual([[], [], true, []]);
  });

  test('whose trade can never be read holds entries for two hours, not for ever', async () => {
    const world = await holding();
    const unread: Partial<Venue> = { fillsSince: () => Promise.resolve({ kind: 'unavailable', cause: 'venue answered HTTP 400 code -1121: Invalid symbol.' }) };
    byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.003' });
    byHand(world, { side: 'BUY', positionSide: 'LONG', quantity: '0.003' });
    await minutes(world, 119, unread);
    expect((await look(world)).adjustments).toEqual([]);
    await minutes(world, 6, unread);
    const { adjustments, compared } = await look(world);
    expect([adjustments.map(({ kind }) => kind), compared?.ledgerAgrees]).toEqual([['income', 'income'], true]);
  });
});

describe('what the venue never tells a trade of', () => {
  const untold: Partial<Venue> = { fillsSince: () => Promise.resolve({ kind: 'found', value: [], asOf: 0 }) };

  test('refuses entries for as long as it stands, also while it cannot be compared anew', async () => {
    const world = await holding();
    byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.003' });
    await minutes(world, 3, untold);
    await minutes(world, 2, { ...untold, incomeSince: () => Promise.resolve({ kind: 'unavailable', cause: 'no answer' }) });
    await work(world, anIntent({ createdAt: world.time.now() }));
    const { intents } = await look(world);
    expect(intents.flatMap(({ vetoes }) => vetoes.map(({ code }) => code))).toContain('ledger_mismatch');
  });

  test('is set to its own figure after a quarter of an hour, not before, under a record that shows both', async () => {
    const world = await holding();
    byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.003' });
    await minutes(world, 14, untold);
    expect(await look(world)).toMatchObject({ adjustments: [], positions: [{ qty: '0.008' }], compared: { ledgerAgrees: false }, incidents: [{ kind: 'ledgerMismatch', resolvedAt: null }, {}, {}] });
    await minutes(world, 6, untold);
    const { adjustments, positions, risk, trades, compared, incidents, reconciliations } = await look(world);
    expect(adjustments.find((entry) => entry.kind === 'position')).toMatchObject({ ours: 'quantity 0.008', venues: 'quantity 0.005', brokenOff: { feesUsd: '0.14000012' } });
    expect(positions).toMatchObject([{ qty: '0.005', stray: { feesUsd: '0.14000012' } }]);
    expect(risk.exposures['BTCUSDT-long']).toMatchObject({ qty: '0.005' });
    expect([trades, compared?.ledgerAgrees, compared?.disagreements]).toEqual([[], true, []]);
    expect([...incidents, ...reconciliations].every((record) => record.resolvedAt !== null)).toBe(true);
  });

  test('and tells after all is not counted again: its fee is, and the sums follow', async () => {
    const world = await holding();
    byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.003' });
    await minutes(world, 20, untold);
    byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.001' });
    await minutes(world, 30);
    const { positions, fills, compared } = await look(world);
    expect([positions[0]?.qty, fills.filter((fill) => fill.intentId === null).length, compared?.ledgerAgrees]).toEqual(['0.004', 2, true]);
  });

  test('a position that was there before us is taken over as the venue has it', async () => {
    const world = new World();
    byHand(world, { side: 'BUY', positionSide: 'LONG', quantity: '0.01' });
    await world.time.runUntil(START + MINUTE);
    await minutes(world, 20);
    const { positions, adjustments, compared } = await look(world);
    expect(positions).toMatchObject([{ qty: '0.01', averageEntryPrice: '50000.1', strategy: null }]);
    expect([adjustments.length, compared?.ledgerAgrees]).toEqual([1, true]);
  });
});

describe('funding', () => {
  test('belongs to the position it was paid for, and to its trade when it is told of after the close', async () => {
    const world = await holding();
    pay(world, '0.0001');
    const before: Partial<Venue> = { incomeSince: () => Promise.resolve({ kind: 'found', value: [], asOf: 0 }) };
    await minutes(world, 1, before);
    await work(world, anExit({ createdAt: world.time.now() }));
    await minutes(world, 4);
    const { trades, income, differences } = await look(world);
    expect(trades).toMatchObject([{ fundingUsd: '-0.04', closedBy: 'intent' }]);
    expect([income?.fundingUsd, income?.unassignedFundingUsd, differences]).toEqual(['-0.04', '0', []]);
  });

  test('of two legs is shared so that long pays what short receives', async () => {
    const world = await holding();
    byHand(world, { side: 'SELL', positionSide: 'SHORT', quantity: '0.002' });
    await minutes(world, 2);
    pay(world, '0.0001');
    await minutes(world, 2);
    const { positions, differences } = await look(world);
    expect(positions.map((position) => [position.positionSide, position.roundTrip?.fundingUsd])).toEqual([['long', '-0.04'], ['short', '0.01']]);
    expect(differences).toEqual([]);
  });
});

describe('attribution', () => {
  test('and what happened without an intent add up to the venue\'s income, to the last digit', async () => {
    const world = await holding();
    await plant(world.store, anIntent({ createdAt: world.time.now() + 1, qty: '9', positionSide: 'short', side: 'sell' }));
    byHand(world, { side: 'SELL', positionSide: 'LONG', quantity: '0.003' });
    await minutes(world, 3);
    pay(world, '0.0001');
    await work(world, anExit({ createdAt: world.time.now(), qty: '0.005' }));
    await minutes(world, 4);
    const { attribution, intents, fills, income, positions } = await look(world);
    expect(attribution.map((record) => record.intentId).toSorted()).toEqual(intents.map((intent) => intent.intentId).toSorted());
    const others = fills.filter((fill) => fill.intentId === null);
    const of = (pick: 'feesUsd' | 'realizedPnlUsd', fill: 'feeUsd' | 'realizedPnlUsd'): Decimal => sum([...attribution.map((record) => decimal(record[pick])), ...others.map((record) => decimal(record[fill]))]);
    expect(text(of('feesUsd', 'feeUsd').neg())).toBe(income?.commissionUsd);
    // One lot at one average price: first in first out and the venue's average entry realise the same.
    expect(text(of('realizedPnlUsd', 'realizedPnlUsd'))).toBe(text(sum(positions.map((position) => decimal(position.realizedPnlUsd)))));
    expect(text(sum(positions.map((position) => decimal(position.venueRealizedPnlUsd))))).toBe(income?.realizedPnlUsd);
  });
});

describe('a deposit', () => {
  test('whose row comes minutes after its money leaves no drawdown and no profit behind', async () => {
    const world = await begin();
    world.exchange.execute('transfer', { asset: 'USDT', amount: '1000' }, world.time.now());
    await minutes(world, 2, { incomeSince: () => Promise.resolve({ kind: 'found', value: [], asOf: 0 }) });
    const nav = async () => (await world.store.get({ nav: { collection: NAV_STATE, id: NAV_STATE_ID } })).nav;
    expect(await nav()).toMatchObject({ navUsd: '11000', highWaterMarkUsd: '10000' });
    await minutes(world, 1);
    expect(await nav()).toMatchObject({ navUsd: '11000', highWaterMarkUsd: '11000', drawdownPct: '0', dayLossPct: '0', wallet: { difference: null } });
    expect(world.time.now()).toBeGreaterThan(ENTRY_AT);
  });

  test('makes good no loss of the day: entries stay refused when its money shows, and when its row has come', async () => {
    const config = testConfig(set('risk.json', ['dailyLossLimitPct'], 0.1), set('risk.json', ['cooldownSeconds'], 0));
    const world = await holding(begin({ config }));
    pay(world, '0.05');
    await minutes(world, 1);
    expect(await refusedEntry(world)).toEqual(['day_loss_limit']);
    world.exchange.execute('transfer', { asset: 'USDT', amount: '1000' }, world.time.now());
    const withoutRow = { incomeSince: async (sinceAt: number) => withoutTransfers(await world.venue.incomeSince(sinceAt)) };
    for (const seen of [withoutRow, withoutRow, {}]) {
      await minutes(world, 1, seen);
      expect(await refusedEntry(world)).toEqual(['day_loss_limit']);
    }
    const { nav } = await world.store.get({ nav: { collection: NAV_STATE, id: NAV_STATE_ID } });
    expect(nav).toMatchObject({ health: 'ok', unexplainedUsd: '0', dayOpenNavUsd: '11000', wallet: { difference: null } });
  });
});
