import { z } from 'zod';
import type { Book, BookLevel } from '../../domain/market/book.ts';
import { wirePrice, wireQty, wireTime } from './wire-scalars.ts';

/** How many levels the endpoint can be asked for; up to 50 they weigh 2, 100 weigh 5. */
const LIMITS = [5, 10, 20, 50, 100] as const;

/** The smallest request that holds the levels. Throws RangeError beyond what the port allows. */
export function depthLimit(levels: number): number {
  const limit = LIMITS.find((candidate) => candidate >= levels);
  if (limit === undefined || !Number.isInteger(levels) || levels < 1) throw new RangeError(`books: levels is ${levels}, allowed are 1 to 100`);
  return limit;
}

const wireLevel = z.tuple([wirePrice, wireQty]).transform(([price, qty]): BookLevel => ({ price, qty }));

/** GET /fapi/v1/depth. T is the time of the last transaction in it. */
export function wireBook(symbol: string, levels: number): z.ZodType<Book> {
  return z
    .looseObject({ T: wireTime, bids: z.array(wireLevel), asks: z.array(wireLevel) })
    .transform((raw): Book => ({ symbol, bids: raw.bids.slice(0, levels), asks: raw.asks.slice(0, levels), at: raw.T }));
}
