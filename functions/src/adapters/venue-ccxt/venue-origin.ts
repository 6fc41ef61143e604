/** The only host an environment talks to. */
import { LIVE_ORIGIN } from './wire-fetch.ts';

export type VenueTarget =
  | { readonly env: 'prod' | 'testnet' }
  /** A simulated exchange on this machine, for example http://127.0.0.1:8080. */
  | { readonly env: 'local'; readonly baseUrl: string };

const TESTNET_ORIGIN = 'https://demo-fapi.binance.com';
const LOOPBACK: readonly string[] = ['127.0.0.1', 'localhost', '[::1]'];

/** Throws RangeError when a local address is not on this machine. */
export function originOf(target: VenueTarget): string {
  if (target.env !== 'local') return target.env === 'prod' ? LIVE_ORIGIN : TESTNET_ORIGIN;
  const url = URL.parse(target.baseUrl);
  if (url === null || url.protocol !== 'http:' || !LOOPBACK.includes(url.hostname)) {
    throw new RangeError(`baseUrl is ${JSON.stringify(target.baseUrl)}: env "local" talks to http://127.0.0.1:<port> only`);
  }
  return url.origin;
}
