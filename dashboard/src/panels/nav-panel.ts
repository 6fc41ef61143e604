import { asDecimal, asText } from '../records/fields.ts';
import type { StoredDocument } from '../records/fields.ts';
import type { NavPoint } from '../reading/nav-history.ts';
import type { NavState } from '../../../functions/src/schema/records/nav-state.ts';
import type { Caps } from '../settings.ts';
import { pct, signOf, usd } from '../view/amount.ts';
import { curveChart } from './curve-chart.ts';
import { el, empty } from './element.ts';
import type { Child } from './element.ts';

export const RANGES = [
  { hours: 24, label: '24 h' },
  { hours: 168, label: '7 d' },
  { hours: 720, label: '30 d' },
] as const;

export interface NavPanelInput {
  readonly nav: StoredDocument<NavState> | null;
  readonly points: readonly NavPoint[] | null;
  readonly hours: number;
  readonly caps: Caps;
  readonly width: number;
  readonly choose: (hours: number) => void;
}

export function navContent(input: NavPanelInput): Child {
  return [figures(input), rangeButtons(input), charts(input)];
}

const figure = (label: string, value: string, note: string, tone = ''): HTMLElement =>
  el('div', { class: 'figure' }, el('dt', {}, label), el('dd', { class: tone }, value, el('small', {}, note)));

function figures({ nav, caps }: NavPanelInput): Child {
  if (nav === null) return empty('NAV has not been read yet.');
  const { fields } = nav;
  const unrealized = asDecimal(fields.unrealizedUsd);
  return el('dl', { class: 'figures' },
    el('div', { class: 'figure big' }, el('dt', {}, 'NAV'), el('dd', {}, usd(asDecimal(fields.navUsd)), el('small', {}, 'USD'))),
    figure('Unrealised', usd(unrealized), 'USD', signOf(unrealized)),
    figure('Wallet', usd(asDecimal(fields.walletUsd)), 'USD'),
    figure('Available margin', usd(asDecimal(fields.availableMarginUsd)), 'USD'),
    figure('Drawdown', pct(asDecimal(fields.drawdownPct)), `limit ${caps.maxNavDrawdownPct} %, worst ${pct(asDecimal(fields.maxDrawdownPct))}`, 'limited'),
    figure('Day loss', pct(asDecimal(fields.dayLossPct)), `limit ${caps.dailyLossLimitPct} %, day ${asText(fields.dayKey) ?? 'unknown'}`, 'limited'),
  );
}

function rangeButtons({ hours, choose }: NavPanelInput): Child {
  return el('div', { class: 'ranges', role: 'group', 'aria-label': 'Time range' }, RANGES.map((range) => {
    const button = el('button', { type: 'button', id: `range-${range.hours}`, 'aria-pressed': String(range.hours === hours) }, range.label);
    button.addEventListener('click', () => choose(range.hours));
    return button;
  }));
}

function charts({ points, width, hours }: NavPanelInput): Child {
  if (points === null) return empty('Reading the curve …');
  if (points.length < 2) return empty('The curve begins with the second sync of this range.');
  const gapMs = hours > 24 ? 3 * 3_600_000 : 10 * 60_000;
  return [
    curveChart({ id: 'nav-curve', name: 'NAV', unit: 'USD', points: points.map(({ at, navUsd }) => ({ at, value: navUsd })), width, height: 190, gapMs, places: 2, filled: 'below' }),
    curveChart({ id: 'drawdown-curve', name: 'Drawdown', unit: '%', points: points.map(({ at, drawdownPct }) => ({ at, value: -drawdownPct })), width, height: 100, gapMs, places: 2, filled: 'above' }),
  ];
}
