/**
 * Public history of Binance USD-M, page by page. Nothing is signed, no key is held. The venue's request weight is shared
 * with whatever else trades from this address, so no more than a part of it is spent.
 */
import { z } from 'zod';
import { DownloadError } from './download-error.ts';

const MINUTE_MS = 60_000;
/** Of the 2,400 a minute that an address has. */
const MOST_WEIGHT = 1200;
const MOST_TRIES = 6;
const FIRST_PAUSE_MS = 500;
const DEADLINE_MS = 30_000;
const MOST_FUNDING = 1000;
/** The largest page that costs five of weight. */
export const MOST_CANDLES = 1000;

const decimal = z.string().regex(/^\d+(\.\d+)?$/);
const candleRow = z.tuple([z.int(), decimal, decimal, decimal, decimal, decimal], z.unknown());
const fundingRow = z.object({ fundingTime: z.int(), fundingRate: z.string().regex(/^-?\d+(\.\d+)?$/) });
const serverTime = z.object({ serverTime: z.int() });
const refusal = z.object({ code: z.int(), msg: z.string() });

export interface MinuteRow {
  readonly time: number;
  /** Open, high, low, close and volume, as the venue writes them. */
  readonly values: readonly string[];
}

export interface FundingRow {
  readonly time: number;
  readonly rate: string;
}

export interface PublicVenueOptions {
  readonly url: string;
  readonly fetch: typeof fetch;
  readonly sleep: (ms: number) => Promise<void>;
}

export class PublicVenue {
  readonly #options: PublicVenueOptions;

  constructor(options: PublicVenueOptions) {
    this.#options = options;
  }

  async now(): Promise<number> {
    return (await this.#get('/fapi/v1/time', {}, serverTime)).serverTime;
  }

  /** One-minute candles with `from` <= open time < `to`, at most MOST_CANDLES of them. Throws DownloadError. */
  async minutes(symbol: string, from: number, to: number): Promise<readonly MinuteRow[]> {
    const query = { symbol, interval: '1m', startTime: String(from), endTime: String(to - 1), limit: String((to - from) / MINUTE_MS) };
    return (await this.#get('/fapi/v1/klines', query, z.array(candleRow))).map(([time, ...values]) => ({ time, values: values.slice(0, 5).map(String) }));
  }

  /** Settlements with `from` <= time < `to`, oldest first. Throws DownloadError. */
  async funding(symbol: string, from: number, to: number): Promise<readonly FundingRow[]> {
    const found: FundingRow[] = [];
    for (let since = from; ; ) {
      const query = { symbol, startTime: String(since), endTime: String(to - 1), limit: String(MOST_FUNDING) };
      const page = (await this.#get('/fapi/v1/fundingRate', query, z.array(fundingRow))).map(({ fundingTime, fundingRate }) => ({ time: fundingTime, rate: fundingRate }));
      found.push(...page);
      const last = page.at(-1);
      if (last === undefined || page.length < MOST_FUNDING) return found;
      since = last.time + 1;
    }
  }

  async #get<T>(path: string, query: Readonly<Record<string, string>>, schema: z.ZodType<T>): Promise<T> {
    const url = `${this.#options.url}${path}?${new URLSearchParams(query).toString()}`;
    for (let attempt = 1; ; attempt += 1) {
      const reply = await this.#once(url);
      const isLast = attempt === MOST_TRIES;
      if (reply.kind === 'told') {
        const parsed = schema.safeParse(reply.body);
        if (parsed.success) return parsed.data;
        throw new DownloadError(`${path} answered something else than is documented: ${z.prettifyError(parsed.error)}`, false);
      }
      if (isLast) throw new DownloadError(`${path}: ${reply.cause}; run the same command again to go on`, true);
      await this.#options.sleep(reply.afterMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1));
    }
  }

  /** Throws DownloadError for what asking again does not change. */
  async #once(url: string): Promise<Reply> {
    let status: number;
    let text: string;
    let headers: Headers;
    try {
      const response = await this.#options.fetch(url, { redirect: 'error', signal: AbortSignal.timeout(DEADLINE_MS) });
      ({ status, headers } = response);
      text = await response.text();
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { kind: 'again', cause: cause instanceof Error ? cause.message : String(cause), afterMs: null };
    }
    await this.#keepWithinWeight(headers);
    const body = jsonOf(text);
    if (status === 200) return { kind: 'told', body };
    if (status === 429) return { kind: 'again', cause: 'the venue asks to wait', afterMs: secondsIn(headers, 60) * 1000 };
    if (status >= 500) return { kind: 'again', cause: `the venue answered ${status}`, afterMs: null };
    throw refusedBy(status, headers, refusal.safeParse(body).data?.msg ?? text.slice(0, 200));
  }

  /** The weight is counted by the clock minute; the next one begins afresh. */
  async #keepWithinWeight(headers: Headers): Promise<void> {
    const used = Number(headers.get('x-mbx-used-weight-1m') ?? Number.NaN);
    if (used >= MOST_WEIGHT) await this.#options.sleep(MINUTE_MS);
  }
}

type Reply = { readonly kind: 'told'; readonly body: unknown } | { readonly kind: 'again'; readonly cause: string; readonly afterMs: number | null };

function refusedBy(status: number, headers: Headers, message: string): DownloadError {
  if (status === 418) return new DownloadError(`the venue has banned this address for ${secondsIn(headers, 120)} s: wait for so long, then run the same command again`, true);
  if (status === 451 || status === 403) return new DownloadError(`the venue does not serve this address (${status}: ${message}): use one in a country that it serves`, false);
  return new DownloadError(`the venue refuses (${status}: ${message}); check --symbols, --from and --to`, false);
}

/** What Retry-After says, in seconds. */
function secondsIn(headers: Headers, otherwise: number): number {
  const text = headers.get('retry-after');
  return text !== null && /^\d+$/.test(text) ? Number(text) : otherwise;
}

/** Undefined for what is not JSON; the schema then refuses it. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
