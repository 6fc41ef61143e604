import { usdText } from './amount-text.ts';
import type { ProbeView } from './read-probe.ts';
import { indented, pairLines } from './table.ts';
import { isoText } from './time-text.ts';
import { vetoLines } from './veto-lines.ts';

export function probeLines({ place, now, order, notionalUsd, priceSource, market, verdict }: ProbeView): readonly string[] {
  return [
    `probe of ${order.symbol} ${order.positionSide} in ${place}, seen ${isoText(now)}; nothing is sent`,
    '',
    ...pairLines([
      ['order', `${order.side} ${order.qty} at ${order.price}, ${usdText(notionalUsd)} USD, leverage ${order.leverage}`],
      ['price', priceSource],
      ['market', market.kind === 'used' ? 'quote and mark of the venue' : `unavailable: ${market.cause}`],
      ['verdict', verdictText(verdict)],
    ]),
    ...(verdict.approved ? [] : ['', ...indented(vetoLines(verdict.vetoes))]),
    ...(market.kind === 'used' ? [] : ['', 'Without quote and mark an entry is refused (market_unavailable), and spread, collar, funding and book are not looked at.']),
  ];
}

function verdictText({ approved, vetoes }: ProbeView['verdict']): string {
  if (approved) return 'APPROVED by every check';
  return `REFUSED by ${vetoes.length === 1 ? '1 check' : `${vetoes.length} checks`}`;
}
