/**
 * `risk.json`: every limit of the gate. A limit that may be left out has its default here and nowhere else; `null`
 * means "no limit of its own" and is only possible where another limit still holds.
 */
import { z } from 'zod';
import { positionSide, symbolText } from '../scalars.ts';
import { bps, count, hours, minutes, pct, plain, seconds, usd } from './quantities.ts';
import { timezoneText } from './timezone.ts';

const burstLimit = z.strictObject({
  maxOrders: count(1, 1000, 'Order attempts within the window at which entries are refused').default(6),
  windowSeconds: seconds(1, 3600, 'Length of the window').default(60),
});

const errorCircuit = z.strictObject({
  maxErrors: count(1, 1000, 'Venue errors within the window at which entries are refused').default(5),
  windowSeconds: seconds(1, 86_400, 'Length of the window').default(300),
});

const orderBook = z.strictObject({
  depthLevels: count(1, 100, 'Levels of each side that are looked at; 1 is the best quote, more cost a call per symbol with a signal').default(1),
  adverseImbalance: plain(0, 1, 'Imbalance (bid - ask) / (bid + ask) against an order above which it is refused').default(0.35),
  alignedImbalance: plain(0, 1, 'Imbalance in favour of an order from which its decision is marked as aligned').default(0.5),
  maxAgeSeconds: seconds(1, 300, 'Age above which a book counts as unavailable').default(10),
  onError: z
    .enum(['pass', 'veto'], 'pass or veto')
    .describe('What an unavailable book does to an entry: pass or veto')
    .default('veto'),
});

const foreign = z.strictObject({
  positions: z
    .enum(['adopt', 'alarm', 'ignore'], 'adopt, alarm or ignore')
    .describe('A position no strategy opened: adopt (with a stop), alarm (incident, no entries of the symbol) or ignore; it counts against every cap in any case')
    .default('alarm'),
  orders: z
    .enum(['cancel', 'alarm', 'ignore'], 'cancel, alarm or ignore')
    .describe('A resting order we did not make: cancel, alarm (incident) or ignore; one that blocks an exit is cancelled in any case')
    .default('alarm'),
  stopLossPct: pct(0.05, 50, 'Stop of an adopted position, and of one whose strategy is no longer configured, from its entry price').default(5),
  holdMinutes: minutes(0, 10_080, 'How long a symbol takes no entry after a liquidation, a deleveraging or a fill that is not ours').default(60),
});

/** Each key that is null is as the general one. */
const ownOrderBook = z.strictObject({
  depthLevels: count(1, 100, 'Levels of each side; null means orderBook.depthLevels').nullable().default(null),
  adverseImbalance: plain(0, 1, 'Imbalance against an order above which it is refused; null means orderBook.adverseImbalance').nullable().default(null),
  alignedImbalance: plain(0, 1, 'Imbalance in favour from which a decision is aligned; null means orderBook.alignedImbalance').nullable().default(null),
  maxAgeSeconds: seconds(1, 300, 'Age above which the book is unavailable; null means orderBook.maxAgeSeconds').nullable().default(null),
  onError: z
    .enum(['pass', 'veto'], 'pass or veto')
    .nullable()
    .describe('What an unavailable book does to an entry; null means orderBook.onError: pass, veto or null')
    .default(null),
});

const tierName = z.string().regex(/^[A-Z][A-Z0-9-]*$/, 'a tier name such as CORE');

export const tierLimits = z.strictObject({
  maxExposurePct: pct(1, 2000, 'Exposure of all symbols of the tier together, of NAV'),
});
export type TierLimits = z.infer<typeof tierLimits>;

const nullByDefault = (limit: z.ZodNumber) => limit.nullable().default(null);

export const symbolLimits = z.strictObject({
  maxOrderNotionalUsd: nullByDefault(usd(1, 100_000_000, 'Largest single order; null means no limit of its own')),
  maxExposurePct: nullByDefault(pct(1, 2000, 'Exposure of the symbol, of NAV; null means maxSymbolExposurePct')),
  maxLeverage: nullByDefault(plain(1, 125, 'Highest leverage; null means maxLeverage')),
  minNotionalUsd: nullByDefault(usd(0, 1_000_000, "Smallest entry, at least the venue's floor; null means minNotionalUsd")),
  orderBook: ownOrderBook.describe('Order book of the symbol, where it differs from orderBook').optional(),
  blockedSides: z.array(positionSide).describe('Position sides that may not be entered: long, short').default([]),
});
export type SymbolLimits = z.infer<typeof symbolLimits>;

export const riskConfig = z.strictObject({
  referenceNavUsd: usd(1, 1_000_000_000, 'NAV at which the limits must be able to hold a smallest order'),
  navFreshnessSeconds: seconds(30, 3600, 'Age of the NAV above which entries are refused').default(180),
  navJumpAnomalyPct: pct(1, 100, 'NAV change between two syncs, without a cash flow, that holds entries').default(20),
  navCutoffTime: z.iso
    .datetime('a time in UTC such as 2026-01-31T00:00:00Z')
    .nullable()
    .describe('NAV points before this time count for nothing: the high-water mark begins anew there; null means all count')
    .default(null),

  maxNavDrawdownPct: pct(1, 100, 'Fall from the high-water mark at which entries are refused').default(10),
  drawdownAlertPct: pct(0.1, 100, 'Fall from the high-water mark at which an alert is raised').default(3),
  dailyLossLimitPct: pct(0.1, 100, "Loss since the day's opening equity at which entries are refused").default(5),
  resetTimezone: timezoneText.describe('Time zone whose midnight opens a new day for the daily loss').default('UTC'),

  minNotionalUsd: usd(0, 1_000_000, 'Smallest entry').default(5),
  maxTradeEquityPct: pct(1, 100, 'Largest single order by equity, of NAV').default(15),
  maxTradeNavPct: pct(1, 100, 'Largest single order, of NAV').default(10),
  maxGrossExposurePct: pct(1, 2000, 'Exposure of all positions and reservations together, of NAV').default(150),
  maxSymbolExposurePct: pct(1, 2000, 'Exposure of one symbol, both sides together, of NAV').default(50),
  maxConcurrentPositions: count(1, 1000, 'Open or reserved positions, one per symbol and side, at most').default(4),
  maxLeverage: plain(1, 125, 'Highest leverage of any order').default(4),

  maxSpreadBps: bps(0.1, 1000, 'Quoted spread above which entries are refused').default(7.5),
  maxMarketAgeSeconds: seconds(1, 300, 'Age of quote and mark above which entries are refused').default(10),
  priceCollarBps: bps(1, 5000, 'Distance of the price from the mark above which entries are refused').default(100),
  maxSignalAgeSeconds: seconds(1, 86_400, 'Time since the candle closed above which its signal is refused').default(150),
  maxAbsFundingRateBps: bps(0, 1000, 'Funding rate, either sign, above which an entry has to wait for funding').default(20),
  fundingWindowMinutes: minutes(0, 480, 'Time before funding in which the funding rate is looked at').default(30),
  minFeeEdgeBps: nullByDefault(bps(0, 1000, 'Expected edge less round-trip fees, at least; null switches the check off')),

  minLiquidationDistancePct: pct(0.1, 100, 'Distance of liquidation from the entry price, of that price, at least').default(10),
  minMarginHeadroomPct: pct(0, 100, 'Available margin that remains after the order, of NAV, at least').default(10),

  burstLimit: burstLimit.describe('Order attempts of the whole account').prefault({}),
  errorCircuit: errorCircuit.describe('Venue errors of the whole account').prefault({}),
  maxTradesPerSymbolPerHour: count(1, 3600, 'Trades of a symbol within an hour at which entries are refused').default(6),
  cooldownSeconds: seconds(0, 86_400, 'Time after a fill in which the symbol takes no entry').default(60),

  symbolShareCapPct: pct(1, 100, "A symbol's share of total exposure above which it takes no entry").default(60),
  symbolShareMinTotalUsd: usd(0, 1_000_000_000, 'Total exposure below which shares are not looked at').default(5000),
  symbolShareMinSymbols: count(1, 1000, 'Symbols with exposure below which shares are not looked at').default(3),
  symbolDrawdownCapPct: pct(0.1, 100, "A symbol's loss of the day, of NAV, at which it is disabled").default(3),
  symbolDisableHours: hours(1, 720, 'How long a disabled symbol takes no entry').default(24),

  foreign: foreign.describe('What others, or the venue itself, do in the account').prefault({}),
  maxUnprotectedSeconds: seconds(0, 3600, 'Time a position may be without a stop it should have before an incident is raised').default(120),

  orderBook: orderBook.describe('Imbalance of the order book').prefault({}),

  tiers: z.record(tierName, tierLimits).describe('Limits per tier, for every tier that the universe names'),
  perSymbol: z.record(symbolText, symbolLimits).describe('Limits per symbol, for every symbol of the universe'),
});
export type RiskConfig = z.infer<typeof riskConfig>;
