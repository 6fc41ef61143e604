// Protective stops on the pure exchange, where they are conditional orders.
import type { Exchange } from '../../domain/matching/exchange.ts';
import { queryAlgo } from '../../domain/matching/order-history.ts';
import type { StopCancelOutcome, StopOutcome } from '../../domain/order/protective-stop.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Venue } from '../../ports/venue.ts';
import { failedCancel } from './failed-cancel.ts';
import { failedDelivery } from './failed-delivery.ts';
import type { FaultyLink } from './faulty-link.ts';
import { foundOfAnswer } from './found-of-answer.ts';
import { rejectedOutcome } from './reject-words.ts';
import { exchangeStop, venueStop } from './stop-words.ts';

export function stopReads({ state }: Exchange, link: FaultyLink): Pick<Venue, 'openStops' | 'findStop'> {
  return {
    openStops: async () => link.read('openStops', () => state.openAlgos.map(venueStop)),
    findStop: async ({ clientStopId }) =>
      foundOfAnswer('findStop', link.read('findStop', (now) => queryAlgo(state, { clientAlgoId: clientStopId }, now)), venueStop),
  };
}

export function stopMutations(exchange: Exchange, link: FaultyLink, clock: Clock): Pick<Venue, 'placeStop' | 'cancelStop'> {
  return {
    async placeStop(request): Promise<StopOutcome> {
      const stop = exchangeStop(request, exchange.state.positionMode);
      const delivery = link.deliver('placeStop', request.armedAt, (now) => exchange.execute('placeAlgo', stop, now));
      if (delivery.kind !== 'answered') return failedDelivery(delivery);
      const answer = delivery.value;
      return answer.ok ? { kind: 'accepted', stop: venueStop(answer.value) } : rejectedOutcome(answer);
    },
    async cancelStop({ clientStopId }): Promise<StopCancelOutcome> {
      const key = { clientAlgoId: clientStopId };
      const delivery = link.deliver('cancelStop', clock.now(), (now) => exchange.execute('cancelAlgo', key, now));
      if (delivery.kind !== 'answered') return { kind: 'ambiguous', cause: delivery.cause };
      if (delivery.value.ok) return { kind: 'canceled' };
      const failed = failedCancel(delivery.value);
      return failed.kind === 'unknown' ? { kind: 'unknownStop' } : failed;
    },
  };
}
