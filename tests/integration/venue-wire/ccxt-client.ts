// The unmodified ccxt client, pointed at the local venue. The deep import is the only way to load one exchange class; its
// version is pinned and a test asserts what was loaded.
import binanceusdm from '../../../node_modules/ccxt/js/src/binanceusdm.js';

export { binanceusdm };

export interface ClientOptions {
  readonly url: string;
  readonly apiKey: string;
  readonly secret: string;
  /** The venue's clock; requests are stamped with it. */
  readonly clock: () => number;
}

const LIVE = 'https://fapi.binance.com';

/** URLs are replaced underneath ccxt, because it picks its error table by the live prefix. Anything else is refused. */
export function ccxtClient({ url, apiKey, secret, clock }: ClientOptions): binanceusdm {
  const client = new binanceusdm({
    apiKey,
    secret,
    enableRateLimit: false,
    number: String,
    options: { fetchCurrencies: false, warnOnFetchOpenOrdersWithoutSymbol: false },
    fetchImplementation: (target: string, init: RequestInit) => {
      if (!target.startsWith(LIVE)) throw new Error(`the test client must only call ${LIVE}, not ${target}`);
      return fetch(url + target.slice(LIVE.length), init);
    },
  });
  // ccxt subtracts this from its own clock: a difference that follows the venue's clock wherever a test moves it.
  Object.defineProperty(client.options, 'timeDifference', { get: () => Date.now() - clock() });
  return client;
}
