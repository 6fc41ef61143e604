// Reads what Binance says about an error out of status, headers and body. A 2xx without an error code is no refusal,
// whatever its body: that is for the schema of the answer to judge.
import { z } from 'zod';
import type { EpochMs } from '../../schema/scalars.ts';
import type { CallFailure } from './call-failure.ts';

export interface VenueReply {
  readonly status: number;
  readonly statusText: string;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** The body as JSON, undefined when it is none. */
  readonly json: unknown;
}

export type Refusal = Extract<CallFailure, { kind: 'refused' }>;

const errorBody = z.looseObject({
  code: z.union([z.int(), z.string().regex(/^-?\d+$/)]).transform(String).optional(),
  msg: z.string().optional(),
});

const SUCCESS_CODES: readonly string[] = ['0', '200'];
const BANNED_UNTIL = /banned until (\d{13})/;
/** Binance's longest; more than that is no answer of the venue's. */
const LONGEST_BAN_MS = 3 * 86_400_000;
const EXCERPT_LENGTH = 120;

/** `venueNow` is the venue's time, in which it states the end of a ban. */
export function refusalOfReply(reply: VenueReply, venueNow: EpochMs): Refusal | null {
  const said = errorBody.safeParse(reply.json);
  const code = said.success && said.data.code !== undefined && !SUCCESS_CODES.includes(said.data.code) ? said.data.code : null;
  const isSuccess = reply.status >= 200 && reply.status < 300;
  if (isSuccess && code === null) return null;
  const message = (said.success ? said.data.msg : undefined) ?? excerpt(reply);
  return { kind: 'refused', status: reply.status, code, message, retryAfterMs: retryAfter(reply, message, venueNow) };
}

function retryAfter(reply: VenueReply, message: string, venueNow: EpochMs): number | null {
  const header = reply.headers.get('retry-after');
  if (header !== undefined && /^\d+$/.test(header)) return Math.min(Number(header) * 1000, LONGEST_BAN_MS);
  const bannedUntil = BANNED_UNTIL.exec(message)?.[1];
  return bannedUntil === undefined ? null : Math.min(Math.max(0, Number(bannedUntil) - venueNow), LONGEST_BAN_MS);
}

function excerpt({ statusText, body }: VenueReply): string {
  const start = body.replaceAll(/\s+/g, ' ').trim().slice(0, EXCERPT_LENGTH);
  return start === '' ? statusText : start;
}
