/** All that sync reads from the venue, in parallel. A read that fails is a problem that is told, never a value. */
import type { AccountReading, IncomeRow, VenuePosition } from '../../domain/account/account.ts';
import { isSettingsReadDue } from '../../domain/account/account-settings.ts';
import type { AccountSettings } from '../../domain/account/account-settings.ts';
import { dollarRate } from '../../domain/account/dollar-rates.ts';
import type { SyncReadings } from '../../domain/account/plan-sync.ts';
import { tiersRecord, toRecord } from '../../domain/market/instrument-record.ts';
import type { Reading } from '../../domain/found.ts';
import type { VenueSettings } from '../../schema/records/venue-settings.ts';
import type { IncomeState } from '../../schema/records/income-state.ts';
import type { MarketMetadata } from '../../schema/records/market-metadata.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { EngineDeps } from '../engine-deps.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** A symbol that has just been added to the universe is soon known; one that the venue does not list costs little. */
const MISSING_SYMBOL_RETRY_MS = 600_000;

export interface VenueReadings extends SyncReadings {
  /** Fresh metadata when the stored one was missing or too old. */
  readonly markets: MarketMetadata | null;
  /** Null when they were not due to be read. */
  readonly settings: Reading<AccountSettings> | null;
}

/** What is stored already. */
export interface KnownOfVenue {
  readonly income: IncomeState;
  readonly markets: MarketMetadata | null;
  readonly settings: VenueSettings | null;
  readonly rulesDoubtedAt: EpochMs | null;
  /** Symbols of our positions: their stops need order rules, also once they have left the universe or when they never were in it. */
  readonly heldSymbols: readonly string[];
}

export async function readVenue(deps: EngineDeps, { income, markets: stored, settings: known, rulesDoubtedAt, heldSymbols }: KnownOfVenue): Promise<VenueReadings> {
  const symbols = deps.config.universe.symbols.map((entry) => entry.symbol);
  const others = heldSymbols.filter((symbol) => !symbols.includes(symbol));
  const now = deps.clock.now();
  const isDoubted = stored !== null && rulesDoubtedAt !== null && stored.fetchedAt <= rulesDoubtedAt;
  const mostMs = stored !== null && lacksSymbol(stored, [...symbols, ...others]) ? MISSING_SYMBOL_RETRY_MS : deps.config.runtime.markets.maxAgeHours * HOUR_MS;
  const stale = stored === null || isDoubted || now - stored.fetchedAt > mostMs;
  const settingsDue = isSettingsReadDue(known, now, deps.config.runtime.venueSettings.maxAgeMinutes * MINUTE_MS);
  const [account, positions, marks, rows, instruments, otherInstruments, brackets, settings] = await Promise.all([
    deps.venue.account(),
    deps.venue.positions(),
    deps.venue.marks(symbols),
    deps.venue.incomeSince(income.knownSinceAt),
    stale ? deps.venue.instruments(symbols) : null,
    // Apart: one odd contract must not blind us to the universe's.
    stale && others.length > 0 ? deps.venue.instruments(others) : null,
    stale || lacksTiers(stored, symbols) ? deps.venue.brackets(symbols) : null,
    settingsDue ? deps.venue.settings(symbols) : null,
  ]);
  const problems: string[] = [];
  const value = <T>(what: string, reading: Reading<T> | null): T | null => {
    if (reading === null) return null;
    if (reading.kind === 'found') return reading.value;
    problems.push(`${what}: ${reading.cause}`);
    return null;
  };
  const accountValue = value('account', account);
  const positionsValue = value('positions', positions);
  const incomeValue = value('income', rows);
  const marksValue = value('marks', marks);
  const priced = new Set(marksValue?.map((mark) => mark.symbol));
  const unpriced = [...wantedMarks(accountValue, positionsValue, incomeValue)].filter((symbol) => !priced.has(symbol));
  const more = unpriced.length === 0 || marksValue === null ? [] : value('marks of other assets', await deps.venue.marks(unpriced));
  const fresh = value('instruments', instruments);
  const freshOthers = value('instruments outside the universe', otherInstruments) ?? [];
  const tiers = value('margin tiers', brackets);
  return {
    account: accountValue,
    positions: positionsValue,
    marks: marksValue === null ? null : [...marksValue, ...(more ?? [])],
    income: incomeValue,
    markets: marketsNow(stored, { account: accountValue, instruments: fresh === null ? null : withKept([...fresh, ...freshOthers].map(toRecord), stored, others), brackets: tiers === null ? null : tiersRecord(tiers) }, now),
    settings,
    problems,
  };
}

/** Tiers that could not be read together with their instruments are asked for again: entries wait for them, and they would for a day. */
function lacksSymbol({ instruments }: MarketMetadata, symbols: readonly string[]): boolean {
  return symbols.some((symbol) => !instruments.some((instrument) => instrument.symbol === symbol));
}

function lacksTiers({ instruments, brackets }: MarketMetadata, symbols: readonly string[]): boolean {
  return instruments.some(({ symbol }) => symbols.includes(symbol) && brackets[symbol] === undefined);
}

/** What is held keeps the rules it had where the venue does not tell them now. */
function withKept(fresh: MarketMetadata['instruments'], stored: MarketMetadata | null, others: readonly string[]): MarketMetadata['instruments'] {
  const missing = others.filter((symbol) => !fresh.some((instrument) => instrument.symbol === symbol));
  return [...fresh, ...(stored?.instruments ?? []).filter(({ symbol }) => missing.includes(symbol))];
}

interface FreshMarkets {
  readonly account: AccountReading | null;
  readonly instruments: MarketMetadata['instruments'] | null;
  readonly brackets: MarketMetadata['brackets'] | null;
}

/** What is to be stored; null when nothing has been learned. The position mode may change at the venue long before rules are due again. */
function marketsNow(stored: MarketMetadata | null, { account, instruments, brackets }: FreshMarkets, now: EpochMs): MarketMetadata | null {
  if (instruments !== null && account !== null) return { instruments, positionMode: account.positionMode, brackets: brackets ?? stored?.brackets ?? {}, fetchedAt: now };
  if (stored === null) return null;
  const positionMode = account?.positionMode ?? stored.positionMode;
  if (brackets === null && positionMode === stored.positionMode) return null;
  return { ...stored, positionMode, brackets: brackets ?? stored.brackets };
}

/** Marks that the NAV rests on beside the universe's: of positions we did not open and of assets that are no dollars. */
function wantedMarks(account: AccountReading | null, positions: readonly VenuePosition[] | null, income: readonly IncomeRow[] | null): ReadonlySet<string> {
  const held = (account?.balances ?? []).filter((balance) => !balance.walletBalance.eq('0') || !balance.unrealizedPnl.eq('0'));
  const assets = new Set([...held, ...(income ?? [])].map(({ asset }) => asset));
  const ofAssets = [...assets].filter((asset) => dollarRate(asset, []) === null).map((asset) => `${asset}USDT`);
  return new Set([...(positions ?? []).map((position) => position.symbol), ...ofAssets]);
}
