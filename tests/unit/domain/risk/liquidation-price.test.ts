import { describe, expect, it } from 'vitest';
import { viewPosition } from '../../../../functions/src/domain/matching/position-view.ts';
import { livePositions } from '../../../../functions/src/domain/matching/position-book.ts';
import { decimal, decimalOfInteger, divide, round, text } from '../../../../functions/src/domain/money/decimal.ts';
import { liquidationPrice } from '../../../../functions/src/domain/risk/liquidation-price.ts';
import type { LeveragedPosition } from '../../../../functions/src/domain/risk/liquidation-price.ts';
import type { PositionSide } from '../../../../functions/src/schema/scalars.ts';
import { market, must, T0, testExchange } from '../matching/exchange-builder.ts';

function ofTexts(of: { side?: PositionSide; qty: string; entry: string; balance: string; others?: string; ratio: string; cum: string }): LeveragedPosition {
  return {
    positionSide: of.side ?? 'long',
    qty: decimal(of.qty),
    cost: decimal(of.qty).times(of.entry),
    balance: decimal(of.balance),
    othersMaintenance: decimal(of.others ?? '0'),
    tier: { ratio: decimal(of.ratio), cum: decimal(of.cum) },
  };
}

const cents = (of: LeveragedPosition): string | null => {
  const price = liquidationPrice(of);
  return price === null ? null : text(round(price, 2, 'half-even'));
};

describe('liquidationPrice', () => {
  // Binance's own example, two cross positions on a wallet of 1,535,443.01: the balance is the wallet with the other's profit.
  it.each([
    ['ETHUSDT', { qty: '3683.979', entry: '1456.84', balance: text(decimal('1535443.01').minus('56354.57')), others: '71200.81144', ratio: '0.10', cum: '135365' }, '1153.26'],
    ['BTCUSDT', { qty: '109.488', entry: '32481.98', balance: text(decimal('1535443.01').minus('448192.89')), others: '356512.508', ratio: '0.025', cum: '16300' }, '26316.89'],
  ] as const)("is the venue's own figure for the %s of its worked example", (_symbol, of, expected) => {
    expect(cents(ofTexts(of))).toBe(expected);
  });

  it.each([
    ['an isolated long, where the margin less maintenance is lost', { qty: '1', entry: '100', balance: '10', ratio: '0.005', cum: '0' }, '90.45'],
    ['an isolated short', { side: 'short', qty: '1', entry: '100', balance: '10', ratio: '0.005', cum: '0' }, '109.45'],
    ['a long that the balance covers down to nothing', { qty: '1', entry: '100', balance: '100', ratio: '0.005', cum: '0' }, null],
    ['a long whose balance is gone, above its entry', { qty: '1', entry: '100', balance: '-5', ratio: '0.005', cum: '0' }, '105.53'],
    ['a short whose balance is gone, below its entry', { side: 'short', qty: '1', entry: '100', balance: '-5', ratio: '0.005', cum: '0' }, '94.53'],
    ['one whose margin others need', { qty: '1', entry: '100', balance: '10', others: '5', ratio: '0.005', cum: '0' }, '95.48'],
  ] as const)('is right for %s', (_title, of, expected) => {
    expect(cents(ofTexts(of))).toBe(expected);
  });

  it.each([
    ['long', 'BUY', 'CROSSED'],
    ['short', 'SELL', 'CROSSED'],
    ['long', 'BUY', 'ISOLATED'],
    ['short', 'SELL', 'ISOLATED'],
  ] as const)('is what the exchange shows for a %s (%s, %s)', (positionSide, side, marginType) => {
    const { exchange } = testExchange({ fees: { maker: '0', taker: '0' } });
    if (marginType === 'ISOLATED') must(exchange.execute('setMarginType', { symbol: 'BTCUSDT', marginType }, T0));
    must(exchange.execute('setLeverage', { symbol: 'BTCUSDT', leverage: 5 }, T0));
    must(exchange.execute('placeOrder', market({ side, positionSide: positionSide === 'long' ? 'LONG' : 'SHORT', quantity: '0.9' }), T0));
    const [position] = livePositions(exchange.state);
    if (position === undefined) throw new Error('nothing was opened');
    const view = viewPosition(exchange.state, position);
    const cost = decimal('0.9').times(view.entryPrice);
    const price = liquidationPrice({
      positionSide,
      qty: decimal('0.9'),
      cost,
      balance: marginType === 'CROSSED' ? decimal('10000') : divide(cost, decimalOfInteger(5), 8, 'up'),
      othersMaintenance: decimal('0'),
      tier: { ratio: decimal('0.004'), cum: decimal('0') },
    });
    expect(price === null ? null : text(round(price, 6, 'half-even'))).toBe(text(round(decimal(view.liquidationPrice), 6, 'half-even')));
  });
});
