/** What holds once faults have ended and time has gone on until nothing is open. Each broken one is a sentence. */
import type { ExchangeState } from '../../../functions/src/domain/matching/exchange-state.ts';
import { decimal, sum, text } from '../../../functions/src/domain/money/decimal.ts';
import { venueBooks } from '../../../local/venue-books.ts';
import { brokenPromises } from '../../support/engine/broken-promises.ts';
import { withoutHand } from '../../support/engine/stories.ts';
import { isByHand } from '../others.ts';
import type { FinalRecords } from '../records-of-dump.ts';
import type { Invariant } from '../violation.ts';
import { unexplained } from './explanations.ts';

export type Finding = readonly [invariant: Invariant, detail: string];

/** `disturbed`: a venue that does not answer leaves positions without a stop and questions without an answer for a while. */
export function finalFindings(records: FinalRecords, venue: ExchangeState, disturbed: boolean): readonly Finding[] {
  const told = { ...records, incidents: records.incidents.filter((incident) => !isTrueAlarm(incident.kind, venue, disturbed)) };
  const explained = records.incidents.filter((incident) => disturbed && incident.kind === 'unprotectedPosition' && incident.resolvedAt === null);
  const promises = brokenPromises(told, withoutHand(venue)).filter((sentence) => !explained.some(({ symbol }) => isUnprotected(sentence, symbol ?? 'no symbol')));
  return [
    ...promises.map((sentence): Finding => [invariantOf(sentence), sentence]),
    ...unexplained(records).map((sentence): Finding => ['books', sentence]),
    ...navFindings(records, venue),
  ];
}

/** A position is protected, or an open incident says why not. */
function isUnprotected(sentence: string, symbol: string): boolean {
  return sentence.startsWith(`${symbol}-`) && (sentence.includes('UNPROTECTED') || sentence.endsWith('has no stop at the venue'));
}

/** What may be told of an account with which nobody but the engine, its stops and the venue itself has traded. */
export function isTrueAlarm(kind: string, venue: ExchangeState, disturbed: boolean): boolean {
  if (kind === 'unprotectedPosition' || kind === 'ambiguousTooLong' || kind === 'ledgerMismatch') return disturbed;
  if (kind === 'foreignFills') return Object.values(venue.closedOrders).some(isByHand);
  return (kind === 'liquidation' || kind === 'deleveraging') && Object.values(venue.closedOrders).some((order) => order.origin === 'liquidation' || order.origin === 'adl');
}

/** By what a broken promise says: where it belongs among the eight. */
function invariantOf(sentence: string): Invariant {
  if (/\bstop\b/.test(sentence)) return 'liveness';
  if (/while .* lived|unexplained|unknown to the venue|should be named|at the venue$/.test(sentence)) return 'oneLiveOrder';
  if (/^(position|fees|realised|funding|commission|wallet|fills:|booked|traded)|executed .* booked|sync says/.test(sentence)) return 'books';
  return 'liveness';
}

/** NAV = start + realised - fees + funding + cash flows + unrealised, in the engine's record and to the last digit. */
function navFindings({ nav, income, risk, compared }: FinalRecords, venue: ExchangeState): readonly Finding[] {
  if (nav === null || income === null || compared === null) return [['nav', 'NAV, income or positions were never recorded']];
  const books = venueBooks(venue);
  const findings: Finding[] = [];
  const equal = (what: string, ours: string, theirs: string): void => {
    if (!decimal(ours).eq(theirs)) findings.push(['nav', `${what}: ${ours}, but ${theirs}`]);
  };
  if (nav.health !== 'ok' && nav.health !== 'anomaly') findings.push(['nav', `NAV is ${nav.health}: ${nav.healthReason ?? ''}`]);
  equal('NAV and the venue', nav.navUsd, text(books.navUsd));
  // What had come before the engine first looked is what it began with.
  const start = sum(venue.income.filter((row) => row.incomeType === 'TRANSFER' && row.time < income.startedAt).map((row) => decimal(row.income)));
  const wallet = start.plus(risk.totals.venueRealizedPnlUsd).minus(risk.totals.feesUsd).plus(income.fundingUsd).plus(income.otherUsd).plus(income.transfersUsd);
  equal('wallet and its parts in the ledger', nav.walletUsd, text(wallet));
  const unrealized = sum(compared.items.map((item) => decimal(item.unrealizedUsd)));
  equal('NAV and wallet plus unrealised', nav.navUsd, text(wallet.plus(unrealized)));
  return findings;
}
