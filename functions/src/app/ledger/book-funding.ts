/** Books new funding on positions and trades within the transaction that books the income itself. */
import { bookFunding } from '../../domain/ledger/book-funding.ts';
import type { BookedFunding, FundingPayment } from '../../domain/ledger/book-funding.ts';
import type { PositionSides } from '../../domain/ledger/book-on-sides.ts';
import { withFunding } from '../../domain/ledger/round-trip.ts';
import type { Decimal } from '../../domain/money/decimal.ts';
import { sum } from '../../domain/money/decimal.ts';
import type { Transaction } from '../../ports/store.ts';
import { TRADES } from '../../schema/records/trade.ts';
import type { TradeRecord } from '../../schema/records/trade.ts';
import { readPositions, writePositions } from './ledger-records.ts';

export interface FundingToWrite {
  readonly unassignedUsd: Decimal;
  readonly write: () => void;
}

/** Reads all it needs; `write` is for after the caller's last read. */
export async function planFunding(tx: Transaction, payments: readonly FundingPayment[]): Promise<FundingToWrite> {
  const known = Map.groupBy(payments.filter(({ symbol }) => symbol !== null), ({ symbol }) => symbol ?? '');
  const booked: { readonly before: PositionSides; readonly after: BookedFunding }[] = [];
  for (const [symbol, ofSymbol] of known) {
    const before = await readPositions(tx, symbol);
    booked.push({ before, after: bookFunding(before, ofSymbol) });
  }
  const amounts = new Map(booked.flatMap(({ after }) => [...after.byTradeId]));
  const trades: Readonly<Record<string, TradeRecord | null>> = amounts.size === 0 ? {} : await tx.get(Object.fromEntries([...amounts.keys()].map((id) => [id, { collection: TRADES, id }])));
  const nowhere = payments.filter(({ symbol }) => symbol === null).map((payment) => payment.amountUsd);
  return {
    unassignedUsd: sum([...nowhere, ...booked.map(({ after }) => after.unassignedUsd)]),
    write: () => {
      for (const { before, after } of booked) writePositions(tx, before, after.positions);
      for (const [id, amount] of amounts) {
        const trade = trades[id];
        if (trade === undefined || trade === null) throw new Error(`a position names trade ${id}, which does not exist`);
        tx.set(TRADES, id, withFunding(trade, amount));
      }
    },
  };
}
