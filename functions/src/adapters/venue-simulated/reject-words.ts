// The exchange's refusals in our words. A refused command has changed nothing, so every refusal is final.
import type { Rejection } from '../../domain/matching/rejection.ts';
import type { RejectCode, VenueOutcome } from '../../domain/order/venue-order.ts';

const CODES: Readonly<Record<number, RejectCode>> = {
  [-5022]: 'wouldTake',
  [-2018]: 'insufficientMargin',
  [-2019]: 'insufficientMargin',
  [-2022]: 'reduceRejected',
  [-1111]: 'filter',
  [-4001]: 'filter',
  [-4002]: 'filter',
  [-4003]: 'filter',
  [-4004]: 'filter',
  [-4005]: 'filter',
  [-4006]: 'filter',
  [-4007]: 'filter',
  [-4013]: 'filter',
  [-4014]: 'filter',
  [-4016]: 'filter',
  [-4023]: 'filter',
  [-4024]: 'filter',
  [-4131]: 'filter',
  [-4164]: 'filter',
  [-1121]: 'symbolNotTrading',
  [-4140]: 'symbolNotTrading',
  [-4116]: 'duplicateClientOrderId',
  [-4061]: 'positionModeMismatch',
  [-2025]: 'tooManyOrders',
  [-4045]: 'tooManyOrders',
  [-2027]: 'leverageLimit',
  [-2028]: 'leverageLimit',
  [-4028]: 'leverageLimit',
  [-4161]: 'leverageLimit',
  [-2021]: 'wouldTrigger',
  [-4509]: 'positionMissing',
  [-4130]: 'stopExists',
};

export function rejectedOutcome({ code, message }: Rejection): Extract<VenueOutcome, { kind: 'rejected' }> {
  return { kind: 'rejected', code: CODES[code] ?? 'other', venueCode: String(code), message };
}
