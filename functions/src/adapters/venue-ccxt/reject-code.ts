// Binance's refusals by number: those that are final, and what the engine calls them. The request was read and refused,
// so none of these can have left an order behind. Numbers are from Binance's published list of error codes.
import type { RejectCode } from '../../domain/order/venue-order.ts';

const CODES: readonly (readonly [RejectCode, readonly number[]])[] = [
  ['wouldTake', [-5022]],
  ['insufficientMargin', [-2018, -2019]],
  ['reduceRejected', [-2022, -2024]],
  // Price and quantity against precision, tick, step, bands and minimum notional.
  ['filter', [-1111, ...range(-4007, -4001), -4013, -4014, -4016, -4023, -4024, -4029, -4030, -4131, -4164]],
  ['symbolNotTrading', [-1121, -4140, -4141]],
  // An earlier send with this id was accepted.
  ['duplicateClientOrderId', [-4116]],
  ['positionModeMismatch', [-4061, -4067, -4068]],
  ['tooManyOrders', [-2025, -4045]],
  ['leverageLimit', [-2027, -2028, -4028, -4161]],
  ['wouldTrigger', [-2021, -4142]],
  ['positionMissing', [-4509]],
  ['stopExists', [-4130]],
  ['auth', [-1022, -2014, -2015]],
  // -2010 rejected, -4046 and -4059 nothing to change, -4047, -4048 and -4168 a margin mode that cannot change now, -4120 conditional type on the plain endpoint, -4136 and -4137 terms
  // that closePosition does not go with, -5021 fill-or-kill, -5027 nothing to modify; the ranges are malformed parameters.
  [
    'other',
    [
      -2010, ...range(-4048, -4046), -4059, -4168, -4120, -4136, -4137, -5021, -5027,
      ...range(-1106, -1100), ...range(-1120, -1114), ...range(-1130, -1122),
      -4000, ...range(-4012, -4008), -4015, ...range(-4022, -4017), ...range(-4027, -4025), -4031,
    ],
  ],
];

const BY_NUMBER: ReadonlyMap<string, RejectCode> = new Map(
  CODES.flatMap(([code, numbers]) => numbers.map((number): [string, RejectCode] => [String(number), code])),
);

/** Null for a code that is not known to be a final refusal. */
export function rejectCodeOf(venueCode: string): RejectCode | null {
  return BY_NUMBER.get(venueCode) ?? null;
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
