import { assert, property, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentPath } from '../../../functions/src/adapters/store-document/document-path.ts';
import { positionKey } from '../../../functions/src/schema/records/position.ts';
import { symbolText } from '../../../functions/src/schema/scalars.ts';

const takes = (symbol: string): boolean => symbolText.safeParse(symbol).success;

describe('a symbol', () => {
  it.each(['BTCUSDT', '1000PEPEUSDC', 'BTCUSDT_261225', '币安人生USDT', 'ラーメンUSDT', 'हिन्दीUSDT'])('may be %s', (symbol) => {
    expect(takes(symbol)).toBe(true);
    expect(documentPath('hedge/paper/positions', positionKey(symbol, 'long'))).toBe(`hedge/paper/positions/${symbol}-long`);
  });

  it.each(['btcusdt', 'BTC/USDT', 'BTC.USDT', 'BTC-USDT', 'BTC USDT', 'BTC\u3000USDT', 'BTCUSDT\n', '币安人生:USDT', 'B', 'B'.repeat(41), '\uD840USDT'])('is not %j', (symbol) => {
    expect(takes(symbol)).toBe(false);
  });

  it('may be all that it could be in the first records', () => {
    assert(property(stringMatching(/^[A-Z0-9_]{2,40}$/), (symbol) => {
      expect(takes(symbol)).toBe(true);
    }));
  });
});
