/** Exposure, positions and orders. */
import { change, exact, pct, price, share, signOf, usd, wholeUsd } from '../view/amount.ts';
import type { CapRow, ExposureView } from '../view/exposure-view.ts';
import type { OrderView } from '../view/order-view.ts';
import type { PositionView, StopView } from '../view/position-view.ts';
import { clockText, fullTime, span } from '../view/time-text.ts';
import { chip, el, empty, svg, table } from './element.ts';
import type { Child, Column } from './element.ts';

export function exposureContent(view: ExposureView | null): Child {
  if (view === null) return empty('No risk record yet: it is written with the first tick.');
  const { positions, maxPositions } = view;
  return [
    el('ul', { class: 'bars' }, view.rows.map(capBar), positions === null ? null : el('li', { class: 'of-account' },
      el('span', { class: 'label' }, 'Positions'), el('span', { class: 'value' }, `${positions} of ${maxPositions}`), meter(positions, 0, maxPositions))),
    el('p', { class: 'legend' }, el('i', { class: 'key open' }), 'open ', el('i', { class: 'key reserved' }), 'reserved for orders under way. Caps are percent of NAV.'),
  ];
}

function capBar({ label, group, openUsd, reservedUsd, openPct, reservedPct, capPct }: CapRow): HTMLElement {
  const used = openPct === null || reservedPct === null ? null : openPct + reservedPct;
  const over = used !== null && used > capPct;
  const value = `${used === null ? 'unknown' : pct(used)} of ${capPct} %`;
  const amounts = `${wholeUsd(openUsd)} USD open, ${wholeUsd(reservedUsd)} USD reserved`;
  return el('li', { class: `of-${group}` },
    el('span', { class: 'label' }, label), el('span', { class: `value${over ? ' over' : ''}`, title: amounts }, over ? `${value}, above its cap` : value), meter(openPct, reservedPct, capPct));
}

/** Drawn, and said in the text beside it. */
function meter(open: number | null, reserved: number | null, cap: number): SVGElement {
  const wide = (value: number): number => Math.min(100, (value / cap) * 100);
  const known = open !== null && reserved !== null;
  const tone = known && open + reserved > cap ? 'bad' : known && open + reserved > cap * 0.8 ? 'warn' : '';
  return svg('svg', { class: `meter ${tone}`, viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' },
    svg('rect', { class: 'track', width: 100, height: 6 }),
    known ? svg('rect', { class: 'reserved', width: wide(open + reserved), height: 6 }) : null,
    known ? svg('rect', { class: 'open', width: wide(open), height: 6 }) : null);
}

export function positionsContent(positions: readonly PositionView[] | null, now: number): Child {
  if (positions === null) return empty('Positions have not been read yet.');
  if (positions.length === 0) return empty('Flat: no open position.');
  const columns: readonly Column<PositionView>[] = [
    { head: 'Symbol', cell: ({ symbol, side }) => [el('b', {}, symbol), ' ', chip(side, side)] },
    { head: 'Quantity', numeric: true, cell: ({ qty, ledgerAgrees }) => [exact(qty), ledgerAgrees === false ? chip('bad', 'ledger differs') : null] },
    { head: 'Notional USD', numeric: true, cell: ({ notionalUsd }) => usd(notionalUsd) },
    { head: 'Entry', numeric: true, cell: ({ entry }) => price(entry) },
    { head: 'Mark', numeric: true, cell: ({ mark }) => price(mark) },
    { head: 'Unrealised USD', numeric: true, cell: ({ unrealizedUsd }) => el('span', { class: signOf(unrealizedUsd) }, change(unrealizedUsd)) },
    { head: 'Liquidation', numeric: true, cell: ({ liquidation }) => price(liquidation) },
    { head: 'Protection', cell: (position) => protection(position, now) },
  ];
  return table('Open positions', columns, positions);
}

function protection({ stops, protection: { state, sinceAt, reason } }: PositionView, now: number): Child {
  const resting = stops.map(stopText).map((text) => el('span', { class: 'stop' }, text));
  if (state === 'missing') return [chip('bad', `unprotected for ${span(now - (sinceAt ?? now))}`), reason === null ? null : el('span', { class: 'stop' }, reason), resting];
  return state === 'resting' ? [chip('good', 'at the venue'), resting] : chip('warn', 'unknown', 'No protection is recorded for this position yet.');
}

const stopText = ({ kind, price: trigger, distancePct }: StopView): string => `${kind} ${exact(trigger)}${distancePct === null ? '' : ` (${distancePct > 0 ? '+' : ''}${distancePct.toFixed(2)} %)`}`;

export function ordersContent(orders: readonly OrderView[], now: number): Child {
  if (orders.length === 0) return empty('No orders yet.');
  return el('ul', { class: 'orders' }, orders.map((order) => orderItem(order, now)));
}

function orderItem(order: OrderView, now: number): HTMLElement {
  const [first] = order.stages;
  return el('li', {}, el('details', { id: `order-${order.id}` },
    el('summary', {},
      el('time', {}, clockText(first?.at ?? null, now)),
      el('b', {}, order.symbol),
      el('span', { class: 'what' }, order.what),
      el('span', { class: 'leg' }, order.leg),
      el('span', { class: 'num' }, `${exact(order.qty)} @ ${order.isMarket ? 'market' : exact(order.price)}`),
      chip(order.tone, order.filledShare !== null && order.filledShare > 0 && order.filledShare < 1 ? `${order.status}, ${share(order.filledShare)} filled` : order.status)),
    el('div', { class: 'story' },
      el('p', {}, `${order.status}: ${order.meaning}${order.reason === null ? '' : ` (${order.reason})`}. Filled ${exact(order.executedQty)} of ${exact(order.qty)}.`),
      el('ol', { class: 'life' }, order.stages.map(({ label, at }, index) => {
        const before = order.stages[index - 1];
        return el('li', {}, el('b', {}, label), ' ', fullTime(at), before === undefined ? null : el('small', {}, ` after ${((at - before.at) / 1000).toFixed(1)} s`));
      })),
      el('p', { class: 'ids' }, `order ${order.id}, intent ${order.intentId ?? 'unknown'}`))));
}
