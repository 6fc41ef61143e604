/**
 * The account's position mode as the venue says it. Orders go by what is known of it, and ask again after the venue refused
 * one over it; what is recorded of the account is always asked afresh, since an operator may change the mode at any time.
 */
import type { PositionMode } from '../../domain/account/account.ts';
import type { CallResult, Connection } from './connection.ts';
import { wirePositionMode } from './parse-account.ts';

export interface PositionModeReader {
  /** For orders: the last answer, asked for when there is none. */
  known(): Promise<CallResult<PositionMode>>;
  /** Asks, and from then on orders go by the answer. */
  fresh(): Promise<CallResult<PositionMode>>;
  forget(): void;
}

export function createPositionModeReader(connection: Connection): PositionModeReader {
  let last: CallResult<PositionMode> | null = null;
  const fresh = async (): Promise<CallResult<PositionMode>> => {
    // Weight 5, where /fapi/v1/positionSide/dual has 30; settings are judged by it, too.
    const answer = await connection.call('fapiPrivateGetAccountConfig', {}, wirePositionMode);
    if (answer.ok) last = answer;
    return answer;
  };
  return {
    known: async () => last ?? fresh(),
    fresh,
    forget() {
      last = null;
    },
  };
}
