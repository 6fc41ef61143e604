import type { EffectiveValue } from '../config/effective-value.ts';
import type { VenueSettings } from '../schema/records/venue-settings.ts';
import { usdText } from './amount-text.ts';
import type { Feasibility } from './feasibility.ts';
import type { DoctorView, NavUsed } from './read-doctor.ts';
import { requestBudgetText } from './request-budget.ts';
import { left, pairLines, right, section, tableLines } from './table.ts';
import { isoText, timeText } from './time-text.ts';

export function doctorLines(view: DoctorView): readonly string[] {
  const { tradingEnv, namespace, region, flags } = view.environment;
  const on = Object.entries(flags).flatMap(([flag, isOn]) => (isOn ? [flag] : []));
  return [
    `${view.place}, seen ${isoText(view.now)}`,
    '',
    ...pairLines([
      ['settings', `${view.settings.length} values, no faults`],
      ['environment', `${tradingEnv}, records in hedge/${namespace}, region ${region}`],
      ['orders', view.orderGate.kind === 'open' ? 'write gate open' : `write gate closed: ${view.orderGate.reason}`],
      ['requests', requestBudgetText(view.requestBudget, view.now)],
      ['switched on', on.length === 0 ? 'none of the optional features' : on.join(', ')],
      ['engine', `version ${view.engineVersion}, config ${view.configHash}`],
    ]),
    ...section('the account at the venue', venueLines(view.venue, view.now), 'never looked at: the next sync does'),
    ...section('settings in force', settingLines(view.settings), 'none'),
    ...section(`orders possible at a NAV of ${navText(view.nav, view.now)}`, feasibilityLines(view.symbols), 'no symbols'),
  ];
}

function venueLines(venue: VenueSettings | null, now: number): readonly string[] {
  if (venue === null) return [];
  const { account } = venue;
  const facts: readonly (readonly [string, string])[] =
    account === null
      ? []
      : [
          ['orders', account.canTrade ? 'the key may trade' : 'the key may not trade'],
          ['position mode', account.positionMode],
          ['assets', account.multiAssets ? 'multi-assets mode' : 'single-asset mode'],
          ['clock', `${account.clockOffsetMs} ms ahead of ours`],
          ['read', timeText(venue.valueAt, now)],
        ];
  return [venue.summary, ...venue.refusals, ...pairLines(facts)];
}

function settingLines(settings: readonly EffectiveValue[]): readonly string[] {
  return tableLines([left('setting'), left('value'), left('origin')], settings.map(({ configPath, value, origin }) => [configPath, JSON.stringify(value), origin]));
}

function navText(nav: NavUsed, now: number): string {
  const amount = `${usdText(nav.usd)} USD`;
  return nav.source === 'account' ? `${amount}, the account's, valued ${timeText(nav.valueAt, now)}` : `${amount}, the reference of risk.json (the account's NAV: ${nav.why})`;
}

function feasibilityLines(symbols: readonly Feasibility[]): readonly string[] {
  if (symbols.length === 0) return [];
  return tableLines(
    [left('symbol'), left('entries'), right('smallest USD'), left('set in'), right('largest USD'), left('cap that binds'), left('counted with')],
    symbols.map((one) => [
      one.symbol, entriesText(one), usdText(one.smallestUsd), one.smallestSetIn, usdText(one.largestUsd), one.largestSetIn, basisText(one),
    ]),
  );
}

function entriesText({ enabled, isFeasible }: Feasibility): string {
  if (!enabled) return 'disabled';
  return isFeasible ? 'possible' : 'IMPOSSIBLE';
}

function basisText({ price, venueRules }: Feasibility): string {
  if (venueRules === 'unknown') return 'settings alone: the venue\'s rules are not stored yet';
  return price === null ? 'settings alone: no price is known yet' : `price ${price}`;
}
