import { readOrders } from '../app/inspect/read-orders.ts';
import type { Orders } from '../app/inspect/read-orders.ts';
import type { Inspection } from '../compose/start-inspection.ts';
import type { Answer } from './answer.ts';
import { intentLines, orderLines } from './status-lines.ts';
import { section } from './table.ts';
import { isoText } from './time-text.ts';

/** `portcullis orders`. */
export async function orders(inspection: Inspection, place: string): Promise<Answer> {
  const view = await readOrders(inspection);
  return { json: { place, ...view }, lines: ordersLines(view, place), exitCode: 0 };
}

export function ordersLines(view: Orders, place: string): readonly string[] {
  return [`${place}, seen ${isoText(view.now)}`, ...section('open intents', intentLines(view), 'none'), ...section('open orders', orderLines(view), 'none')];
}
