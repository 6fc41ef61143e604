/** Why not, alerts, router, expectancy and ticks. */
import { bps, ms, share } from '../view/amount.ts';
import type { AlertView } from '../view/alert-view.ts';
import type { HeatMap } from '../view/expectancy-view.ts';
import type { IncidentView } from '../view/incident-view.ts';
import type { RouterRow, RouterView } from '../view/router-view.ts';
import type { TickHealth, TickView } from '../view/tick-view.ts';
import { ago, clockText, fullTime } from '../view/time-text.ts';
import type { DecisionView, VetoGroup } from '../view/veto-view.ts';
import { chip, el, empty, svg, table } from './element.ts';
import type { Child, Column } from './element.ts';

export function vetoContent(groups: readonly VetoGroup[], decisions: readonly DecisionView[], now: number): Child {
  const most = Math.max(1, ...groups.map(({ count }) => count));
  return [
    el('h3', {}, 'Refusals of the last 24 h'),
    groups.length === 0 ? empty('No order was refused.') : el('ul', { class: 'vetoes' }, groups.map((group) => vetoItem(group, most, now))),
    el('h3', {}, 'Last decision of each strategy'),
    decisions.length === 0 ? empty('No candle has been judged within the ticks shown here.') : el('ul', { class: 'decisions' }, decisions.map(({ symbol, strategy, outcome, reason, at }) =>
      el('li', {}, el('b', {}, symbol), el('span', { class: 'leg' }, strategy), el('span', {}, reason === '' ? outcome : `${outcome}: ${reason}`), el('time', {}, clockText(at, now))))),
  ];
}

function vetoItem({ code, meaning, count, refusals }: VetoGroup, most: number, now: number): HTMLElement {
  return el('li', {}, el('details', { id: `veto-${code}` },
    el('summary', {}, el('code', {}, code), el('span', { class: 'num' }, String(count)),
      svg('svg', { class: 'meter plain', viewBox: '0 0 100 6', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, svg('rect', { class: 'open', width: (count / most) * 100, height: 6 }))),
    el('div', { class: 'story' }, el('p', {}, meaning), el('ul', {}, refusals.map((refusal) =>
      el('li', {}, el('b', {}, refusal.symbol), ` ${refusal.side}, ${refusal.strategy}, at the ${refusal.stage === 'screen' ? 'screener' : 'executor'}: observed `, el('b', {}, refusal.observed), ', limit ', el('b', {}, refusal.limit),
        ' set in ', el('code', {}, refusal.configPath), `, ${refusal.count ?? 'unknown'} times, last ${ago(refusal.lastAt, now)}`))))));
}

export function alertContent(alerts: readonly AlertView[], incidents: readonly IncidentView[], now: number): Child {
  if (alerts.length === 0 && incidents.length === 0) return empty('No open alert or incident.');
  return [
    alerts.length === 0 ? null : el('ul', { class: 'incidents' }, alerts.map(({ id, tone, kind, subject, detail, action, raisedAt }) =>
      el('li', {}, el('p', {}, chip(tone, kind), ' ', subject === null ? null : el('b', {}, `${subject}: `), detail),
        el('p', {}, el('b', {}, 'Do: '), action),
        el('p', { class: 'ids' }, `raised ${ago(raisedAt, now)}; to acknowledge: portcullis ack-alert ${id}`)))),
    incidents.length === 0 ? null : [el('h3', {}, 'Open incidents'), incidentList(incidents, now)],
  ];
}

function incidentList(incidents: readonly IncidentView[], now: number): HTMLElement {
  return el('ul', { class: 'incidents' }, incidents.map(({ id, kind, summary, ours, venues, action, openedAt, lastSeenAt, seen }) =>
    el('li', {}, el('p', {}, chip('bad', kind), ' ', el('b', {}, summary)),
      ours === null && venues === null ? null : el('p', {}, `Ours: ${ours ?? 'unknown'}. Venue’s: ${venues ?? 'unknown'}.`),
      el('p', {}, el('b', {}, 'Do: '), action),
      el('p', { class: 'ids' }, `opened ${ago(openedAt, now)}, last seen ${ago(lastSeenAt, now)}, ${seen === null ? 'an unknown number of times' : seen === 1 ? 'once' : `${seen} times`}; to acknowledge: portcullis ack-alert ${id}`))));
}

export function routerContent(view: RouterView | null): Child {
  if (view === null || view.rows.length === 0) return empty('Nothing learned yet: router health is computed from finished routes.');
  const columns: readonly Column<RouterRow>[] = [
    { head: 'Symbol', cell: ({ symbol }) => el('b', {}, symbol) },
    { head: 'Quality', cell: ({ quality, tone, isWarmup, reason }) => [chip(tone, quality, reason), isWarmup === true ? chip('calm', 'warm-up') : null] },
    { head: 'Routes', numeric: true, cell: ({ samples }) => (samples === null ? '–' : String(samples)) },
    { head: 'Maker share', numeric: true, cell: ({ makerShare }) => share(makerShare) },
    { head: 'Fallback', numeric: true, cell: ({ fallbackRatio }) => share(fallbackRatio) },
    { head: 'Slippage p50', numeric: true, cell: ({ slippageP50Bps }) => bps(slippageP50Bps) },
    { head: 'Slippage p95', numeric: true, cell: ({ slippageP95Bps }) => bps(slippageP95Bps) },
    { head: 'Ack p95', numeric: true, cell: ({ ackP95Ms }) => ms(ackP95Ms) },
    { head: 'Next order', cell: ({ policy }) => policy },
  ];
  return table('Router health by symbol', columns, view.rows);
}

export function expectancyContent(map: HeatMap | null): Child {
  if (map === null) return empty('Nothing learned yet: expectancy by hour is computed from closed trades.');
  return [
    el('div', { class: 'heat', role: 'list', 'aria-label': 'Expectancy by UTC hour' }, map.cells.map(({ hour, value, text, strength, samples, isWarmup }) =>
      el('div', { role: 'listitem', class: `cell ${value === null ? 'none' : value < 0 ? 'loss' : 'gain'} s${strength}${isWarmup ? ' warmup' : ''}`, title: `${hour}:00 UTC: ${text}, ${samples ?? 'unknown'} trades${isWarmup ? ', warm-up' : ''}` },
        el('small', {}, hour), el('b', {}, value === null ? '·' : value.toFixed(1)), el('small', {}, samples === null ? '?' : `n ${samples}`)))),
    el('p', { class: 'legend' }, `Mean net result by UTC hour of entry, in ${map.unit}; n counts trades. Dashed: still warming up, too few to act on.`),
  ];
}

/** `cost` is what `state/cost` says of itself; null where nothing has been counted yet. */
export function tickContent(health: TickHealth, cost: string | null): Child {
  if (health.ticks.length === 0) return empty('No tick yet.');
  const troubled = health.ticks.filter(({ outcome }) => outcome !== 'ok').toReversed().slice(0, 8);
  return [
    el('dl', { class: 'figures small' }, [
      ['Ticks shown', `${health.ok} ok, ${health.notOk} not`],
      ['Median run', ms(health.durationP50Ms)],
      ['Longest run', ms(health.durationMaxMs)],
      ['Latest start', `${ms(health.lagMaxMs)} late`],
    ].map(([label = '', value = '']) => el('div', { class: 'figure' }, el('dt', {}, label), el('dd', {}, value)))),
    strip(health.ticks),
    cost === null ? null : el('p', { class: 'legend' }, cost),
    troubled.length === 0 ? null : el('ul', { class: 'problems' }, troubled.map(({ id, job, outcome, scheduledAt, problems, summary }) =>
      el('li', { 'data-id': id }, chip('warn', outcome), ` ${job} ${scheduledAt === null ? '' : fullTime(scheduledAt)}: ${problems.length > 0 ? problems.join('; ') : summary}`))),
  ];
}

/** A bar a tick, as high as its run was long; one that was not ok is full height and marked. */
function strip(ticks: readonly TickView[]): SVGElement {
  const longest = Math.max(1, ...ticks.map(({ durationMs }) => durationMs ?? 0));
  const wide = 100 / ticks.length;
  return svg('svg', { class: 'strip', viewBox: '0 0 100 24', preserveAspectRatio: 'none', role: 'img', 'aria-label': `The last ${ticks.length} ticks, oldest first; ${ticks.filter(({ outcome }) => outcome !== 'ok').length} were not ok` },
    ticks.map(({ outcome, durationMs, job }, index) => {
      const high = outcome === 'ok' ? 6 + ((durationMs ?? 0) / longest) * 18 : 24;
      return svg('rect', { class: `${outcome} ${job}`, x: index * wide, y: 24 - high, width: wide * 0.8, height: high });
    }));
}
