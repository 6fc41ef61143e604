import { describe, expect, it } from 'vitest';
import { doctor } from '../../../functions/src/cli/doctor.ts';
import type { DoctorParts } from '../../../functions/src/cli/doctor.ts';
import { parseEnvironment } from '../../../functions/src/config/environment.ts';
import { parseConfigFiles } from '../../../functions/src/config/load-config.ts';
import { MARKETS } from '../../../functions/src/schema/records/market-metadata.ts';
import { NAV_STATE, NAV_STATE_ID } from '../../../functions/src/schema/records/nav-state.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../../functions/src/schema/records/risk-state.ts';
import { edited, set, shippedFiles } from '../config/config-files.ts';
import { VENUE_SETTINGS, VENUE_SETTINGS_ID } from '../../../functions/src/schema/records/venue-settings.ts';
import { aNav, aRiskState, aVenueSettings, holding } from '../domain/risk/scenario.ts';
import { PLACE, anInspection } from './inspection.ts';
import { theMarkets } from './records.ts';

const { inspection: EMPTY } = anInspection(set('risk.json', ['referenceNavUsd'], 20_000));

const askedDoctor = (parts: Partial<DoctorParts> = {}) =>
  doctor({ config: parseConfigFiles(shippedFiles), environment: () => parseEnvironment({}), inspect: () => Promise.resolve(EMPTY), ...parts }, () => PLACE);

describe('the doctor', () => {
  it('tells every fault of files and environment at once, and asks no store', async () => {
    const config = parseConfigFiles(edited(set('risk.json', ['maxTradeNavPct'], 0.1), set('router.json', ['pollSeconds'], 'five')));
    const answer = await askedDoctor({ config, environment: () => parseEnvironment({ TRADING_ENV: 'live' }), inspect: () => Promise.reject(new Error('asked')) });
    expect(answer.exitCode).toBe(2);
    expect(answer.lines[0]).toBe('3 faults in the settings');
    expect(answer.lines.slice(1)).toEqual([
      expect.stringMatching(/^risk\.json:\d+:\d+ maxTradeNavPct: 0\.1 is refused; allowed: /),
      expect.stringMatching(/^router\.json:\d+:\d+ pollSeconds: "five" is refused; allowed: /),
      expect.stringMatching(/^environment TRADING_ENV: "live" is refused; allowed: paper, testnet, prod/),
    ]);
  });

  it('tells each setting in force and the line it comes from, defaults included', async () => {
    const { lines, exitCode } = await askedDoctor();
    expect(exitCode).toBe(0);
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}risk\.json:referenceNavUsd +10000 +risk\.json:2$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}risk\.json:perSymbol\.BTCUSDT\.maxLeverage +null +default$/));
  });

  it('counts with the reference NAV, and says why, while the account’s is not known', async () => {
    const { lines, json } = await askedDoctor();
    expect(lines).toContain('orders possible at a NAV of 20000.00 USD, the reference of risk.json (the account\'s NAV: never read)');
    expect(json).toMatchObject({ faults: [], nav: { source: 'reference', usd: '20000' } });
  });

  it('counts with the NAV, the rules and the prices of the account once they are known', async () => {
    const { inspection, store } = anInspection(set('risk.json', ['maxTradeNavPct'], 10));
    await store.commit((writer) => {
      writer.set(NAV_STATE, NAV_STATE_ID, aNav({ navUsd: '5000' }));
      writer.set(RISK_STATE, RISK_STATE_ID, aRiskState(holding([{ markPrice: '64000' }])));
      writer.set(MARKETS, 'binance-usdm', theMarkets());
    });
    const { lines, json } = await askedDoctor({ inspect: () => Promise.resolve(inspection) });
    expect(json).toMatchObject({ nav: { source: 'account', usd: '5000' } });
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}BTCUSDT +possible +128\.00 +risk\.json:perSymbol\.BTCUSDT\.minNotionalUsd +500\.00 +risk\.json:maxTradeNavPct +price 64000$/));
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}ETHUSDT .* settings alone: the venue's rules are not stored yet$/));
  });

  it('shows what is set at the venue and what has to be changed there', async () => {
    const { inspection, store } = anInspection();
    await store.commit((writer) => {
      writer.set(VENUE_SETTINGS, VENUE_SETTINGS_ID, aVenueSettings(inspection.limits, { summary: 'BTCUSDT is oneWay at the venue, runtime.json:venueSettings.positionMode wants hedge', refusals: ['BTCUSDT leverage: no'], account: { canTrade: false, positionMode: 'oneWay', multiAssets: false, clockOffsetMs: 12 } }));
    });
    const { lines } = await askedDoctor({ inspect: () => Promise.resolve(inspection) });
    const start = lines.indexOf('the account at the venue');
    expect(lines.slice(start + 1, start + 7)).toEqual([
      '  BTCUSDT is oneWay at the venue, runtime.json:venueSettings.positionMode wants hedge',
      '  BTCUSDT leverage: no',
      '  orders         the key may not trade',
      '  position mode  oneWay',
      '  assets         single-asset mode',
      '  clock          12 ms ahead of ours',
    ]);
    expect((await askedDoctor()).lines).toContain('the account at the venue: never looked at: the next sync does');
  });

  it('says when not even the smallest order fits', async () => {
    const { inspection, store } = anInspection();
    await store.commit((writer) => writer.set(NAV_STATE, NAV_STATE_ID, aNav({ navUsd: '50' })));
    const { lines } = await askedDoctor({ inspect: () => Promise.resolve(inspection) });
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}BTCUSDT +IMPOSSIBLE /));
  });
});
