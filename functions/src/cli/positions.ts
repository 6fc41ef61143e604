import { readPositions } from '../app/inspect/read-positions.ts';
import type { Positions } from '../app/inspect/read-positions.ts';
import type { Inspection } from '../compose/start-inspection.ts';
import type { Answer } from './answer.ts';
import { positionSection } from './status-lines.ts';
import { left, right, section, tableLines } from './table.ts';
import { isoText, timeText } from './time-text.ts';

/** `portcullis positions`. */
export async function positions(inspection: Inspection, place: string): Promise<Answer> {
  const view = await readPositions(inspection);
  return { json: { place, ...view }, lines: positionsLines(view, place), exitCode: 0 };
}

export function positionsLines(view: Positions, place: string): readonly string[] {
  return [
    `${place}, seen ${isoText(view.now)}`,
    ...positionSection(view.atVenue, view.now),
    ...section('in our ledger', exposureLines(view), 'nothing'),
    ...section('reserved by open work', reservationLines(view), 'nothing'),
    ...section('protections', protectionLines(view), 'none'),
  ];
}

function exposureLines({ exposures, now }: Positions): readonly string[] {
  const rows = Object.values(exposures).map(({ symbol, positionSide, qty, averageEntryPrice, strategy, openedAt, markPrice, tier }) => [
    symbol, positionSide, qty, averageEntryPrice, markPrice, tier, strategy ?? '-', timeText(openedAt, now),
  ]);
  if (rows.length === 0) return [];
  return tableLines([left('symbol'), left('side'), right('qty'), right('entry'), right('mark'), left('tier'), left('strategy'), left('open since')], rows);
}

function reservationLines({ reservations, now }: Positions): readonly string[] {
  const rows = Object.values(reservations).map(({ intentId, symbol, positionSide, purpose, qty, price, reservedAt }) => [intentId, symbol, `${purpose} ${positionSide}`, qty, price, timeText(reservedAt, now)]);
  if (rows.length === 0) return [];
  return tableLines([left('intent'), left('symbol'), left('what'), right('qty'), right('price'), left('since')], rows);
}

function protectionLines({ protections, now }: Positions): readonly string[] {
  if (protections.length === 0) return [];
  return tableLines(
    [left('symbol'), left('side'), left('resting'), left('')],
    protections.map(({ symbol, positionSide, resting, unprotectedSinceAt, reason }) => [
      symbol,
      positionSide,
      resting.length === 0 ? 'none' : resting.map(({ kind, triggerPrice }) => `${kind} at ${triggerPrice}`).join(', '),
      unprotectedSinceAt === null ? '' : `UNPROTECTED since ${timeText(unprotectedSinceAt, now)}: ${reason ?? 'no reason given'}`,
    ]),
  );
}
