import { settingsOf } from '../../../functions/src/domain/matching/matching-context.ts';
import { invalidParameter } from '../wire-refusal.ts';
import { maxNotional } from './account-reads.ts';
import { accepted } from './answers.ts';
import type { Endpoint } from './endpoint.ts';
import { ORDER_RATE_LIMITS } from './exchange-info.ts';
import { requiredInstrument, selectedInstruments } from './symbols.ts';

const DONE = { code: 200, msg: 'success' };

const getPositionMode: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/positionSide/dual',
  signed: true,
  weight: 30,
  parameters: [],
  handle: ({ venue }) => ({ dualSidePosition: venue.exchange.state.positionMode === 'hedge' }),
};

const setPositionMode: Endpoint = {
  method: 'POST',
  path: '/fapi/v1/positionSide/dual',
  signed: true,
  weight: 1,
  parameters: ['dualSidePosition'],
  handle: ({ venue, parameters }) => {
    accepted(venue.execute('setPositionMode', { mode: parameters.boolean('dualSidePosition') ? 'hedge' : 'one-way' }));
    return DONE;
  },
};

const getMultiAssets: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/multiAssetsMargin',
  signed: true,
  weight: 30,
  parameters: [],
  handle: ({ venue }) => ({ multiAssetsMargin: venue.exchange.state.multiAssets }),
};

const setMultiAssets: Endpoint = {
  method: 'POST',
  path: '/fapi/v1/multiAssetsMargin',
  signed: true,
  weight: 1,
  parameters: ['multiAssetsMargin'],
  handle: ({ venue, parameters }) => {
    accepted(venue.execute('setMultiAssets', { enabled: parameters.boolean('multiAssetsMargin') }));
    return DONE;
  },
};

const leverage: Endpoint = {
  method: 'POST',
  path: '/fapi/v1/leverage',
  signed: true,
  weight: 1,
  parameters: ['symbol', 'leverage'],
  handle: ({ venue, parameters }) => ({
    ...accepted(
      venue.execute('setLeverage', {
        symbol: parameters.text('symbol'),
        leverage: parameters.integer('leverage', { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER }),
      }),
    ),
  }),
};

const marginType: Endpoint = {
  method: 'POST',
  path: '/fapi/v1/marginType',
  signed: true,
  weight: 1,
  parameters: ['symbol', 'marginType'],
  handle: ({ venue, parameters }) => {
    const type = parameters.text('marginType');
    if (type !== 'CROSSED' && type !== 'ISOLATED') throw invalidParameter('marginType');
    accepted(venue.execute('setMarginType', { symbol: parameters.text('symbol'), marginType: type }));
    return DONE;
  },
};

const symbolConfig: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/symbolConfig',
  signed: true,
  weight: 5,
  parameters: ['symbol'],
  handle: (call) =>
    selectedInstruments(call).map(({ symbol }) => {
      const { state } = call.venue.exchange;
      const settings = settingsOf(state, symbol);
      return {
        symbol,
        marginType: settings.marginType,
        isAutoAddMargin: false,
        leverage: settings.leverage,
        maxNotionalValue: maxNotional(state, symbol, settings.leverage),
      };
    }),
};

const accountConfig: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/accountConfig',
  signed: true,
  weight: 5,
  parameters: [],
  handle: ({ venue }) => ({
    feeTier: 0,
    canTrade: true,
    canDeposit: true,
    canWithdraw: true,
    dualSidePosition: venue.exchange.state.positionMode === 'hedge',
    updateTime: 0,
    multiAssetsMargin: venue.exchange.state.multiAssets,
    tradeGroupId: -1,
  }),
};

const commissionRate: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/commissionRate',
  signed: true,
  weight: 20,
  parameters: ['symbol'],
  handle: (call) => {
    const { fees } = call.venue.exchange.state;
    const { symbol } = requiredInstrument(call);
    return { symbol, makerCommissionRate: fees.maker, takerCommissionRate: fees.taker };
  },
};

const leverageBracket: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/leverageBracket',
  signed: true,
  weight: 1,
  parameters: ['symbol'],
  handle: (call) =>
    selectedInstruments(call).map(({ symbol, brackets }) => ({
      symbol,
      brackets: brackets.map((bracket) => ({
        bracket: bracket.bracket,
        initialLeverage: bracket.initialLeverage,
        notionalCap: Number(bracket.notionalCap),
        notionalFloor: Number(bracket.notionalFloor),
        maintMarginRatio: Number(bracket.maintMarginRatio),
        cum: Number(bracket.cum),
      })),
    })),
};

const orderRateLimit: Endpoint = {
  method: 'GET',
  path: '/fapi/v1/rateLimit/order',
  signed: true,
  weight: 1,
  parameters: [],
  handle: () => ORDER_RATE_LIMITS,
};

export const ACCOUNT_SETTINGS: readonly Endpoint[] = [
  getPositionMode, setPositionMode, getMultiAssets, setMultiAssets, leverage, marginType, symbolConfig, accountConfig, commissionRate,
  leverageBracket, orderRateLimit,
];
