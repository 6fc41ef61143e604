import { describe, expect, it } from 'vitest';
import { checkWallet } from '../../../../functions/src/domain/account/wallet-check.ts';
import type { CheckedWallet } from '../../../../functions/src/domain/account/wallet-check.ts';
import { ONE, decimal, text } from '../../../../functions/src/domain/money/decimal.ts';
import type { Decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { aBalance } from '../../../support/builders/an-account.ts';
import { NOW } from '../risk/scenario.ts';

const MINUTE = 60_000;
const RATES: Readonly<Record<string, Decimal>> = { USDT: ONE, BTC: decimal('50000') };

/** Wallets by asset, one after another, a minute apart, beside the income booked until then. */
function run(...readings: readonly (readonly [wallets: Readonly<Record<string, string>>, income: Readonly<Record<string, string>>, minute?: number])[]): readonly CheckedWallet[] {
  const told: CheckedWallet[] = [];
  for (const [i, [wallets, income, minute = i]] of readings.entries()) {
    const balances = Object.entries(wallets).map(([asset, amount]) => aBalance(asset, amount));
    told.push(checkWallet(told.at(-1)?.check ?? null, balances, income, (asset) => RATES[asset] ?? null, NOW + minute * MINUTE));
  }
  return told;
}

const unexplained = (told: readonly CheckedWallet[]): readonly string[] => told.map((checked) => text(checked.unexplainedUsd));

describe('checkWallet', () => {
  it('finds nothing when balances move by what the rows say, asset by asset', () => {
    const told = run([{ USDT: '1000' }, { USDT: '5' }], [{ USDT: '990', BTC: '0.1' }, { USDT: '-5', BTC: '0.1' }], [{ USDT: '1000' }, { USDT: '5', BTC: '0' }]);
    expect(unexplained(told)).toEqual(['0', '0', '0']);
    expect(told.map((checked) => checked.check.difference)).toEqual([null, null, null]);
  });

  it('sees a payment whose row is still missing, at its rate, until the row comes', () => {
    const told = run([{ USDT: '1000' }, {}], [{ USDT: '1000', BTC: '0.1' }, {}], [{ USDT: '1000', BTC: '0.1' }, { BTC: '0.1' }]);
    expect(unexplained(told)).toEqual(['0', '5000', '0']);
    expect(told[1]?.check).toMatchObject({ difference: '0.1 BTC', sinceAt: NOW + MINUTE });
  });

  it('takes what stays the same for a quarter of an hour as it is: more as a deposit, less as a loss', () => {
    const more = run([{ USDT: '1000' }, {}], [{ USDT: '1200' }, {}, 1], [{ USDT: '1200' }, {}, 15], [{ USDT: '1200' }, {}, 16], [{ USDT: '1200' }, {}, 17]);
    expect(more.map((checked) => text(checked.depositUsd))).toEqual(['0', '0', '0', '200', '0']);
    expect(unexplained(more)).toEqual(['0', '200', '200', '0', '0']);
    expect(more[3]?.problem).toBe('the wallet holds 200 USDT that no income row explains; taken as a deposit');
    const less = run([{ USDT: '1000' }, {}], [{ USDT: '900' }, {}, 1], [{ USDT: '900' }, {}, 16]);
    expect(less.map((checked) => text(checked.depositUsd))).toEqual(['0', '0', '0']);
    expect(less[2]?.problem).toBe('the wallet holds -100 USDT that no income row explains; taken as a loss');
  });

  it('begins to wait anew whenever the difference is another one', () => {
    const told = run([{ USDT: '1000' }, {}], [{ USDT: '1200' }, {}, 1], [{ USDT: '1201' }, {}, 10], [{ USDT: '1201' }, {}, 20]);
    expect(told.map((checked) => checked.problem)).toEqual([null, null, null, null]);
    expect(told[3]?.check.sinceAt).toBe(NOW + 10 * MINUTE);
  });
});
