/** Parameters and secrets as `firebase deploy` asks for them. The engine reads them through config/environment. */
import { defineBoolean, defineJsonSecret, defineSecret, defineString, select } from 'firebase-functions/params';

/** `{"apiKey": "...", "apiSecret": "..."}` of the venue account. */
export const venueCredentials = defineJsonSecret('VENUE_CREDENTIALS');

/**
 * `{"model-a": "..."}`: who may send outside signals; `{}` when nobody may. As text, because the platform would repeat
 * the beginning of a secret that is not JSON.
 */
export const ingestKeys = defineSecret('INGEST_KEYS');

/** `{"ops": {"kind": "telegram", ...}}`: where the sinks of runtime.json:alerts are, see docs/alerts.md; `{}` for none. */
export const alertSinks = defineSecret('ALERT_SINKS');

export const tradingEnv = defineString('TRADING_ENV', {
  default: 'paper',
  label: 'Trading environment',
  description: 'Decides venue, keys and the folder of the store. prod also needs ALLOW_PROD_WRITE and control/write_gate.',
  input: select({ 'Paper money': 'paper', 'Venue testnet': 'testnet', 'Real money': 'prod' }),
});

export const allowProdWrite = defineBoolean('ALLOW_PROD_WRITE', {
  default: false,
  label: 'Allow production orders',
  description: 'The first of the two keys for real orders; the second is the document control/write_gate.',
});

export const allowProdSync = defineBoolean('ALLOW_PROD_SYNC', {
  default: false,
  label: 'Allow production records',
  description: 'Lets the engine write its records in production without sending orders.',
});
