import { describe, expect, it } from 'vitest';
import { probe } from '../../../functions/src/cli/probe.ts';
import { probeLines } from '../../../functions/src/cli/probe-lines.ts';
import { readProbe } from '../../../functions/src/cli/read-probe.ts';
import type { ProbeMarket, ProbeRequest } from '../../../functions/src/cli/read-probe.ts';
import { parseEnvironment } from '../../../functions/src/config/environment.ts';
import { MARKETS } from '../../../functions/src/schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { ORDERS } from '../../../functions/src/schema/records/order.ts';
import { POSITIONS_STATE, POSITIONS_STATE_ID } from '../../../functions/src/schema/records/positions-state.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../../functions/src/schema/records/risk-state.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../../functions/src/schema/records/trading-control.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../../functions/src/schema/records/venue-settings.ts';
import { anOrderRecord } from '../../support/builders/an-order-record.ts';
import { set } from '../config/config-files.ts';
import { NOW, aMark, aNav, aPositionsState, aQuote, aRiskState, aVenueSettings, holding } from '../domain/risk/scenario.ts';
import { PLACE, anInspection } from './inspection.ts';
import { theMarkets } from './records.ts';

const OPEN_MARKET: ProbeMarket = {
  quotes: { kind: 'found', value: [aQuote()], asOf: NOW },
  marks: { kind: 'found', value: [aMark()], asOf: NOW },
  books: { kind: 'unavailable', cause: 'not read' },
};
const NO_MARKET: ProbeMarket = { quotes: { kind: 'unavailable', cause: 'nobody there' }, marks: { kind: 'unavailable', cause: 'nobody there' }, books: { kind: 'unavailable', cause: 'nobody there' } };

const aRequest = (changes: Partial<ProbeRequest> = {}): ProbeRequest => ({ symbol: 'BTCUSDT', positionSide: 'long', notional: '250', price: null, leverage: 3, ...changes });

/** A healthy account of 10,000 dollars without positions. */
async function anAccount() {
  const world = anInspection(set('risk.json', ['perSymbol', 'BTCUSDT', 'minNotionalUsd'], 100), set('risk.json', ['maxTradeNavPct'], 10));
  await world.store.commit((writer) => {
    writer.set(NAV_STATE, NAV_STATE_ID, aNav());
    writer.set(POSITIONS_STATE, POSITIONS_STATE_ID, aPositionsState());
    writer.set(RISK_STATE, RISK_STATE_ID, aRiskState());
    writer.set(MARKETS, 'binance-usdm', theMarkets());
    writer.set(VENUE_SETTINGS, VENUE_SETTINGS_ID, aVenueSettings(world.inspection.limits));
  });
  return world;
}

describe('a probe', () => {
  it('is approved where an order of the screener would be, at the side of the quote it would take', async () => {
    const { inspection } = await anAccount();
    const view = await readProbe(inspection, PLACE, aRequest(), OPEN_MARKET);
    expect(view.verdict).toEqual({ approved: true, vetoes: [] });
    expect(view.order).toMatchObject({ side: 'buy', purpose: 'open', qty: '2.499', price: '100.01' });
    expect(view.priceSource).toBe('ask of the venue');
    expect(probeLines(view)).toContainEqual(expect.stringMatching(/^verdict +APPROVED/));
  });

  it('of a short sells at the bid', async () => {
    const { inspection } = await anAccount();
    const view = await readProbe(inspection, PLACE, aRequest({ positionSide: 'short' }), OPEN_MARKET);
    expect(view.order).toMatchObject({ side: 'sell', positionSide: 'short', price: '99.99' });
  });

  it('takes the smallest order when no size is asked for', async () => {
    const { inspection } = await anAccount();
    const view = await readProbe(inspection, PLACE, aRequest({ notional: null }), OPEN_MARKET);
    expect(view.order.qty).toBe('1');
    expect(view.verdict.approved).toBe(true);
  });

  it('shows the whole stack of refusals', async () => {
    const { inspection, store } = await anAccount();
    await store.commit((writer) => writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, { state: 'REDUCING', actor: 'maria', reason: 'test', changedAt: NOW, expiresAt: null }));
    const view = await readProbe(inspection, PLACE, aRequest({ notional: '1200' }), OPEN_MARKET);
    expect(view.verdict.vetoes.map(({ code }) => code)).toEqual(expect.arrayContaining(['trading_reducing', 'trade_gt_max_trade_nav_pct']));
    expect(probeLines(view).join('\n')).toMatch(/trade_gt_max_trade_nav_pct +11\.99\d* +10 +pct +risk\.json:maxTradeNavPct/);
  });

  it('closes at the write gate like any other order', async () => {
    const { inspection } = await anAccount();
    const view = await readProbe({ ...inspection, orderGate: { kind: 'closed', reason: 'test' } }, PLACE, aRequest(), OPEN_MARKET);
    expect(view.verdict.vetoes.map(({ code }) => code)).toEqual(['write_gate_closed']);
  });
});

describe('a probe without a venue', () => {
  it('never passes a last known price off as a market', async () => {
    const { inspection, store } = await anAccount();
    await store.commit((writer) => writer.set(ORDERS, 'one', anOrderRecord({ arrivalMid: '101', armedAt: NOW - 60_000 })));
    const view = await readProbe(inspection, PLACE, aRequest(), NO_MARKET);
    expect(view.priceSource).toBe('last known mid of an order, 2026-01-15T11:59:00Z (1 min ago)');
    expect(view.order.price).toBe('101');
    expect(view.verdict.vetoes.map(({ code }) => code)).toEqual(['market_unavailable']);
    expect(probeLines(view).join('\n')).toContain('market   unavailable: nobody there');
  });

  it('counts with the newest price there is: the mark of a position when that is newer', async () => {
    const { inspection, store } = await anAccount();
    await store.commit((writer) => {
      writer.set(ORDERS, 'one', anOrderRecord({ arrivalMid: '101', armedAt: NOW - 60_000 }));
      writer.set(RISK_STATE, RISK_STATE_ID, aRiskState(holding([{ markPrice: '103', markAt: NOW - 30_000 }])));
    });
    expect((await readProbe(inspection, PLACE, aRequest(), NO_MARKET)).order.price).toBe('103');
  });

  it('takes the price it is given over every other', async () => {
    const { inspection } = await anAccount();
    expect((await readProbe(inspection, PLACE, aRequest({ price: '99' }), OPEN_MARKET)).order.price).toBe('99');
  });

  it('asks for a price when no record holds one', async () => {
    const { inspection } = await anAccount();
    await expect(readProbe(inspection, PLACE, aRequest(), NO_MARKET)).rejects.toThrow('no price of BTCUSDT is known: the venue\'s quote is unavailable (nobody there) and no record holds one; give one with --price');
  });

  it('says so when there are no records at all', async () => {
    await expect(readProbe(anInspection().inspection, PLACE, aRequest(), NO_MARKET)).rejects.toThrow('there are no records in the test store');
  });

  it('of a symbol whose rules the venue never told is refused by the gate, not by an error', async () => {
    const { inspection, store } = await anAccount();
    await store.commit((writer) => writer.delete(MARKETS, 'binance-usdm'));
    const view = await readProbe(inspection, PLACE, aRequest({ price: '100' }), OPEN_MARKET);
    expect(view.verdict.vetoes.map(({ code }) => code)).toContain('not_listed');
  });
});

/** How the market was come by, for people. */
const marketAsked = async (variables: Record<string, string>) => {
  const { inspection } = await anAccount();
  const venue = {
    quotes: () => Promise.resolve(OPEN_MARKET.quotes),
    marks: () => Promise.resolve(OPEN_MARKET.marks),
    books: () => Promise.resolve(OPEN_MARKET.books),
    candles: () => Promise.resolve({ kind: 'unavailable', cause: 'not asked' } as const),
  };
  const command = { verb: 'probe', symbol: 'BTCUSDT', positionSide: 'long', notional: '250', price: '100' } as const;
  const { lines } = await probe({ ...inspection, openVenue: () => Promise.resolve(venue) }, PLACE, command, parseEnvironment(variables));
  return lines.find((line) => line.startsWith('market'));
};

describe('the market of a probe', () => {
  it('is the live one for a project on paper, which takes no key', async () => {
    expect(await marketAsked({ GCLOUD_PROJECT: 'my-project' })).toBe('market   quote and mark of the venue');
  });

  it('is none for the records of a run that has ended', async () => {
    expect(await marketAsked({ FIRESTORE_EMULATOR_HOST: '127.0.0.1:1' })).toContain('unavailable: no simulated exchange is running here');
  });

  it('is not asked with a key that is not there', async () => {
    expect(await marketAsked({ TRADING_ENV: 'testnet', GCLOUD_PROJECT: 'my-project' })).toContain('unavailable: the venue was not asked, as VENUE_CREDENTIALS is not set');
  });
});
