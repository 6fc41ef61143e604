import { tradingStateAt } from '../../domain/risk/trading-state.ts';
import type { Transaction } from '../../ports/store.ts';
import { TRADING_CONTROL, TRADING_CONTROL_ID } from '../../schema/records/trading-control.ts';
import type { TradingControl } from '../../schema/records/trading-control.ts';
import type { ActRequest } from '../../schema/requests/control-request.ts';
import type { EpochMs, TradingState } from '../../schema/scalars.ts';
import type { Change } from './change.ts';

const MINUTE_MS = 60_000;

type TradingRequest = Extract<ActRequest, { verb: 'halt' | 'reduce' | 'resume' }>;

const STATE_OF: Readonly<Record<TradingRequest['verb'], TradingState>> = { halt: 'HALTED', reduce: 'REDUCING', resume: 'ACTIVE' };

const MEANING: Readonly<Record<TradingState, string>> = {
  ACTIVE: 'entries and exits are sent',
  REDUCING: 'exits only; stops at the venue stay',
  HALTED: 'nothing is sent, exits included; stops at the venue stay',
};

/** The next order that is armed or sent sees it. */
export async function planTrading(tx: Transaction, request: TradingRequest, actor: string, now: EpochMs): Promise<Change> {
  const { control } = await tx.get({ control: { collection: TRADING_CONTROL, id: TRADING_CONTROL_ID } });
  const state = STATE_OF[request.verb];
  const minutes = request.verb === 'resume' ? null : request.minutes;
  const next: TradingControl = { state, actor, reason: request.reason, changedAt: now, expiresAt: minutes === null ? null : now + minutes * MINUTE_MS };
  const until = next.expiresAt === null ? '' : ` until ${new Date(next.expiresAt).toISOString()}, then ACTIVE`;
  return {
    kind: 'change',
    summary: `trading was ${tradingStateAt(control, now)} and is ${state}${until}: ${MEANING[state]}`,
    before: control,
    after: next,
    write: (writer) => writer.set(TRADING_CONTROL, TRADING_CONTROL_ID, next),
  };
}
