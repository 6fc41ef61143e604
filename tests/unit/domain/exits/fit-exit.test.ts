import { describe, expect, it } from 'vitest';
import { fitExit } from '../../../../functions/src/domain/exits/fit-exit.ts';
import { qty } from '../../../../functions/src/domain/money/units.ts';
import { aVenuePosition } from '../../../support/builders/a-venue-position.ts';
import { anExit } from '../../../support/engine/planted-intent.ts';
import { aRiskState, holding } from '../risk/scenario.ts';

const intent = anExit({ createdAt: 1, qty: '0.008', referencePrice: '50000' });
const ledger = aRiskState(holding([{ qty: '0.008' }]));

const others = (intentId: string) => aRiskState(holding([{ qty: '0.008' }], [{ intentId, purpose: 'close', side: 'sell', qty: '0.006' }]));

describe('fitExit', () => {
  it('leaves an exit that fits as it is', () => {
    expect(fitExit(intent, ledger, [aVenuePosition({ qty: qty('0.008') })], 9).intent).toBe(intent);
    expect(fitExit(intent, ledger, [aVenuePosition({ qty: qty('1') })], 9).intent).toBe(intent);
  });

  it('shrinks one that asks for more than the venue holds and records the clamp', () => {
    const fitted = fitExit(intent, ledger, [aVenuePosition({ qty: qty('0.005') })], 9).intent;
    expect(fitted.qty).toBe('0.005');
    expect(fitted.sizing).toMatchObject({ finalUsd: '250', clamps: [{ name: 'held_at_venue', beforeUsd: '400', afterUsd: '250' }] });
  });

  it('leaves room for other exits under way, and for its own reservation none', () => {
    const held = [aVenuePosition({ qty: qty('0.008') })];
    expect(fitExit(intent, others('other'), held, 9).intent.qty).toBe('0.002');
    expect(fitExit(intent, others(intent.intentId), held, 9).intent.qty).toBe('0.008');
  });

  it('shows the gate what the venue holds: more, less, or a position our ledger does not know', () => {
    const seen = (risk: typeof ledger, held: Parameters<typeof fitExit>[2]) => fitExit(intent, risk, held, 9).risk.exposures['BTCUSDT-long']?.qty;
    expect(seen(ledger, [aVenuePosition({ qty: qty('0.005') })])).toBe('0.005');
    expect(seen(aRiskState(), [aVenuePosition({ qty: qty('0.005') })])).toBe('0.005');
    expect(seen(ledger, [])).toBeUndefined();
    expect(seen(ledger, [aVenuePosition({ positionSide: 'short' })])).toBeUndefined();
  });

  it('leaves an exit with nothing left to close for the gate to refuse', () => {
    expect(fitExit(intent, ledger, [], 9).intent).toBe(intent);
  });
});
