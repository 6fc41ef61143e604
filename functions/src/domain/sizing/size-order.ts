/**
 * How much a signal may trade: volatility target, what was learned, then every cap as a successive minimum, then the venue's
 * grid.
 *
 * 1. Unknown NAV, volatility or strength gives no size, never a fallback.
 * 2. A suggestion below the smallest order is raised to it only if every cap holds it; otherwise there is no order.
 * 3. Every change is recorded with its name, before, after and the limit that made it.
 */
import type { ClampRecord, SizingRecord } from '../../schema/records/verdict.ts';
import type { PositionSide } from '../../schema/scalars.ts';
import { decimal, isPositive, text, ZERO } from '../money/decimal.ts';
import type { Decimal } from '../money/decimal.ts';
import { quantizePriceProtective } from '../money/quantize.ts';
import { asNotional, notionalOf } from '../money/units.ts';
import type { Price } from '../money/units.ts';
import type { Instrument } from '../market/instrument.ts';
import { entryFloor } from '../risk/entry-floor.ts';
import type { Floor } from '../risk/entry-floor.ts';
import { readExposure } from '../risk/exposure.ts';
import type { SymbolLimits } from '../risk/limits.ts';
import { readNav } from '../risk/nav-reading.ts';
import { readPositive } from '../risk/read-decimal.ts';
import type { Snapshot } from '../risk/snapshot.ts';
import { finalOrder } from './final-order.ts';
import type { FinalOrder } from './final-order.ts';
import { sizeCaps } from './size-caps.ts';
import type { SizeCap } from './size-caps.ts';
import { multiplied } from './size-multiplier.ts';
import type { SizeMultiplier, Suggested } from './size-multiplier.ts';
import { smallestQty } from './smallest-order.ts';
import { volTargetNotional } from './vol-target.ts';

export interface SizingRequest {
  readonly intentId: string;
  readonly symbol: string;
  readonly positionSide: PositionSide;
  /** What the order is sized at, such as the mid; rounded to the tick here. */
  readonly referencePrice: Price;
  /** The lowest price at which the order still has to be worth the floors; at most the reference price. */
  readonly floorPrice: Price;
  readonly leverage: number;
  /** In quote per base, from closed candles; null when there are too few. */
  readonly atr: number | null;
  /** Strength of the signal; 1 is neutral. */
  readonly strength: number;
  /** Learned factors of the suggestion; empty while the flags are off. */
  readonly multipliers: readonly SizeMultiplier[];
  readonly strategy: { readonly name: string; readonly volTargetBps: number; readonly minNotionalUsd: number; readonly maxNotionalUsd: number };
}

export type Sizing =
  | { readonly kind: 'sized'; readonly order: FinalOrder; readonly record: SizingRecord }
  | { readonly kind: 'abstained'; readonly record: SizingRecord };

export function sizeOrder(snapshot: Snapshot, request: SizingRequest): Sizing {
  const { instrument } = snapshot;
  const nav = readNav(snapshot.nav, snapshot.asOf);
  if (nav.kind !== 'known') return abstain('nav_unavailable', NOTHING, []);
  if (instrument === null) return abstain('not_listed', NOTHING, []);
  const leverage = readPositive(String(request.leverage));
  if (leverage === null) return abstain('invalid_leverage', NOTHING, []);
  const price = quantizePriceProtective(request.referencePrice, instrument.tickSize, request.positionSide === 'long' ? 'buy' : 'sell');
  if (!isPositive(price) || !isPositive(request.floorPrice)) return abstain('invalid_price', NOTHING, []);
  const target = volTargetNotional(nav.navUsd, price, request.atr, request.strength, request.strategy.volTargetBps);
  if (target === null) return abstain('volatility_unavailable', NOTHING, []);
  const suggested = multiplied(target, request.multipliers);

  const limits = snapshot.limits.forSymbol(request.symbol);
  const exposure = readExposure(snapshot.risk, request, snapshot.limits);
  if (exposure.faultPath !== null) return abstain('positions_unavailable', suggested, []);
  const caps = sizeCaps({ nav, limits, exposure, instrument, price, leverage, strategy: request.strategy });
  return sizeWithin(suggested, sizeFloor(limits, instrument, price, request), caps, price, instrument);
}

function sizeWithin(suggested: Suggested, floor: Floor, caps: readonly SizeCap[], price: Price, instrument: Instrument): Sizing {
  const isRaised = suggested.usd.lt(floor.usd);
  const wanted = isRaised ? floor.usd : suggested.usd;
  const clamps: ClampRecord[] = isRaised ? [clamp('floor', suggested.usd, floor.usd, floor.configPath)] : [];
  let size: Decimal = wanted;
  let binding = 'none';
  for (const { name, roomUsd, configPath } of caps) {
    if (!roomUsd.lt(size)) continue;
    clamps.push(clamp(name, size, roomUsd, configPath));
    size = roomUsd;
    binding = name;
  }
  if (size.lt(floor.usd)) return abstain(binding, suggested, clamps);
  const order = finalOrder(asNotional(size), price, instrument);
  if (order.notionalUsd.lt(size)) clamps.push(clamp('lot_rounding', size, order.notionalUsd, `markets:${instrument.symbol}.stepSize`));
  const outcome = isRaised ? { outcome: 'upsize', reason: 'floor' } as const : { outcome: 'pass', reason: null } as const;
  return { kind: 'sized', order, record: { ...outcome, ...suggestion(suggested), finalUsd: text(order.notionalUsd), clamps } };
}

/**
 * The largest of the floors of config, venue and strategy, as the smallest quantity on the venue's grid that meets it at
 * the floor price, valued at the price of the order.
 */
function sizeFloor(limits: SymbolLimits, instrument: Instrument, price: Price, { floorPrice, strategy }: SizingRequest): Floor {
  const entry = entryFloor(limits, instrument, floorPrice);
  const ofStrategy = decimal(String(strategy.minNotionalUsd));
  const highest = ofStrategy.gt(entry.usd) ? { usd: ofStrategy, configPath: `strategies.json:strategies.${strategy.name}.sizing.minNotionalUsd` } : entry;
  return { usd: notionalOf(smallestQty(highest.usd, floorPrice, instrument), price), configPath: highest.configPath };
}

function clamp(name: string, before: Decimal, after: Decimal, configPath: string): ClampRecord {
  return { name, beforeUsd: text(before), afterUsd: text(after), configPath };
}

const suggestion = ({ targetUsd, multipliers }: Suggested): Pick<SizingRecord, 'suggestedUsd' | 'multipliers'> => ({ suggestedUsd: text(targetUsd), multipliers });

/** Where there is no size to speak of yet. */
const NOTHING: Suggested = { targetUsd: asNotional(ZERO), usd: asNotional(ZERO), multipliers: [] };

function abstain(reason: string, suggested: Suggested, clamps: ClampRecord[]): Sizing {
  return { kind: 'abstained', record: { outcome: 'abstain', reason, ...suggestion(suggested), finalUsd: '0', clamps } };
}
