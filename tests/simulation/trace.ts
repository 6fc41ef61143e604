import type { ExchangeEvent } from '../../functions/src/domain/matching/exchange-event.ts';

const KEPT = 60;

/** The last things that happened, each with its time since the start. */
export class Trace {
  readonly #startAt: number;
  readonly #now: () => number;
  #lines: string[] = [];

  constructor(startAt: number, now: () => number) {
    this.#startAt = startAt;
    this.#now = now;
  }

  get lines(): readonly string[] {
    return this.#lines.slice(-KEPT);
  }

  note(line: string): void {
    this.#lines.push(`${elapsed(this.#now() - this.#startAt)} ${line}`);
    if (this.#lines.length > 4 * KEPT) this.#lines = this.#lines.slice(-KEPT);
  }

  exchange(event: ExchangeEvent): void {
    switch (event.kind) {
      case 'order': {
        const { clientOrderId, side, origQty, symbol, price, status, executedQty } = event.order;
        return this.note(`venue: ${clientOrderId} ${side} ${origQty} ${symbol} at ${price} ${status}, executed ${executedQty}`);
      }
      case 'trade':
        return this.note(`venue: trade ${event.trade.id} of order ${event.trade.orderId}: ${event.trade.qty} at ${event.trade.price}`);
      case 'algo':
        return this.note(`venue: stop ${event.algo.clientAlgoId} ${event.algo.symbol} ${event.algo.algoStatus}`);
      case 'income':
        return undefined;
    }
  }
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');

/** hh:mm:ss.mmm */
function elapsed(ms: number): string {
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}
