/**
 * ccxt as a signing transport: it builds and signs the request of an implicit endpoint and gives back the raw JSON.
 * Time, errors and the way out are ours. ccxt's own error classes are never used: they depend on the URL and fold
 * different meanings into one class.
 */
import { Binanceusdm } from './ccxt-class.ts';
import { CallFailedError } from './call-failure.ts';
import { type Refusal, type VenueReply, refusalOfReply } from './refusal-of-reply.ts';
import type { WireFetch } from './wire-fetch.ts';

export interface BinanceClientOptions {
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly receiveWindowMs: number;
  readonly fetch: WireFetch;
  /** The venue's time as far as we know it, in epoch milliseconds. */
  readonly venueTime: () => number;
  /** Sees every reply, with its refusal if it is one, before the call resolves. */
  readonly onReply: (headers: VenueReply['headers'], refusal: Refusal | null) => void;
}

/** The endpoints we use, by ccxt's implicit method names. */
export type Endpoint =
  | 'fapiPublicGetTime'
  | 'fapiPublicGetExchangeInfo'
  | 'fapiPublicGetTickerBookTicker'
  | 'fapiPublicGetPremiumIndex'
  | 'fapiPublicGetDepth'
  | 'fapiPublicGetKlines'
  | 'fapiPrivateGetAccountConfig'
  | 'fapiPrivateGetSymbolConfig'
  | 'fapiPrivateGetLeverageBracket'
  | 'fapiPrivateV3GetAccount'
  | 'fapiPrivateV3GetPositionRisk'
  | 'fapiPrivateGetOpenOrders'
  | 'fapiPrivateGetOrder'
  | 'fapiPrivateGetOpenAlgoOrders'
  | 'fapiPrivateGetAlgoOrder'
  | 'fapiPrivateGetUserTrades'
  | 'fapiPrivateGetIncome'
  | 'fapiPrivatePostOrder'
  | 'fapiPrivateDeleteOrder'
  | 'fapiPrivatePostAlgoOrder'
  | 'fapiPrivateDeleteAlgoOrder'
  | 'fapiPrivatePostLeverage'
  | 'fapiPrivatePostMarginType';

export class BinanceClient extends Binanceusdm {
  readonly #venueTime: () => number;
  readonly #onReply: BinanceClientOptions['onReply'];

  constructor({ apiKey, apiSecret, receiveWindowMs, fetch, venueTime, onReply }: BinanceClientOptions) {
    super({
      apiKey,
      secret: apiSecret,
      userAgent: 'portcullis',
      // A leaky bucket per process is wrong for serverless; the budget is read from the venue's own headers.
      enableRateLimit: false,
      fetchImplementation: fetch,
      options: { recvWindow: receiveWindowMs, maxRetriesOnFailure: 0 },
    });
    this.#venueTime = venueTime;
    this.#onReply = onReply;
    this.milliseconds = venueTime;
  }

  async send(endpoint: Endpoint, params: Readonly<Record<string, string>>): Promise<unknown> {
    // ccxt adds parameters of its own to the object it is given.
    return this[endpoint]({ ...params });
  }

  override nonce(): number {
    return this.#venueTime();
  }

  override handleErrors(
    status: number,
    statusText: string,
    _url: string,
    _method: string,
    responseHeaders: Record<string, string>,
    body: string,
    json: unknown,
  ): undefined {
    const headers = new Map(Object.entries(responseHeaders).map(([name, value]) => [name.toLowerCase(), value]));
    const refusal = refusalOfReply({ status, statusText, headers, body, json }, this.#venueTime());
    this.#onReply(headers, refusal);
    if (refusal !== null) throw new CallFailedError(refusal);
  }
}
