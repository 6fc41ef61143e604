import type { Venue } from '../../ports/venue.ts';
import { readAccountSettings } from './account-settings.ts';
import { describeFailure } from './call-failure.ts';
import type { Connection } from './connection.ts';
import { foundOfCall } from './found-of-call.ts';
import { readIncomeSince } from './income-pages.ts';
import { wireBalances } from './parse-account.ts';
import { wireBrackets } from './parse-brackets.ts';
import { wireOrder, wireOrderOf, wireOrders } from './parse-order.ts';
import { wirePositions } from './parse-position.ts';
import type { PositionModeReader } from './position-mode.ts';

type AccountReads = Pick<Venue, 'account' | 'settings' | 'brackets' | 'positions' | 'openOrders' | 'findOrder' | 'findOrderOfFill' | 'incomeSince'>;

export function createAccountReads(connection: Connection, positionMode: PositionModeReader): AccountReads {
  return {
    async account() {
      const [mode, balances] = await Promise.all([positionMode.fresh(), connection.read('fapiPrivateV3GetAccount', {}, wireBalances)]);
      if (!mode.ok) return { kind: 'unavailable', cause: `position mode: ${describeFailure(mode.failure)}` };
      if (balances.kind === 'unavailable') return balances;
      return { ...balances, value: { positionMode: mode.value, balances: balances.value } };
    },
    settings: (symbols) => readAccountSettings(connection, symbols),
    brackets: (symbols) => connection.read('fapiPrivateGetLeverageBracket', {}, wireBrackets(symbols)),
    positions: () => connection.read('fapiPrivateV3GetPositionRisk', {}, wirePositions),
    openOrders: () => connection.read('fapiPrivateGetOpenOrders', {}, wireOrders),
    async findOrder({ symbol, clientOrderId }) {
      return foundOfCall(await connection.call('fapiPrivateGetOrder', { symbol, origClientOrderId: clientOrderId }, wireOrderOf({ symbol, clientOrderId })));
    },
    async findOrderOfFill({ symbol, venueOrderId }) {
      return foundOfCall(await connection.call('fapiPrivateGetOrder', { symbol, orderId: venueOrderId }, wireOrder.refine((order) => order.symbol === symbol && order.venueOrderId === venueOrderId, `an answer about order ${venueOrderId} of ${symbol}`)));
    },
    incomeSince: (since) => readIncomeSince(connection, since),
  };
}
