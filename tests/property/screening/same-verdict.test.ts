/** The screener only advises; what it lets through, the executor lets through on the same records, and what it vetoes is vetoed for the same reasons. */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { proposedOrder } from '../../../functions/src/domain/intent/proposed-order-of.ts';
import { toRecord } from '../../../functions/src/domain/market/instrument-record.ts';
import { buildGateInput } from '../../../functions/src/domain/risk/build-gate-input.ts';
import { buildSnapshot } from '../../../functions/src/domain/risk/build-snapshot.ts';
import type { SnapshotSource } from '../../../functions/src/domain/risk/build-snapshot.ts';
import { evaluateGate } from '../../../functions/src/domain/risk/gate.ts';
import type { DecisionSource } from '../../../functions/src/domain/screening/decision-source.ts';
import { decideAll, seriesKey } from '../../../functions/src/domain/screening/decide.ts';
import type { Veto } from '../../../functions/src/domain/risk/veto.ts';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import { aMark, anInstrument, aNav, aPositionsState, aQuote, aRiskState, aVenueSettings, BRACKETS, DEFAULT_LIMITS, limitsOf, NOW } from '../../unit/domain/risk/scenario.ts';
import { configured } from '../../unit/domain/screening-strategies/configured.ts';
import { candlesOf } from '../../unit/domain/screening-strategies/series.ts';
import { account, nav, positionSide, riskLimits } from '../risk/arbitraries.ts';

/** What holds an entry without a word about its size. */
const held = fc.record(
  {
    writeGate: fc.constantFrom('open' as const, 'closed' as const),
    positions: fc.constantFrom(null, aPositionsState({ health: 'unavailable' }), aPositionsState({ ledgerAgrees: false })),
    risk: fc.record({ errorsAt: fc.array(fc.constant(NOW - 1000), { maxLength: 6 }), attemptsAt: fc.array(fc.constant(NOW - 1000), { maxLength: 7 }), disabledUntilAtBySymbol: fc.constantFrom<Record<string, number>>({}, { BTCUSDT: NOW + 1 }) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

const CANDLES = candlesOf(Array.from({ length: 10 }, () => 100));

it('screener and executor agree on every random state', () => {
  const seen = { intent: 0, vetoed: 0 };
  fc.assert(
    fc.property(account, nav, fc.option(riskLimits), positionSide, held, (risk, someNav, limits, side, stops) => {
      const source: DecisionSource = {
        asOf: NOW,
        limits: limitsOf(limits === null ? {} : { risk: limits }),
        markets: { positionMode: 'hedge' as const, instruments: [toRecord(anInstrument())], brackets: BRACKETS, fetchedAt: NOW },
        quotes: { kind: 'found' as const, value: [aQuote()], asOf: NOW },
        marks: { kind: 'found' as const, value: [aMark()], asOf: NOW },
        books: { kind: 'unavailable' as const, cause: 'not read' },
        nav: aNav(someNav),
        positions: aPositionsState(),
        venueSettings: aVenueSettings(DEFAULT_LIMITS, { valueAt: NOW }),
        risk: aRiskState(risk),
        control: null,
        toggles: null,
        venueBudget: null,
        writeGate: 'open' as const,
        rules: null,
      };
      const strategy = configured('always_on', { params: { side } });
      const screened = (at: DecisionSource) => decideAll([{ strategy, symbol: 'BTCUSDT', closeAt: NOW, entryBar: null }], new Map([[seriesKey(strategy.timeframe, 'BTCUSDT'), CANDLES]]), at, 'tick');
      const { intents } = screened(source);
      seen.intent += intents.length;
      const stopped = { ...source, ...stops, risk: { ...source.risk, ...stops.risk } };
      // The same size, and something in its way that sizing does not know of.
      const [again] = screened(stopped).decisions;
      if (intents.length > 0 && (again?.vetoes.length ?? 0) > 0) seen.vetoed += 1;
      for (const intent of intents) {
        expect(judgedByExecutor(source, intent)).toEqual([]);
        expect(judgedByExecutor(stopped, intent)).toEqual(again?.vetoes);
      }
    }),
    { numRuns: 600 },
  );
  expect([seen.intent > 20, seen.vetoed > 20]).toEqual([true, true]);
});

/** As `execute` judges an intent it has read. */
function judgedByExecutor(source: SnapshotSource, intent: IntentRecord): readonly Veto[] {
  const snapshot = buildSnapshot(source, intent.symbol, false);
  return evaluateGate(buildGateInput(snapshot, proposedOrder(intent, snapshot.quote))).vetoes;
}
