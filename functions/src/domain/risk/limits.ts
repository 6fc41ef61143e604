/**
 * The limits of config in the form the gate compares with: exact decimals, resolved per symbol, each with the text and
 * the path a veto shows. Percent and basis points are fractions of one, so that a comparison is one multiplication.
 */
import type { WantedSettings } from '../account/account-settings.ts';
import type { Decimal } from '../money/decimal.ts';
import type { RiskConfig } from '../../schema/config/risk-config.ts';
import type { PositionSide } from '../../schema/scalars.ts';

/** `value` is what is compared with, `text` what config says in the veto's unit. */
export interface ExactLimit {
  readonly value: Decimal;
  readonly text: string;
  readonly configPath: string;
}

/** A count or a span of time. */
export interface PlainLimit {
  readonly value: number;
  readonly configPath: string;
}

export interface WindowLimit extends PlainLimit {
  readonly windowMs: number;
}

/** How a symbol's order book is judged. */
export interface BookLimits {
  /** Levels of each side; 1 is the best quote alone. */
  readonly depthLevels: number;
  readonly adverse: PlainLimit;
  /** Imbalance in favour from which a decision is marked; it approves and refuses nothing. */
  readonly aligned: PlainLimit;
  readonly age: PlainLimit;
  readonly unknown: { readonly policy: 'pass' | 'veto'; readonly configPath: string };
}

/** The same for every symbol. */
export interface AccountLimits {
  readonly navFreshness: PlainLimit;
  readonly navDrawdown: ExactLimit;
  readonly dayLoss: ExactLimit;
  readonly tradeEquity: ExactLimit;
  readonly tradeNav: ExactLimit;
  readonly grossExposure: ExactLimit;
  readonly concurrent: PlainLimit;
  readonly burst: WindowLimit;
  readonly errors: WindowLimit;
  readonly trades: WindowLimit;
  readonly cooldown: PlainLimit;
  readonly spread: ExactLimit;
  readonly collar: ExactLimit;
  readonly signalAge: PlainLimit;
  readonly marketAge: PlainLimit;
  readonly venueSettingsAge: PlainLimit;
  readonly venueBudget: PlainLimit;
  readonly fundingRate: ExactLimit;
  readonly fundingWindowMs: number;
  /** How far our clock may differ from the venue's. */
  readonly clockMarginMs: number;
  readonly liquidationDistance: ExactLimit;
  readonly marginHeadroom: ExactLimit;
  readonly share: ExactLimit;
  readonly shareMinTotalUsd: Decimal;
  readonly shareMinSymbols: number;
  /** Loss of a symbol's day, of NAV. */
  readonly symbolDrawdown: ExactLimit;
  /** Whether a position that no strategy opened keeps entries out of its symbol. */
  readonly foreignPositions: RiskConfig['foreign']['positions'];
  /** Null switches the check off. */
  readonly feeEdge: PlainLimit | null;
  readonly roundTripFeeBps: number;
}

/** The account's limits with those of one symbol; where both speak, the tighter one. */
export interface SymbolLimits extends AccountLimits {
  readonly symbol: string;
  readonly whitelisted: boolean;
  /** Null outside the universe. */
  readonly tier: string | null;
  readonly tierExposure: ExactLimit | null;
  readonly symbolExposure: ExactLimit;
  readonly orderNotional: ExactLimit | null;
  readonly minNotional: ExactLimit;
  readonly leverage: ExactLimit;
  readonly blockedSides: readonly PositionSide[];
  readonly orderBook: BookLimits;
  /** What has to be set at the venue; null outside the universe. */
  readonly venueSettings: WantedSettings | null;
  /** Leverage set at the venue; one outside the universe, where margin is not known to be any lower. */
  readonly venueLeverage: Decimal;
  /** 1 / `venueLeverage`, rounded up. */
  readonly marginRate: Decimal;
}

export interface RiskLimits {
  forSymbol(symbol: string): SymbolLimits;
  /** How many positions a strategy may hold; null for none, and for one that config does not have. */
  concurrentOf(strategy: string | null): PlainLimit | null;
}
