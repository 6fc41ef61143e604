import { decimal } from '../../../../functions/src/domain/money/decimal.ts';
import { price } from '../../../../functions/src/domain/money/units.ts';
import { checkTable } from './check-table.ts';
import { aMark, aQuote, NOW, RISK } from './scenario.ts';
import { riskConfig } from '../../../../functions/src/schema/config/risk-config.ts';
import type { SymbolLimits } from '../../../../functions/src/schema/config/risk-config.ts';

checkTable('stale_signal', 'seconds', [
  ['passes a signal of exactly the allowed age', { order: { signalAt: NOW - 150_000 } }, null],
  ['refuses an older signal', { order: { signalAt: NOW - 150_001 } }, ['150.001', '150', 'risk.json:maxSignalAgeSeconds']],
  ['passes an order without a signal', { order: { signalAt: null } }, null],
]);

const unknown = { kind: 'unavailable', cause: 'timeout' } as const;
checkTable('market_unavailable', 'seconds', [
  ['passes a fresh quote and mark', {}, null],
  ['refuses without a quote', { snapshot: { quote: unknown } }, [null, null, 'market:quote']],
  ['refuses without a mark', { snapshot: { mark: unknown } }, [null, null, 'market:mark']],
  ['passes a quote of exactly the allowed age', { snapshot: { quote: { kind: 'found', value: aQuote(), asOf: NOW - 10_000 } } }, null],
  ['refuses an older quote', { snapshot: { quote: { kind: 'found', value: aQuote(), asOf: NOW - 10_001 } } }, ['10.001', '10', 'risk.json:maxMarketAgeSeconds']],
  ['refuses an older mark', { snapshot: { mark: { kind: 'found', value: aMark(), asOf: NOW - 10_001 } } }, ['10.001', '10', 'risk.json:maxMarketAgeSeconds']],
  ['refuses a crossed quote', { quote: { bid: price('100.02') } }, [null, null, 'market:quote']],
  ['refuses a bid of zero', { quote: { bid: price('0') } }, [null, null, 'market:quote']],
  ['refuses the quote of another symbol', { quote: { symbol: 'ETHUSDT' } }, [null, null, 'market:quote']],
  ['refuses a mark of zero', { mark: { markPrice: price('0') } }, [null, null, 'market:mark']],
  ['refuses the mark of another symbol', { mark: { symbol: 'ETHUSDT' } }, [null, null, 'market:mark']],
]);

const spread = { risk: { maxSpreadBps: 2 } };
checkTable('wide_spread', 'bps', [
  ['passes a spread equal to the limit', { config: spread }, null],
  ['refuses a wider spread', { config: spread, quote: { ask: price('100.03') } }, ['3.999601', '2', 'risk.json:maxSpreadBps']],
  ['is silent without a quote', { config: spread, snapshot: { quote: unknown } }, null],
]);

checkTable('price_collar', 'bps', [
  ['passes a price at the upper edge', { order: { price: '101' } }, null],
  ['refuses a price above it', { order: { price: '101.01' } }, ['101', '100', 'risk.json:priceCollarBps']],
  ['passes a price at the lower edge', { order: { price: '99' } }, null],
  ['refuses a price below it', { order: { price: '98.99' } }, ['101', '100', 'risk.json:priceCollarBps']],
  ['is silent without a mark', { order: { price: '500' }, snapshot: { mark: unknown } }, null],
]);

const soon = NOW + 30 * 60_000;
checkTable('funding_window', 'bps', [
  ['passes an extreme rate before the window', { mark: { fundingRate: decimal('0.01'), nextFundingAt: soon + 1 } }, null],
  ['refuses an extreme rate within the window', { mark: { fundingRate: decimal('0.0021'), nextFundingAt: soon } }, ['21', '20', 'risk.json:maxAbsFundingRateBps']],
  ['refuses an extreme negative rate', { mark: { fundingRate: decimal('-0.0021'), nextFundingAt: soon } }, ['21', '20', 'risk.json:maxAbsFundingRateBps']],
  ['passes a rate equal to the limit', { mark: { fundingRate: decimal('0.002'), nextFundingAt: soon } }, null],
  ['still refuses when funding is overdue', { mark: { fundingRate: decimal('0.0021'), nextFundingAt: NOW - 1 } }, ['21', '20', 'risk.json:maxAbsFundingRateBps']],
]);

const book = (value: number, asOf = NOW) => ({ bookImbalance: { kind: 'found', value, asOf } as const });
const short = { side: 'sell', positionSide: 'short' } as const;
const lenient = { risk: { orderBook: { ...RISK.orderBook, onError: 'pass' as const } } };
const own = (orderBook: Partial<NonNullable<SymbolLimits['orderBook']>>) => ({ risk: riskConfig.parse({ ...RISK, perSymbol: { ...RISK.perSymbol, BTCUSDT: { orderBook } } }) });
const ownPath = (key: string): string => `risk.json:perSymbol.BTCUSDT.orderBook.${key}`;
checkTable('ob_adverse', 'ratio', [
  ['passes a buy at the threshold', { snapshot: book(-0.35) }, null],
  ['refuses a buy against more offers', { snapshot: book(-0.36) }, ['0.36', '0.35', 'risk.json:orderBook.adverseImbalance']],
  ['passes a sell against more offers', { order: short, snapshot: book(-0.36) }, null],
  ['refuses a sell against more bids', { order: short, snapshot: book(0.36) }, ['0.36', '0.35', 'risk.json:orderBook.adverseImbalance']],
  ['refuses an unknown book when config says so', { snapshot: { bookImbalance: unknown } }, [null, null, 'risk.json:orderBook.onError']],
  ['passes an unknown book when config says so', { config: lenient, snapshot: { bookImbalance: unknown } }, null],
  ['takes an old book for unknown', { snapshot: book(0, NOW - 10_001) }, [null, null, 'risk.json:orderBook.onError']],
  ['gives the book its own age, apart from quote and mark', { config: { risk: { maxMarketAgeSeconds: 60 } }, snapshot: book(0, NOW - 10_001) }, [null, null, 'risk.json:orderBook.onError']],
  ['goes by the threshold of the symbol', { config: own({ adverseImbalance: 0.1 }), snapshot: book(-0.2) }, ['0.2', '0.1', ownPath('adverseImbalance')]],
  ['goes by the age of the symbol', { config: own({ maxAgeSeconds: 5 }), snapshot: book(0, NOW - 5001) }, [null, null, 'risk.json:orderBook.onError']],
  ['does with an unknown book what the symbol wants', { config: own({ onError: 'pass' }), snapshot: { bookImbalance: unknown } }, null],
  ['names the symbol that wants an unknown book refused', { config: { risk: { ...own({ onError: 'veto' }).risk, ...lenient.risk } }, snapshot: { bookImbalance: unknown } }, [null, null, ownPath('onError')]],
  ['leaves other symbols to the general key', { config: { risk: riskConfig.parse({ ...RISK, perSymbol: { ...RISK.perSymbol, ETHUSDT: { orderBook: { adverseImbalance: 0.1 } } } }) }, snapshot: book(-0.2) }, null],
  ['takes an impossible imbalance for unknown', { snapshot: book(Number.NaN) }, [null, null, 'risk.json:orderBook.onError']],
]);

const edge = { risk: { minFeeEdgeBps: 3 } };
checkTable('fee_edge', 'bps', [
  ['is off without a limit', {}, null],
  ['passes an edge that leaves exactly the limit after fees', { config: edge, order: { expectedEdgeBps: 10 } }, null],
  ['refuses an edge that leaves less', { config: edge, order: { expectedEdgeBps: 9.5 } }, ['2.5', '3', 'risk.json:minFeeEdgeBps']],
  ['refuses an edge that nobody has estimated', { config: edge }, [null, '3', 'risk.json:minFeeEdgeBps']],
  ['counts the taker fee twice when entries take too', { config: { ...edge, router: { makerFirst: false } }, order: { expectedEdgeBps: 12 } }, ['2', '3', 'risk.json:minFeeEdgeBps']],
]);
