import type { AlgoKey } from '../../../functions/src/domain/matching/cancel-order.ts';
import { queryAlgo } from '../../../functions/src/domain/matching/order-history.ts';
import type { Parameters } from '../parameters.ts';
import { invalidParameter } from '../wire-refusal.ts';
import { accepted } from './answers.ts';
import type { Endpoint } from './endpoint.ts';
import { placedAlgo, queriedAlgo } from './order-shape.ts';
import { selectedInstruments } from './symbols.ts';

const placeAlgo: Endpoint = {
  method: 'POST',
  path: '/fapi/v1/algoOrder',
  signed: true,
  weight: 0,
  isOrder: true,
  parameters: [
    'algoType', 'symbol', 'side', 'positionSide', 'type', 'timeInForce', 'quantity', 'triggerPrice', 'activatePrice', 'callbackRate',
    'closePosition', 'reduceOnly', 'workingType', 'clientAlgoId', 'newOrderRespType',
  ],
  handle: ({ venue, parameters }) => {
    if (parameters.text('algoType') !== 'CONDITIONAL') throw invalidParameter('algoType');
    if ((parameters.optionalText('timeInForce') ?? 'GTC') !== 'GTC') throw invalidParameter('timeInForce');
    return placedAlgo(
      accepted(
        venue.execute('placeAlgo', {
          symbol: parameters.text('symbol'),
          side: parameters.text('side'),
          type: parameters.text('type'),
          positionSide: parameters.optionalText('positionSide'),
          quantity: parameters.optionalText('quantity'),
          triggerPrice: parameters.optionalText('triggerPrice'),
          activatePrice: parameters.optionalText('activatePrice'),
          callbackRate: parameters.optionalText('callbackRate'),
          closePosition: parameters.optionalBoolean('closePosition'),
          reduceOnly: parameters.optionalBoolean('reduceOnly'),
          workingType: parameters.optionalText('workingType'),
          clientAlgoId: parameters.optionalText('clientAlgoId'),
        }),
      ),
    );
  },
};

const getAlgo: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/algoOrder',
  signed: true,
  weight: 1,
  parameters: ['algoId', 'clientAlgoId', 'symbol'],
  handle: ({ venue, parameters, now }) => queriedAlgo(accepted(queryAlgo(venue.exchange.state, algoKey(parameters), now))),
};

const cancelAlgo: Endpoint = {
  method: 'DELETE',
  path: '/fapi/v1/algoOrder',
  signed: true,
  weight: 1,
  parameters: ['algoId', 'clientAlgoId', 'symbol'],
  handle: ({ venue, parameters }) => {
    const algo = accepted(venue.execute('cancelAlgo', algoKey(parameters)));
    return { algoId: BigInt(algo.algoId), clientAlgoId: algo.clientAlgoId, code: '200', msg: 'success' };
  },
};

const openAlgos: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/openAlgoOrders',
  signed: true,
  weight: (parameters) => (parameters.optionalText('symbol') === undefined ? 40 : 1),
  parameters: ['symbol', 'algoType', 'algoId'],
  handle: (call) => {
    const symbols = new Set(selectedInstruments(call).map(({ symbol }) => symbol));
    const algoId = call.parameters.optionalId('algoId');
    return call.venue.exchange.state.openAlgos
      .filter((algo) => symbols.has(algo.symbol) && (algoId === undefined || algo.algoId === algoId))
      .map(queriedAlgo);
  },
};

const cancelAllAlgos: Endpoint = {
  method: 'DELETE',
  path: '/fapi/v1/algoOpenOrders',
  signed: true,
  weight: 1,
  parameters: ['symbol'],
  handle: ({ venue, parameters }) => {
    accepted(venue.execute('cancelAllAlgos', { symbol: parameters.text('symbol') }));
    return { code: 200, msg: 'The operation of cancel all open order is done.' };
  },
};

export const ALGO_ORDERS: readonly Endpoint[] = [placeAlgo, getAlgo, cancelAlgo, openAlgos, cancelAllAlgos];

function algoKey(parameters: Parameters): AlgoKey {
  return { algoId: parameters.optionalId('algoId'), clientAlgoId: parameters.optionalText('clientAlgoId') };
}
