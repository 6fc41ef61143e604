import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageType } from '../../../../local/firestore/protocol/protos.ts';
import type { WireFields } from '../../../../local/firestore/protocol/messages.ts';
import { fieldsFromWire, fieldsToWire, microsFromWire, microsToWire, valueFromWire } from '../../../../local/firestore/values/wire-value.ts';
import { sameFields } from '../../../../local/firestore/values/compare.ts';
import { values } from './arbitrary-values.ts';

const documentType = messageType('Document');

describe('values on the wire', () => {
  it('come back the same after encoding and decoding', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = documentType.encode({ fields: fieldsToWire({ value }) }).finish();
        const decoded: { fields?: WireFields } = documentType.toObject(documentType.decode(bytes), { oneofs: true });
        expect(sameFields(fieldsFromWire(decoded.fields ?? {}), { value })).toBe(true);
      }),
    );
  });

  it('must have a type', () => {
    expect(() => valueFromWire({})).toThrow('no type');
  });

  it('must not be timestamps or places that do not exist', () => {
    expect(() => valueFromWire({ valueType: 'timestampValue', timestampValue: { seconds: 253_402_300_800, nanos: 0 } })).toThrow('0001 to 9999');
    expect(() => valueFromWire({ valueType: 'geoPointValue', geoPointValue: { latitude: 91, longitude: 0 } })).toThrow('±90');
    expect(() => valueFromWire({ valueType: 'geoPointValue', geoPointValue: { latitude: Number.NaN, longitude: 0 } })).toThrow('±90');
  });

  it('must not be pipeline expressions', () => {
    expect(() => valueFromWire({ valueType: 'functionValue' })).toThrow('functionValue');
  });

  it('must not name a field __proto__', () => {
    expect(() => fieldsFromWire(Object.fromEntries([['__proto__', { valueType: 'nullValue' }]]))).toThrow('reserved');
  });
});

describe('commit times', () => {
  it('keep their microseconds', () => {
    for (const micros of [0, 1, 1_795_256_142_882_123, -1]) expect(microsFromWire(microsToWire(micros))).toBe(micros);
  });
});
