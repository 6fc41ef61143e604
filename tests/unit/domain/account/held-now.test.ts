import { describe, expect, it } from 'vitest';
import { heldNow } from '../../../../functions/src/domain/account/held-now.ts';
import { text } from '../../../../functions/src/domain/money/decimal.ts';
import { aVenuePosition } from '../../../support/builders/an-account.ts';
import { NOW, aRiskState, holding } from '../risk/scenario.ts';

const seen = (agoMs: number, held: readonly string[]): readonly string[] => {
  const risk = aRiskState({ ...holding([{ qty: '2' }]), lastFillAtBySymbol: { BTCUSDT: NOW - agoMs } });
  return heldNow(risk, held.map((qty) => aVenuePosition({ qty })), NOW).map((position) => text(position.qty));
};

describe('heldNow', () => {
  it.each([
    ['nothing yet', []],
    ['less', ['1.5']],
  ])('goes by our ledger for ten seconds after its fill while the venue tells %s', (_title, held) => {
    expect(seen(9999, held)).toEqual(['2']);
    expect(seen(10_000, held)).toEqual(held);
  });

  it('goes by the venue where it holds more', () => {
    expect(seen(0, ['3'])).toEqual(['3']);
  });

  it('goes by the venue for a position that our ledger does not know', () => {
    expect(heldNow(aRiskState(), [aVenuePosition({ qty: '3' })], NOW).map(({ qty }) => text(qty))).toEqual(['3']);
  });
});
