import { openLines } from './alert-lines.ts';
import { fixedText, usdText } from './amount-text.ts';
import { decimal } from '../domain/money/decimal.ts';
import type { PositionsState } from '../schema/records/positions-state.ts';
import type { EpochMs } from '../schema/scalars.ts';
import { MOST_LISTED } from '../app/inspect/read-status.ts';
import type { Status } from '../app/inspect/read-status.ts';
import { left, pairLines, right, section, tableLines } from './table.ts';
import { ageText, isoText, timeText } from './time-text.ts';

export function statusLines(status: Status): readonly string[] {
  return [
    `${status.place}, seen ${isoText(status.now)}`,
    '',
    ...pairLines([
      ['trading', tradingText(status)],
      ['orders', status.orderGate.kind === 'open' ? 'write gate open' : `write gate closed: ${status.orderGate.reason}`],
      ...navPairs(status),
      ['outbox', outboxText(status)],
      ['engine', `version ${status.engineVersion}, config ${status.configHash}`],
    ]),
    ...positionSection(status.positions, status.now),
    ...section('open intents', intentLines(status), 'none'),
    ...section('open orders', orderLines(status), 'none'),
    ...openLines(status.alerts, status.incidents, status.now),
    ...section('last ticks', tickLines(status), 'none yet'),
  ];
}

function tradingText({ tradingState, control, now }: Status): string {
  if (control === null) return `${tradingState}, nobody has ever changed it`;
  const { state, actor, reason, changedAt, expiresAt } = control;
  const since = `${state} by ${actor}, ${timeText(changedAt, now)}: ${reason}`;
  if (expiresAt === null) return since;
  return now >= expiresAt ? `${tradingState} again; ${since}, expired ${ageText(expiresAt, now)}` : `${since}; expires ${timeText(expiresAt, now)}`;
}

function navPairs({ nav, limits, now }: Status): readonly (readonly [string, string])[] {
  if (nav === null) return [['NAV', 'never read: entries are refused until sync has reached the venue']];
  const stale = Math.abs(now - nav.valueAt) > limits.navFreshnessSeconds * 1000 ? `, STALE: entries are refused beyond ${limits.navFreshnessSeconds} s` : '';
  const health = nav.health === 'ok' ? 'ok' : `${nav.health.toUpperCase()} (${nav.healthReason ?? 'no reason given'})`;
  return [
    ['NAV', `${usdText(nav.navUsd)} USD, ${health}, valued ${timeText(nav.valueAt, now)}${stale}`],
    ['', `wallet ${usdText(nav.walletUsd)} USD, unrealised ${usdText(nav.unrealizedUsd)} USD, available margin ${usdText(nav.availableMarginUsd)} USD`],
    ['drawdown', `${fixedText(nav.drawdownPct, 4)} % of the high-water mark ${usdText(nav.highWaterMarkUsd)} USD, limit ${limits.drawdownPct} %, worst ${fixedText(nav.maxDrawdownPct, 4)} %`],
    ['day loss', `${fixedText(nav.dayLossPct, 4)} % of ${usdText(nav.dayOpenNavUsd)} USD at the opening of ${nav.dayKey}, limit ${limits.dayLossPct} %`],
  ];
}

function outboxText({ outbox, now }: Status): string {
  const [first] = outbox;
  if (first === undefined) return 'nothing open';
  const due = outbox.filter(({ dueAt }) => dueAt <= now);
  return `${countText(outbox.length)} open, ${due.length} due; the first ${first.dueAt <= now ? 'since' : 'at'} ${timeText(first.dueAt, now)}`;
}

const countText = (count: number): string => (count < MOST_LISTED ? String(count) : `${count} or more`);

/** The venue's positions beside our ledger's. */
export function positionSection(positions: PositionsState | null, now: EpochMs): readonly string[] {
  if (positions === null) return section('positions', [], 'never read');
  const { items, health, ledgerAgrees, grossUsd, netUsd, valueAt } = positions;
  const agreement = ledgerAgrees === null ? 'not comparable while work is under way' : ledgerAgrees ? 'ledger equals the venue' : 'LEDGER DIFFERS FROM THE VENUE';
  const sums = `gross ${usdText(grossUsd)} USD, net ${usdText(netUsd)} USD`;
  const title = `positions: ${items.length}, ${sums}, ${agreement}, ${health === 'ok' ? '' : 'UNAVAILABLE, last '}read ${timeText(valueAt, now)}`;
  if (items.length === 0) return ['', title];
  const rows = items.map(({ symbol, positionSide, qty, ledgerQty, entryPrice, markPrice, notionalUsd, unrealizedUsd, liquidationPrice }) => [
    symbol, positionSide, qty, ledgerQty, decimal(qty).eq(ledgerQty) ? 'equal' : 'DIFFERS', entryPrice, markPrice, usdText(notionalUsd), usdText(unrealizedUsd), liquidationPrice ?? '-',
  ]);
  const columns = [left('symbol'), left('side'), right('venue qty'), right('ledger qty'), left(''), right('entry'), right('mark'), right('notional USD'), right('unrealised USD'), right('liquidation')];
  return section(title, tableLines(columns, rows), '');
}

export function intentLines({ intents, now }: Pick<Status, 'intents' | 'now'>): readonly string[] {
  if (intents.length === 0) return [];
  return tableLines(
    [left('intent'), left('symbol'), left('what'), left('status'), right('qty'), right('filled'), right('tries'), left('since'), left('expires')],
    intents.map((intent) => [
      intent.intentId, intent.symbol, `${intent.purpose} ${intent.positionSide}`, intent.status, intent.qty, intent.executedQty, String(intent.attempts),
      timeText(intent.createdAt, now), ageText(intent.expiresAt, now),
    ]),
  );
}

export function orderLines({ orders, now }: Pick<Status, 'orders' | 'now'>): readonly string[] {
  if (orders.length === 0) return [];
  return tableLines(
    [left('order'), left('symbol'), left('side'), left('leg'), left('status'), right('qty'), right('filled'), right('price'), left('armed')],
    orders.map((order) => [
      order.clientOrderId, order.symbol, `${order.side} ${order.positionSide}`, order.leg, order.status, order.qty, order.executedQty, order.price ?? 'market', timeText(order.armedAt, now),
    ]),
  );
}

function tickLines({ ticks, now }: Status): readonly string[] {
  if (ticks.length === 0) return [];
  return tableLines(
    [left('job'), left('scheduled'), right('took'), left('outcome'), left('summary')],
    ticks.map(({ job, scheduledAt, startedAt, finishedAt, outcome, summary, problems }) => [
      job, timeText(scheduledAt, now), `${finishedAt - startedAt} ms`, outcome, problems.length === 0 ? summary : `${summary}; ${problems.join('; ')}`,
    ]),
  );
}
