/** The page of one account: header, notices, panels. Draws what it is given; reads and asks nothing by itself. */
import type { LiveState } from '../reading/live-account.ts';
import type { NavPoint } from '../reading/nav-history.ts';
import { withHead } from '../reading/nav-history.ts';
import type { Snapshot } from '../reading/snapshot.ts';
import { asDecimal, asFields, asText, asTime } from '../records/fields.ts';
import type { Session } from '../session/session.ts';
import type { Settings } from '../settings.ts';
import { usd } from '../view/amount.ts';
import { heatMap } from '../view/expectancy-view.ts';
import type { ExpectancyState } from '../view/expectancy-view.ts';
import { exposureView } from '../view/exposure-view.ts';
import { alertViews } from '../view/alert-view.ts';
import { incidentViews } from '../view/incident-view.ts';
import { notices } from '../view/notices.ts';
import { orderViews } from '../view/order-view.ts';
import { positionViews } from '../view/position-view.ts';
import { routerView } from '../view/router-view.ts';
import { tickHealth } from '../view/tick-view.ts';
import { ago } from '../view/time-text.ts';
import { lastDecisions, vetoGroups } from '../view/veto-view.ts';
import { exposureContent, ordersContent, positionsContent } from './account-panels.ts';
import { el } from './element.ts';
import { alertContent, expectancyContent, routerContent, tickContent, vetoContent } from './explanation-panels.ts';
import { Header } from './header.ts';
import type { HeaderActions } from './header.ts';
import { navContent } from './nav-panel.ts';
import { Panel } from './panel.ts';

export interface PageInput {
  readonly live: LiveState;
  readonly points: readonly NavPoint[] | null;
  readonly hours: number;
}

export interface PageActions extends HeaderActions {
  readonly chooseHours: (hours: number) => void;
}

/** Ages in lists are told to the minute, so that they are not drawn every second. */
const MINUTE_MS = 60_000;

export class Page {
  readonly #settings: Settings;
  readonly #actions: PageActions;
  readonly #header: Header;
  readonly #notices = el('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });
  #noticesDrawn = '';
  readonly #panels = {
    nav: new Panel('nav', 'NAV and drawdown'),
    exposure: new Panel('exposure', 'Exposure against caps'),
    alerts: new Panel('alerts', 'Alerts'),
    positions: new Panel('positions', 'Positions and protections'),
    orders: new Panel('orders', 'Orders'),
    why: new Panel('why', 'Why not'),
    ticks: new Panel('ticks', 'Ticks'),
    router: new Panel('router', 'Router health'),
    expectancy: new Panel('expectancy', 'Expectancy by hour'),
  };

  constructor(place: HTMLElement, settings: Settings, session: Session, namespace: string, actions: PageActions) {
    this.#settings = settings;
    this.#actions = actions;
    this.#header = new Header(settings, session, namespace, actions);
    const { nav, exposure, alerts, positions, orders, why, ticks, router, expectancy } = this.#panels;
    place.replaceChildren(this.#header.element, this.#notices, el('main', { id: 'main', tabindex: '-1' },
      nav.element, el('div', { class: 'side' }, exposure.element, alerts.element),
      positions.element,
      orders.element, el('div', { class: 'side' }, why.element, ticks.element),
      router.element, expectancy.element));
  }

  draw({ live, points, hours }: PageInput): void {
    this.#header.draw(live);
    this.#drawNotices(live);
    const { snapshot, now } = live;
    if (snapshot === null) return;
    const minute = Math.floor(now / MINUTE_MS);
    this.#drawNav(snapshot, now, points, hours);
    this.#drawAccount(snapshot, now, minute);
    this.#drawExplanations(snapshot, now, minute);
  }

  #drawNotices(live: LiveState): void {
    const found = notices(live, this.#settings);
    const key = JSON.stringify(found);
    if (key === this.#noticesDrawn) return;
    this.#noticesDrawn = key;
    this.#notices.replaceChildren(...found.map(({ level, title, text }) => el('p', { class: `notice ${level}` }, el('b', {}, title), ' ', text)));
  }

  #drawNav({ nav }: Snapshot, now: number, points: readonly NavPoint[] | null, hours: number): void {
    const width = Math.floor(this.#panels.nav.element.clientWidth) - 32;
    const curve = points === null ? null : withHead(points, nav?.fields ?? null);
    const valueAt = asTime(nav?.fields.valueAt);
    this.#panels.nav.draw([nav, curve?.length, curve?.at(-1), hours, width], valueAt === null ? '' : `valued ${ago(valueAt, now)}`, () =>
      navContent({ nav, points: curve, hours, caps: this.#settings.caps, width, choose: this.#actions.chooseHours }));
  }

  #drawAccount(snapshot: Snapshot, now: number, minute: number): void {
    const { exposure, positions, orders } = this.#panels;
    const exposed = exposureView(snapshot.risk?.fields ?? null, asDecimal(snapshot.nav?.fields.navUsd), this.#settings.caps);
    exposure.draw(exposed, '', () => exposureContent(exposed));
    const held = positionViews(snapshot.positions, snapshot.protections);
    const state = snapshot.positions?.fields;
    const agrees = state?.ledgerAgrees === true ? ', ledger equals the venue' : '';
    positions.draw([held, minute], state === undefined ? '' : `gross ${usd(asDecimal(state.grossUsd))} USD, net ${usd(asDecimal(state.netUsd))} USD${agrees}`, () => positionsContent(held, now));
    const listed = orderViews(snapshot.orders);
    orders.draw([listed, Math.floor(minute / 1440)], listed.length === 0 ? '' : `the newest ${listed.length}`, () => ordersContent(listed, now));
  }

  #drawExplanations(snapshot: Snapshot, now: number, minute: number): void {
    const { alerts, why, ticks, router, expectancy } = this.#panels;
    const open = incidentViews(snapshot.incidents);
    const raised = alertViews(snapshot.alerts, open);
    alerts.draw([raised, open, minute], raised.length + open.length === 0 ? '' : `${raised.length + open.length} open`, () => alertContent(raised, open, now));
    const [groups, decisions] = [vetoGroups(snapshot.vetoes, now), lastDecisions(snapshot.ticks)];
    why.draw([groups, decisions, minute], '', () => vetoContent(groups, decisions, now));
    const health = tickHealth(snapshot.ticks);
    const cost = asText(snapshot.cost?.fields.summary);
    ticks.draw([health, cost], health.lastAt === null ? '' : `last ${ago(health.lastAt, now)}`, () => tickContent(health, cost));
    const routes = routerView(snapshot.routerHealth?.fields ?? null);
    router.draw(routes, routes === null || routes.windowDays === null ? '' : `${routes.windowDays} days, computed ${ago(routes.computedAt, now)}`, () => routerContent(routes));
    const heat = heatMap(asFields<ExpectancyState>(snapshot.expectancy?.fields));
    expectancy.draw(heat, asText(asFields<{ summary: string }>(snapshot.expectancy?.fields)?.summary) ?? '', () => expectancyContent(heat));
  }
}
