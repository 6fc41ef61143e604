/** The keys of outside signals: ids to secrets. Two may be valid at once, which is how one is replaced by another. */
import { z } from 'zod';
import { parseSecret, secretJson } from './parse-secret.ts';

/** Shorter ones could be guessed; 32 characters of `openssl rand -hex 32` are half of what it gives. */
const SHORTEST = 32;

const ingestKeys = z.record(z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), z.string().min(SHORTEST).max(256));
export type IngestKeys = Readonly<Record<string, string>>;

/** `secret` as the platform binds it, JSON as text. An empty object is no keys. Never repeats what it holds. */
export function parseIngestKeys(secret: string): IngestKeys {
  return parseSecret('INGEST_KEYS', ingestKeys, secretJson(secret), `a JSON object of key ids, such as "model-a", to secrets of at least ${SHORTEST} characters, or {} for no keys`);
}
