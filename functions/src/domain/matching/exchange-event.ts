// What happened inside the exchange, in order: the account holder's view of a command or of a market event.
import type { AlgoOrder, IncomeRow, Order, Trade } from './exchange-state.ts';

export type ExchangeEvent =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'algo'; readonly algo: AlgoOrder }
  | { readonly kind: 'trade'; readonly trade: Trade }
  | { readonly kind: 'income'; readonly row: IncomeRow };
