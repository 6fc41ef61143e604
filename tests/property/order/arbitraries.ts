/** Records of an intent and its present attempt in any combination, likely or not. */
import * as fc from 'fast-check';
import type { IntentRecord } from '../../../functions/src/schema/records/intent.ts';
import { orderStatus } from '../../../functions/src/schema/records/order.ts';
import type { OrderRecord } from '../../../functions/src/schema/records/order.ts';
import type { TakerBias } from '../../../functions/src/schema/records/router-health.ts';
import { aPolicy } from '../../support/builders/a-policy.ts';
import { anEndedAttempt, anIntent } from '../../support/builders/an-intent.ts';
import { anOrderRecord } from '../../support/builders/an-order-record.ts';
import { NOW } from '../../unit/domain/risk/scenario.ts';

export const time = fc.integer({ min: NOW, max: NOW + 120_000 });

const leg = fc.constantFrom<'maker' | 'taker'>('maker', 'taker');
const endedAttempt = fc
  .record({ leg, status: fc.constantFrom<OrderRecord['status']>('canceled', 'expired', 'rejected', 'absent') })
  .map(anEndedAttempt);

export const intent: fc.Arbitrary<IntentRecord> = fc
  .record({
    purpose: fc.constantFrom<IntentRecord['purpose']>('open', 'increase', 'reduce', 'close'),
    side: fc.constantFrom<IntentRecord['side']>('buy', 'sell'),
    executedQty: fc.constantFrom('0', '1.5', '5'),
    attempts: fc.integer({ min: 1, max: 6 }),
    expiresAt: fc.oneof(time, fc.constant(NOW + 200_000)),
    endedAttempts: fc.array(endedAttempt, { maxLength: 4 }),
    slicePlan: fc.option(fc.constantFrom('0.001', '0.5', '1.6').map((minQty) => ({ slices: 3, sliceQty: '1.6', minQty, intervalMs: 30_000 }))),
    policy: fc.constantFrom<TakerBias>('prefer_maker', 'balanced', 'prefer_taker').map((takerBias) => aPolicy({ takerBias })),
  })
  .map(anIntent);

export const order: fc.Arbitrary<OrderRecord> = fc
  .record({
    leg,
    slice: fc.integer({ min: 1, max: 3 }),
    status: fc.constantFrom(...orderStatus.options),
    statusReason: fc.constantFrom(null, 'wouldTake: -5022 no', 'filter: -1111 no'),
    executedQty: fc.constantFrom('0', '1.5', '5'),
    booked: fc.constantFrom('all', 'all', '0'),
    restUntilAt: fc.option(time),
    retryAfterAt: fc.option(time, { freq: 1 }),
    cancelRequestedAt: fc.option(time),
  })
  .map(({ booked, ...changes }) => anOrderRecord({ ...changes, bookedQty: booked === 'all' ? changes.executedQty : '0' }));
