/**
 * What must hold once nothing is open, whatever went wrong before. Each broken promise is a sentence; a sound world has none.
 *
 * 1. The venue's orders are exactly those that our records explain, one per (intent, attempt), named after them, and no
 *    two attempts of an intent lived at the venue at the same time.
 * 2. Every trade of the venue is booked once, and nothing else is; positions, fees, PnL and income agree to the last digit.
 * 3. Every intent is terminal, attributed, within its quantity, without reservation or open work; how it was worked is told once.
 * 4. Every position of a strategy has its stop at the venue, and no stop is left without a position.
 * 5. The engine itself has found that its ledger agrees, has closed what it did about every difference, and raised no incident.
 */
import { venueStop } from '../../../functions/src/adapters/venue-simulated/stop-words.ts';
import { clientOrderId } from '../../../functions/src/domain/identity/derived-id.ts';
import { decimal, sum, text } from '../../../functions/src/domain/money/decimal.ts';
import type { ExchangeState, Order } from '../../../functions/src/domain/matching/exchange-state.ts';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import type { OrderRecord } from '../../../functions/src/schema/records/order.ts';
import { positionKey } from '../../../functions/src/schema/records/position.ts';
import { compareBooks } from '../../../local/compare-books.ts';
import { venueBooks } from '../../../local/venue-books.ts';
import type { EngineRecords } from './records.ts';

export function brokenPromises(records: EngineRecords, venue: ExchangeState): readonly string[] {
  const books = venueBooks(venue);
  const { differences, duplicates } = compareBooks(records, books);
  return [
    ...differences,
    ...(duplicates === 0 ? [] : [`${duplicates} venue orders are unexplained, repeated or overlap`]),
    ...records.orders.flatMap(misnamed),
    ...orderFaults(records.orders, books.orders),
    ...records.orders.flatMap((order) => liveTogether(order, records.orders, books.orders)),
    ...tradeFaults(records, venue),
    ...records.intents.flatMap((intent) => intentFaults(intent, records)),
    ...protectionFaults(records, venue),
    ...remains(records),
  ];
}

function misnamed(order: OrderRecord): string[] {
  const expected = clientOrderId(order.intentId, order.leg, order.attempt);
  return order.clientOrderId === expected ? [] : [`order ${order.clientOrderId} should be named ${expected}`];
}

/** `absent` and `rejected` say that the venue never had it; of all others it must tell the same as we. */
function orderFaults(ours: readonly OrderRecord[], theirs: readonly Order[]): string[] {
  const venue = new Map(theirs.map((order) => [order.clientOrderId, order]));
  return ours.flatMap((order) => {
    const known = venue.get(order.clientOrderId);
    const name = `order ${order.clientOrderId}`;
    if (order.status === 'absent' || order.status === 'rejected') return known === undefined ? [] : [`${name} is ${order.status} here and ${known.status} at the venue`];
    if (known === undefined) return [`${name} is ${order.status} here and unknown to the venue`];
    if (known.status.toLowerCase() !== order.status) return [`${name} is ${order.status} here and ${known.status} at the venue`];
    const agree = order.executedQty === known.executedQty && order.bookedQty === known.executedQty;
    return agree ? [] : [`${name}: executed ${order.executedQty}, booked ${order.bookedQty}, at the venue ${known.executedQty}`];
  });
}

/** By the venue's own times: an attempt was placed before an earlier one of its intent had ended there. */
function liveTogether(order: OrderRecord, ours: readonly OrderRecord[], theirs: readonly Order[]): string[] {
  const placed = theirs.find((other) => other.clientOrderId === order.clientOrderId);
  if (placed === undefined) return [];
  const earlier = new Set(ours.filter((other) => other.intentId === order.intentId && other.attempt < order.attempt).map((other) => other.clientOrderId));
  return theirs
    .filter((other) => earlier.has(other.clientOrderId) && (isLive(other) || other.updateTime > placed.time))
    .map((other) => `${order.clientOrderId} was placed while ${other.clientOrderId} lived`);
}

function isLive({ status }: Order): boolean {
  return status === 'NEW' || status === 'PARTIALLY_FILLED';
}

function tradeFaults({ fills }: EngineRecords, { trades }: ExchangeState): string[] {
  const ours = fills.map((fill) => `${fill.symbol} ${fill.tradeId}: ${fill.side} ${fill.qty} at ${fill.price}, fee ${fill.feeAmount}`).toSorted();
  const theirs = trades.map((trade) => `${trade.symbol} ${trade.id}: ${trade.side.toLowerCase()} ${trade.qty} at ${trade.price}, fee ${trade.commission}`).toSorted();
  return [
    ...ours.filter((line) => !theirs.includes(line)).map((line) => `booked but not traded: ${line}`),
    ...theirs.filter((line) => !ours.includes(line)).map((line) => `traded but not booked: ${line}`),
  ];
}

function intentFaults(intent: IntentRecord, { orders, fills, attribution, routes }: EngineRecords): string[] {
  const faults: string[] = [];
  const name = `intent ${intent.intentId}`;
  if (intent.terminalAt === null) faults.push(`${name} is ${intent.status}, not terminal`);
  const told = attribution.filter((record) => record.intentId === intent.intentId);
  if (told.length !== 1 || told[0]?.executedQty !== intent.executedQty) faults.push(`${name} has ${told.length} attribution records that tell its quantity`);
  const worked = routes.filter((record) => record.intentId === intent.intentId);
  const isWorked = intent.attempts > 0;
  if (worked.length !== (isWorked ? 1 : 0) || worked.some((route) => route.executedQty !== intent.executedQty)) faults.push(`${name} of ${intent.attempts} attempts has ${worked.length} routes that tell its quantity`);
  const filled = text(sum(fills.filter((fill) => fill.intentId === intent.intentId).map((fill) => decimal(fill.qty))));
  if (filled !== intent.executedQty) faults.push(`${name} says ${intent.executedQty} executed, its fills say ${filled}`);
  if (decimal(intent.executedQty).gt(intent.qty)) faults.push(`${name} executed ${intent.executedQty} of ${intent.qty}`);
  const attempts = orders.filter((order) => order.intentId === intent.intentId).map((order) => order.attempt).toSorted((a, b) => a - b);
  if (attempts.some((attempt, index) => attempt !== index + 1)) faults.push(`${name} has attempts ${attempts.join(', ')}`);
  return faults;
}

function protectionFaults({ risk, protections }: EngineRecords, { openAlgos }: ExchangeState): string[] {
  const resting = new Set(openAlgos.map(venueStop).map((stop) => positionKey(stop.symbol, stop.positionSide)));
  const owned = Object.entries(risk.exposures).filter(([, exposure]) => exposure.strategy !== null);
  const recorded = protections.map((entry) => ({ ...entry, key: positionKey(entry.symbol, entry.positionSide) }));
  return [
    ...owned.filter(([key]) => !resting.has(key)).map(([key]) => `${key} has no stop at the venue`),
    ...[...resting].filter((key) => risk.exposures[key] === undefined).map((key) => `a stop of ${key} is left without a position`),
    // The names of a closed position's stops stay until its books agree; that one of them rests nobody may say.
    ...recorded.filter(({ key, resting: told }) => risk.exposures[key] === undefined && told.length > 0).map(({ key }) => `a protection record of ${key} tells of stops without a position`),
    ...recorded.filter((entry) => entry.unprotectedSinceAt !== null).map(({ key, summary }) => `${key}: ${summary}`),
  ];
}

function remains({ outbox, risk, incidents, reconciliations, compared }: EngineRecords): string[] {
  return [
    ...outbox.filter((entry) => entry.state !== 'done' || entry.lease !== null).map((entry) => `outbox entry ${entry.intentId} is ${entry.state}`),
    ...Object.keys(risk.reservations).map((intentId) => `intent ${intentId} still has a reservation`),
    ...incidents.map((incident) => `incident ${incident.kind}: ${incident.summary}`),
    ...reconciliations.filter(({ resolvedAt }) => resolvedAt === null).map(({ summary }) => `reconciliation is open: ${summary}`),
    ...(compared?.ledgerAgrees === true ? [] : [`sync says that the ledger agrees: ${compared?.ledgerAgrees ?? 'never compared'}`]),
  ];
}
