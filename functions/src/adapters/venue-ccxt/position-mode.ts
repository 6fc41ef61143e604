/** The account's position mode as the venue says it: read once, and again after the venue refused an order over it. */
import type { PositionMode } from '../../domain/account/account.ts';
import type { CallResult, Connection } from './connection.ts';
import { wirePositionMode } from './parse-account.ts';

export interface PositionModeReader {
  read(): Promise<CallResult<PositionMode>>;
  forget(): void;
}

export function createPositionModeReader(connection: Connection): PositionModeReader {
  let known: CallResult<PositionMode> | null = null;
  return {
    async read() {
      if (known !== null) return known;
      const answer = await connection.call('fapiPrivateGetPositionSideDual', {}, wirePositionMode);
      if (answer.ok) known = answer;
      return answer;
    },
    forget() {
      known = null;
    },
  };
}
