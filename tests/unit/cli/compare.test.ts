import { describe, expect, it } from 'vitest';
import { compare } from '../../../functions/src/cli/compare.ts';
import { counterfactual } from '../../../functions/src/cli/counterfactual.ts';
import { parseCommandLine } from '../../../functions/src/cli/command-line.ts';
import type { Inspection } from '../../../functions/src/compose/start-inspection.ts';
import { parseEnvironment } from '../../../functions/src/config/environment.ts';
import { ATTRIBUTION } from '../../../functions/src/schema/records/attribution.ts';
import { SHADOW } from '../../../functions/src/schema/records/shadow.ts';
import type { ShadowJudgement, ShadowPair } from '../../../functions/src/schema/records/shadow.ts';
import { TICKS } from '../../../functions/src/schema/records/tick.ts';
import { candlesOf } from '../../support/builders/a-strategy.ts';
import { aPolicy } from '../../support/builders/a-policy.ts';
import { anEndedAttempt } from '../../support/builders/an-intent.ts';
import { NOW } from '../domain/risk/scenario.ts';
import { PLACE, anInspection } from './inspection.ts';
import { aDecision, aSignal, aSizing, aTick, aVeto, anAttribution } from './records.ts';

const PAPER = parseEnvironment({ FIRESTORE_EMULATOR_HOST: '127.0.0.1:1' });
const LOCAL = parseEnvironment({ VENUE_BASE_URL: 'http://127.0.0.1:1' });
const FIVE_MINUTES = 300_000;

const aPair = (changes: Partial<ShadowPair> = {}): ShadowPair => {
  const ordered: ShadowJudgement = { outcome: 'intent', reason: null, codes: [], notionalUsd: '1000' };
  return { intentId: 'mine', symbol: 'BTCUSDT', strategy: 'zscore-5m', positionSide: 'long', action: 'enter', live: ordered, riskEngine: ordered, pipeline: { ...ordered, notionalUsd: '500' }, halfSpreadBps: 1, route: { leg: 'taker', offsetBps: 0 }, ...changes };
};

describe('portcullis compare', () => {
  it('tells what was recorded of both, the size and slippage of orders that ended among it', async () => {
    const { inspection, store } = anInspection();
    const refused: ShadowJudgement = { outcome: 'vetoed', reason: 'tier_cap', codes: ['tier_cap'], notionalUsd: '1000' };
    await store.commit((writer) => {
      writer.set(SHADOW, 't1', { summary: '', tickId: 't1', shadowConfigHash: 'beef', pairs: [aPair(), aPair({ intentId: 'other', riskEngine: refused, pipeline: refused })], decidedAt: NOW - 60_000, expireAt: NOW + 1 });
      writer.set(ATTRIBUTION, 'mine', anAttribution({ policy: aPolicy({ offsetBps: 0 }), attempts: [anEndedAttempt({ leg: 'maker' })] }));
    });
    const { json, lines } = await compare(inspection, PLACE);
    expect(json).toMatchObject({ ticks: 1, shadowConfigHash: 'beef', pipeline: { samples: 2, mismatchPct: 50, sizeDeltaPct: { mean: -50 }, slippageDeltaBps: { samples: 1, mean: 2 } } });
    expect(lines.map((line) => line.trim())).toEqual([
      'shadow against live in the test store, seen 2026-01-15T12:00:00Z',
      '1 ticks with a signal since 2026-01-15T11:59:00Z (1 min ago); shadow config beef',
      '',
      'signals  judged otherwise  live alone  shadow alone     size, mean  slippage, mean',
      'risk engine        2            50.0 %           1             0    0.00 % of 1               -',
      'pipeline           2            50.0 %           1             0  -50.00 % of 1  +2.00 bps of 1',
      '',
      'refused by the shadow alone',
      'code      risk engine  pipeline',
      'tier_cap            1         1',
      '',
      'warm-up',
      'risk engine: 2 of the 200 samples of intel.json:minSamples',
      'pipeline: 2 of the 200 samples of intel.json:minSamples',
    ]);
  });

  it('says what to do while nothing is recorded', async () => {
    const { lines } = await compare(anInspection().inspection, PLACE);
    expect(lines.at(-1)).toMatch(/nothing is recorded: put the values to try into config\/shadow/);
  });

  it('takes --from with --counterfactual alone', () => {
    expect(parseCommandLine(['compare', '--counterfactual', '--from', '2026-01-15']).command).toEqual({ verb: 'compare', counterfactual: true, from: Date.UTC(2026, 0, 15) });
    expect(() => parseCommandLine(['compare', '--from', '2026-01-15'])).toThrow('--from of compare belongs to --counterfactual; say both, or neither');
  });
});

/** Refused by the screener at 11:50, by the executor at 11:40, and a signal that nothing refused. */
async function withRefusals() {
  const made = anInspection();
  const signal = aSignal({ candleCloseAt: NOW - 2 * FIVE_MINUTES });
  await made.store.commit((writer) => {
    writer.set(TICKS, 't1', aTick({ tickId: 't1', startedAt: NOW - 2 * FIVE_MINUTES, decisions: [aDecision({ outcome: 'vetoed', positionSide: 'long', signal, sizing: aSizing(), vetoes: [aVeto()] }), aDecision()] }));
    writer.set(ATTRIBUTION, 'late', anAttribution({ intentId: 'late', symbol: 'ETHUSDT', positionSide: 'short', outcome: 'vetoed', signal: aSignal({ candleCloseAt: NOW - 4 * FIVE_MINUTES }), sizing: aSizing(), vetoes: [aVeto({ code: 'wide_spread' })] }));
  });
  return made.inspection;
}

const unread = () => Promise.resolve({ kind: 'unavailable', cause: 'not asked' } as const);

const candles: Awaited<ReturnType<Inspection['openVenue']>>['candles'] = (symbols, timeframe) =>
  Promise.resolve({ kind: 'found', asOf: NOW, value: symbols.map((symbol) => ({ symbol, timeframe, candles: candlesOf([100, 100, 100, 101, 102], NOW) })) });

const onMarket = (inspection: Inspection): Inspection => ({ ...inspection, openVenue: () => Promise.resolve({ quotes: unread, marks: unread, books: unread, candles }) });

describe('portcullis compare --counterfactual', () => {
  it('follows what the screener and the executor refused', async () => {
    const { json, lines } = await counterfactual(onMarket(await withRefusals()), PLACE, null, LOCAL, {});
    expect(json).toMatchObject({ refused: 2, repeats: 0, unknown: 0, problem: null, byCode: [{ code: 'tier_cap', trades: 1 }, { code: 'wide_spread', trades: 1 }] });
    expect(lines[1]).toBe('2 refusals: 2 trades followed, 0 of a trade followed already, 0 that cannot be followed');
    expect(lines.find((line) => line.startsWith('tier_cap'))).toBe('tier_cap          1         18.99      1         18.99');
    expect(lines.at(-1)).toMatch(/^Assumed: entered at the close of the signal's candle/);
  });

  it('says why nothing can be followed where there is no market to ask', async () => {
    const { json, lines } = await counterfactual(await withRefusals(), PLACE, null, PAPER, null);
    expect(json).toMatchObject({ refused: 2, unknown: 2, followed: [] });
    expect(lines[2]).toBe('no simulated exchange is running here (VENUE_BASE_URL is not set), so there are no candles to follow');
  });

  it('looks no further back than it is told', async () => {
    const { json } = await counterfactual(await withRefusals(), PLACE, NOW - FIVE_MINUTES, PAPER, null);
    expect(json).toMatchObject({ refused: 1 });
  });

  it('asks no market when nothing was refused', async () => {
    const { json } = await counterfactual(anInspection().inspection, PLACE, null, LOCAL, {});
    expect(json).toMatchObject({ refused: 0, problem: null });
  });
});
