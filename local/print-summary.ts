import type { Summary } from './summarize.ts';

export function printSummary(out: NodeJS.WritableStream, summary: Summary, json: boolean): void {
  const rows: readonly (readonly [string, string])[] = [
    ['ticks', `${summary.ticks} in ${summary.elapsedSeconds} s`],
    ['signals', `${summary.signals}, of which ${summary.abstained} abstained`],
    ['intents', String(summary.intents)],
    ['refusals', Object.entries(summary.vetoes).map(([code, count]) => `${code} ${count}`).join(', ') || 'none'],
    ['orders', String(summary.orders)],
    ['fills', `${summary.fills.maker} maker, ${summary.fills.taker} taker`],
    ['fees', `${summary.feesUsd} USD`],
    ['funding', `${summary.fundingUsd} USD`],
    ['realised PnL', `${summary.realizedPnlUsd} USD before fees (first in, first out)`],
    ['NAV', `${summary.navUsd} USD, max drawdown ${summary.maxDrawdownPct} %`],
    ['Firestore', `${summary.readsPerTick} reads and ${summary.writesPerTick} writes a tick: ${summary.usdPerMonth.toFixed(2)} USD a month after the free quota`],
    ['duplicates', String(summary.duplicates)],
    ['stuck', String(summary.stuck)],
    ['ledger', summary.ledgerEqualsVenue ? 'equals the venue to the last digit' : `DIFFERS: ${summary.differences.join('; ')}`],
    ['order list', summary.orderListHash],
  ];
  for (const [name, value] of rows) out.write(`${name.padEnd(13)} ${value}\n`);
  if (json) out.write(`${JSON.stringify(summary)}\n`);
}
