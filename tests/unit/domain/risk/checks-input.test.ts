import { checkTable } from './check-table.ts';
import { holding, NOW } from './scenario.ts';

checkTable('invalid_input', 'value', [
  ['passes a sound order', {}, null],
  ['refuses a zero quantity', { order: { qty: '0' } }, ['0', null, 'order:qty']],
  ['refuses a negative quantity', { order: { qty: '-1' } }, ['-1', null, 'order:qty']],
  ['refuses a quantity that is not a number', { order: { qty: 'NaN' } }, ['NaN', null, 'order:qty']],
  ['refuses an infinite price', { order: { price: 'Infinity' } }, ['Infinity', null, 'order:price']],
  ['refuses a zero price', { order: { price: '0.00' } }, ['0.00', null, 'order:price']],
  ['refuses an empty price', { order: { price: '' } }, ['', null, 'order:price']],
  ['refuses leverage that is not a number', { order: { leverage: Number.NaN } }, ['NaN', null, 'order:leverage']],
  ['refuses zero leverage', { order: { leverage: 0 } }, ['0', null, 'order:leverage']],
  ['refuses infinite leverage', { order: { leverage: Number.POSITIVE_INFINITY } }, ['Infinity', null, 'order:leverage']],
  ['refuses a sell that says it opens a long', { order: { side: 'sell' } }, ['sell', null, 'order:side']],
  ['refuses a buy that says it closes a long', { order: { purpose: 'close' } }, ['buy', null, 'order:side']],
  ['refuses a signal from further in the future than clocks differ', { order: { signalAt: NOW + 2001 } }, [String(NOW + 2001), null, 'order:signalAt']],
  ['passes a signal that is ahead by as much as clocks may differ', { order: { signalAt: NOW + 2000 } }, null],
  ['refuses an expected edge that is not a number', { order: { expectedEdgeBps: Number.NaN } }, ['NaN', null, 'order:expectedEdgeBps']],
  ['refuses a NAV of zero', { nav: { navUsd: '0' } }, ['0', null, 'state/nav:navUsd']],
  ['refuses a negative NAV', { nav: { navUsd: '-5' } }, ['-5', null, 'state/nav:navUsd']],
  ['refuses a NAV that is not a number', { nav: { navUsd: 'NaN' } }, ['NaN', null, 'state/nav:navUsd']],
  ['refuses a high-water mark of zero', { nav: { highWaterMarkUsd: '0' } }, ['0', null, 'state/nav:highWaterMarkUsd']],
  ['refuses an opening NAV of zero', { nav: { dayOpenNavUsd: '0' } }, ['0', null, 'state/nav:dayOpenNavUsd']],
  ['refuses available margin that is not a number', { nav: { availableMarginUsd: '?' } }, ['?', null, 'state/nav:availableMarginUsd']],
  ['leaves leverage and NAV of an exit alone', {
    order: { purpose: 'close', side: 'sell', leverage: Number.NaN, signalAt: NOW + 1, qty: '1' },
    nav: { navUsd: '0' },
    risk: holding([{}]),
  }, null],
]);

checkTable('exceeds_position', 'qty', [
  ['passes a close of the whole position', { order: { purpose: 'close', side: 'sell', qty: '1' }, risk: holding([{}]) }, null],
  ['passes a reduce of a part', { order: { purpose: 'reduce', side: 'sell', qty: '0.4' }, risk: holding([{}]) }, null],
  ['passes a buy that closes a short', { order: { purpose: 'close', side: 'buy', positionSide: 'short', qty: '1' }, risk: holding([{ positionSide: 'short' }]) }, null],
  ['refuses more than the position', { order: { purpose: 'close', side: 'sell', qty: '1.001' }, risk: holding([{}]) }, ['1.001', '1', 'state/risk:exposures.BTCUSDT-long']],
  ['refuses when there is no position', { order: { purpose: 'close', side: 'sell', qty: '1' } }, ['1', '0', 'state/risk:exposures.BTCUSDT-long']],
  ['does not count the other side of the symbol', { order: { purpose: 'close', side: 'sell', qty: '1' }, risk: holding([{ positionSide: 'short' }]) }, ['1', '0', 'state/risk:exposures.BTCUSDT-long']],
  ['takes off what another exit is closing', {
    order: { purpose: 'close', side: 'sell', qty: '1' },
    risk: holding([{}], [{ purpose: 'reduce', side: 'sell', qty: '0.25' }]),
  }, ['1', '0.75', 'state/risk:exposures.BTCUSDT-long']],
  ['does not take off its own reservation', {
    order: { purpose: 'close', side: 'sell', qty: '1' },
    risk: holding([{}], [{ intentId: 'mine', purpose: 'close', side: 'sell', qty: '1' }]),
  }, null],
  ['does not take off an entry under way', {
    order: { purpose: 'close', side: 'sell', qty: '1' },
    risk: holding([{}], [{ purpose: 'increase', qty: '1' }]),
  }, null],
  ['does not look at entries', { order: { qty: '5' } }, null],
]);
