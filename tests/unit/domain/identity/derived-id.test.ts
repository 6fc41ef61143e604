import { describe, expect, it } from 'vitest';
import { clientOrderId, derivedId, intentId, tickId } from '../../../../functions/src/domain/identity/derived-id.ts';
import type { IntentIdentity } from '../../../../functions/src/domain/identity/derived-id.ts';

const SCHEDULED = Date.UTC(2026, 0, 15, 12, 5);

function identity(changes: Partial<IntentIdentity> = {}): IntentIdentity {
  return { candleCloseAt: SCHEDULED, strategy: 'zscore-5m', symbol: 'BTCUSDT', positionSide: 'long', purpose: 'open', ...changes };
}

describe('derivedId', () => {
  it('is RFC 4648 base32 of the SHA-256 of "6:intent;1:1;1:a;", for ever', () => {
    expect(derivedId('intent', 1, 'a')).toBe('ytm5egjtzbjjach76kuk');
  });

  it.each([
    ['where one part ends', ['ab', 'c'], ['a', 'bc']],
    ['how many parts there are', ['a', ''], ['a']],
    ['the order of parts', ['a', 'b'], ['b', 'a']],
    ['separators inside a part', ['a', 'b'], ['a;1:b']],
    ['characters beyond ASCII', ['é'], ['è']],
  ])('depends on %s', (_title, some, others) => {
    expect(derivedId(...some)).not.toBe(derivedId(...others));
  });
});

describe('tickId', () => {
  it('shows job and minute, and repeats for a repeated delivery', () => {
    const id = tickId('screen', SCHEDULED);
    expect(id).toMatch(/^screen-20260115T1205-[a-z2-7]{6}$/);
    expect(tickId('screen', SCHEDULED)).toBe(id);
  });

  it.each([
    ['jobs', tickId('sync', SCHEDULED).slice('sync'.length)],
    ['minutes', tickId('screen', SCHEDULED + 60_000).slice('screen'.length)],
    ['seconds of one minute', tickId('screen', SCHEDULED + 1000).slice('screen'.length)],
  ])('tells %s apart', (_title, other) => {
    expect(other).not.toBe(tickId('screen', SCHEDULED).slice('screen'.length));
  });
});

describe('intentId', () => {
  it('is one per candle, strategy, symbol, position side and purpose', () => {
    const ids = [
      identity(),
      identity({ candleCloseAt: SCHEDULED + 300_000 }),
      identity({ strategy: 'zscore-15m' }),
      identity({ symbol: 'ETHUSDT' }),
      identity({ positionSide: 'short' }),
      identity({ purpose: 'close' }),
    ].map(intentId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(intentId(identity())).toBe(ids[0]);
  });
});

describe('clientOrderId', () => {
  it('names leg and attempt for a person to read', () => {
    expect(clientOrderId('abc', 'maker', 1)).toMatch(/^pc-[a-z2-7]{20}-m1$/);
    expect(clientOrderId('abc', 'taker', 12)).toMatch(/^pc-[a-z2-7]{20}-t12$/);
  });
});
