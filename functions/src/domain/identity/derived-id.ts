/**
 * Ids are derived from what they name, never drawn: the same tick, intent or attempt has the same id after any crash,
 * repeat or overlap, and a create precondition on it is the duplicate check.
 */
import { hash } from 'node:crypto';
import type { EpochMs, PositionSide, Purpose } from '../../schema/scalars.ts';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** 20 characters of base32: 100 bits of SHA-256 over the length-prefixed parts, so that no two lists collide by joining. */
export function derivedId(...parts: readonly (string | number)[]): string {
  return base32(digestOf(parts), 20);
}

/** A whole number below 2^32 that looks drawn and is always the same for the same parts. */
export function derivedNumber(...parts: readonly (string | number)[]): number {
  return digestOf(parts).readUInt32BE();
}

function digestOf(parts: readonly (string | number)[]): Buffer {
  let joined = '';
  for (const part of parts) {
    const text = String(part);
    joined += `${text.length}:${text};`;
  }
  return hash('sha256', joined, 'buffer');
}

function base32(bytes: Uint8Array, length: number): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    bits += 8;
    while (bits >= 5 && out.length < length) {
      bits -= 5;
      out += BASE32[(buffer >> bits) & 31];
    }
  }
  return out;
}

/** A scheduled run, by its scheduled time: a duplicate delivery of the schedule has the same id. */
export function tickId(job: string, scheduledAt: EpochMs): string {
  return `${job}-${new Date(scheduledAt).toISOString().slice(0, 16).replace(/[-:]/g, '')}-${derivedId(job, scheduledAt).slice(0, 6)}`;
}

export interface IntentIdentity {
  readonly candleCloseAt: EpochMs;
  readonly strategy: string;
  readonly symbol: string;
  readonly positionSide: PositionSide;
  readonly purpose: Purpose;
}

/** One intent per candle, strategy, symbol, position side and purpose. */
export function intentId(of: IntentIdentity): string {
  return derivedId('intent', of.candleCloseAt, of.strategy, of.symbol, of.positionSide, of.purpose);
}

/** One intent per outside signal and purpose; the id of a signal is its strategy's own. */
export function outsideIntentId(of: { readonly strategy: string; readonly signalId: string; readonly purpose: Purpose }): string {
  return derivedId('outside-intent', of.strategy, of.signalId, of.purpose);
}

/** Every order of ours begins with this. */
export const ORDER_PREFIX = 'pc-';

/** At most 36 characters of Binance's alphabet: `pc-` + the intent's 20 + leg + attempt. */
export function clientOrderId(intent: string, leg: 'maker' | 'taker', attempt: number): string {
  return `${ORDER_PREFIX}${derivedId('order', intent)}-${leg === 'maker' ? 'm' : 't'}${attempt}`;
}
