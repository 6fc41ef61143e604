/** One line that rewrites itself: how far, what time it is in the simulation, NAV and orders. Plain lines off a terminal. */
import { barText } from './bar-text.ts';
import type { Stack } from './host/stack.ts';
import { venueNav } from './venue-books.ts';

const REDRAW_MS = 100;
/** Off a terminal: a line for each tenth. */
const LINES = 10;

export class ProgressBar {
  readonly #out: NodeJS.WriteStream;
  readonly #startAt: number;
  readonly #untilAt: number;
  #drawnAt = 0;
  #linesDrawn = 0;
  #ticks = 0;

  constructor(out: NodeJS.WriteStream, startAt: number, untilAt: number) {
    this.#out = out;
    this.#startAt = startAt;
    this.#untilAt = untilAt;
  }

  at(now: number, stack: Stack): void {
    this.#ticks += 1;
    const share = Math.min(1, (now - this.#startAt) / (this.#untilAt - this.#startAt));
    if (this.#out.isTTY ? performance.now() - this.#drawnAt < REDRAW_MS : Math.floor(share * LINES) <= this.#linesDrawn) return;
    this.#drawnAt = performance.now();
    this.#linesDrawn = Math.floor(share * LINES);
    const text = this.#line(now, share, stack);
    this.#out.write(this.#out.isTTY ? `\r\u001B[K${text}` : `${text}\n`);
  }

  done(): void {
    if (this.#out.isTTY) this.#out.write('\n');
  }

  #line(now: number, share: number, stack: Stack): string {
    const { openOrders, closedOrders } = stack.venue.core.state;
    const orders = Object.values(openOrders).reduce((sum, list) => sum + list.length, 0) + Object.keys(closedOrders).length;
    const time = new Date(now).toISOString().slice(0, 16).replace('T', ' ');
    return `${barText(share)}  ${this.#ticks} ticks  ${time}  NAV ${Number(venueNav(stack.venue)).toFixed(2)}  ${orders} orders`;
  }
}
