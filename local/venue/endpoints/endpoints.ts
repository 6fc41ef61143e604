// Everything the venue answers. What is not here is refused.
import { ACCOUNT_READS } from './account-reads.ts';
import { ACCOUNT_SETTINGS } from './account-settings.ts';
import { ALGO_ORDERS } from './algo-orders.ts';
import type { Endpoint } from './endpoint.ts';
import { exchangeInfo } from './exchange-info.ts';
import { HISTORIES } from './histories.ts';
import { klines } from './klines.ts';
import { MARKET_DATA } from './market-data.ts';
import { ORDERS } from './orders.ts';

export const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map(
  [exchangeInfo, klines, ...MARKET_DATA, ...ACCOUNT_READS, ...ACCOUNT_SETTINGS, ...ORDERS, ...ALGO_ORDERS, ...HISTORIES].map((endpoint) => [
    `${endpoint.method} ${endpoint.path}`,
    endpoint,
  ]),
);
