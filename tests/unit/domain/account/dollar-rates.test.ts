import { describe, expect, it } from 'vitest';
import { dollarRate, dollarRates } from '../../../../functions/src/domain/account/dollar-rates.ts';
import { text } from '../../../../functions/src/domain/money/decimal.ts';
import { price } from '../../../../functions/src/domain/money/units.ts';
import { aMark } from '../risk/scenario.ts';

const MARKS = [aMark({ symbol: 'BNBUSDT', indexPrice: price('600.5'), markPrice: price('601') }), aMark({ symbol: 'BNBUSDC', indexPrice: price('1') })];

describe('dollarRate', () => {
  it.each(['USDT', 'USDC', 'FDUSD', 'USD1', 'BFUSD'])('takes %s as a dollar', (asset) => {
    expect(dollarRate(asset, [])?.eq('1')).toBe(true);
  });

  it('values another asset at the index price of its USDT perpetual', () => {
    expect(dollarRate('BNB', MARKS)?.eq('600.5')).toBe(true);
  });

  it('does not know an asset without one', () => {
    expect(dollarRate('XYZ', MARKS)).toBeNull();
  });
});

describe('dollarRates', () => {
  it('gives every asset its rate', () => {
    const found = dollarRates(['USDT', 'BNB'], MARKS);
    expect(found.kind === 'rates' && [...found.rates].map(([asset, rate]) => [asset, text(rate)])).toEqual([['USDT', '1'], ['BNB', '600.5']]);
  });

  it('names the first asset that has none instead of leaving it out', () => {
    expect(dollarRates(['USDT', 'XYZ', 'BNB'], MARKS)).toEqual({ kind: 'unknown', asset: 'XYZ' });
  });
});
