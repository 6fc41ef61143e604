/** Full gate decisions a second of one core: from records and readings to the verdict, approved and refused in turn. */
import { buildGateInput } from '../../functions/src/domain/risk/build-gate-input.ts';
import { buildSnapshot } from '../../functions/src/domain/risk/build-snapshot.ts';
import type { SnapshotSource } from '../../functions/src/domain/risk/build-snapshot.ts';
import { evaluateGate } from '../../functions/src/domain/risk/gate.ts';
import type { GateVerdict } from '../../functions/src/domain/risk/gate.ts';
import type { ProposedOrder } from '../../functions/src/domain/risk/proposed-order.ts';
import type { Snapshot } from '../../functions/src/domain/risk/snapshot.ts';
import { benchConfig } from './bench-config.ts';
import { besideLoop } from './calibration.ts';
import type { Figure } from './figure.ts';
import { NOW, quietAccount } from './quiet-account.ts';

const SYMBOL = 'BTCUSDT';
const FLOOR_PER_SECOND = 50_000;
const DECISIONS = 10_000;
const HEAVY_VETOES = 9;

interface Case {
  readonly snapshot: Snapshot;
  readonly order: ProposedOrder;
}

export async function measureGate(): Promise<readonly Figure[]> {
  const account = quietAccount(benchConfig([SYMBOL]).config, [SYMBOL]);
  const approved: Case = { snapshot: buildSnapshot(account, SYMBOL, false), order: ORDER };
  const vetoed: Case = { snapshot: buildSnapshot(inTrouble(account), SYMBOL, true), order: { ...ORDER, qty: '5000', price: '120', leverage: 20, signalAt: NOW - 600_000 } };
  const codes = verdictOn(vetoed).vetoes.map(({ code }) => code);
  if (!verdictOn(approved).approved) throw new Error(`the gate refuses the order meant to pass: ${verdictOn(approved).vetoes.map(({ code }) => code).join(', ')}`);
  if (codes.length < HEAVY_VETOES) throw new Error(`the gate has ${codes.length} vetoes for the order meant to have ${HEAVY_VETOES} or more: ${codes.join(', ')}`);
  const { perSecond, perLoop } = decisionsOn([approved, vetoed]);
  const note = `half approved, half with ${codes.length} vetoes`;
  return [
    {
      name: 'gate_decisions_per_s',
      value: perSecond,
      unit: '/s',
      bound: { kind: 'floor', value: FLOOR_PER_SECOND, holds: 'always' },
      comparison: { ratio: perLoop, to: 'a calibration loop' },
      judged: { by: 'ratio', better: 'more' },
      note,
    },
  ];
}

/** Old figures, a stop, a deep fall and a wide market at once. */
function inTrouble(account: SnapshotSource): SnapshotSource {
  if (account.nav === null || account.quotes.kind !== 'found') throw new Error('the account at rest has NAV and quotes');
  const quotes = account.quotes.value.map((quote) => ({ ...quote, at: NOW - 60_000 }));
  return {
    ...account,
    nav: { ...account.nav, drawdownPct: '25', dayLossPct: '12', availableMarginUsd: '100', valueAt: NOW - 900_000 },
    quotes: { ...account.quotes, value: quotes },
    writeGate: 'closed',
  };
}

const ORDER: ProposedOrder = {
  intentId: 'aaaaaaaaaaaaaaaaaaaa',
  symbol: SYMBOL,
  side: 'buy',
  positionSide: 'long',
  purpose: 'open',
  qty: '5',
  price: '100.01',
  leverage: 3,
  strategy: 'zscore-5m',
  signalAt: NOW - 1000,
  expectedEdgeBps: null,
};

const verdictOn = ({ snapshot, order }: Case): GateVerdict => evaluateGate(buildGateInput(snapshot, order));

function decisionsOn(cases: readonly Case[]): { readonly perSecond: number; readonly perLoop: number } {
  const expected = cases.map((one) => verdictOn(one).vetoes.length);
  const { ms, ratio } = besideLoop(() => {
    for (let done = 0; done < DECISIONS; done += cases.length) {
      for (const [index, one] of cases.entries()) {
        if (verdictOn(one).vetoes.length !== expected[index]) throw new Error('the gate gave two verdicts on one order');
      }
    }
  });
  return { perSecond: (DECISIONS / ms) * 1000, perLoop: DECISIONS / ratio };
}
