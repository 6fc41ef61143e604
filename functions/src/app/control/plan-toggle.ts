import { operatorDisableAt } from '../../domain/risk/operator-disable.ts';
import type { Transaction } from '../../ports/store.ts';
import { RISK_STATE, RISK_STATE_ID } from '../../schema/records/risk-state.ts';
import { SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID } from '../../schema/records/symbol-toggles.ts';
import type { SymbolToggle } from '../../schema/records/symbol-toggles.ts';
import type { ActRequest } from '../../schema/requests/control-request.ts';
import type { EpochMs } from '../../schema/scalars.ts';
import type { Change } from './change.ts';

const HOUR_MS = 3_600_000;

type ToggleRequest = Extract<ActRequest, { verb: 'disable-symbol' | 'enable-symbol' }>;

/** Entries of the symbol stop, or may go on as far as operators are concerned; exits were never held. */
export async function planToggle(tx: Transaction, request: ToggleRequest, actor: string, now: EpochMs): Promise<Change> {
  const { symbol } = request;
  const { toggles, risk } = await tx.get({ toggles: { collection: SYMBOL_TOGGLES, id: SYMBOL_TOGGLES_ID }, risk: { collection: RISK_STATE, id: RISK_STATE_ID } });
  // What has run out is left out, so that the document stays as small as what is in force.
  const inForce = Object.fromEntries(Object.entries(toggles?.disabled ?? {}).filter(([name]) => name !== symbol && operatorDisableAt(toggles, name, now) !== null));
  const before = toggles?.disabled[symbol] ?? null;
  const after: SymbolToggle | null =
    request.verb === 'enable-symbol' ? null : { untilAt: request.hours === null ? null : now + request.hours * HOUR_MS, actor, reason: request.reason, changedAt: now };
  const disabled = after === null ? inForce : { ...inForce, [symbol]: after };
  return {
    kind: 'change',
    summary: after === null ? enabledText(symbol, risk?.disabledUntilAtBySymbol[symbol] ?? null, now) : disabledText(symbol, after),
    before,
    after,
    write: (writer) => writer.set(SYMBOL_TOGGLES, SYMBOL_TOGGLES_ID, { disabled }),
  };
}

function disabledText(symbol: string, { untilAt }: SymbolToggle): string {
  return `${symbol} takes no entries ${untilAt === null ? 'until it is enabled' : `until ${new Date(untilAt).toISOString()}`}; exits go on`;
}

/** The engine's own word, given for the symbol's loss of the day, is not an operator's to take back. */
function enabledText(symbol: string, disabledUntilAt: EpochMs | null, now: EpochMs): string {
  if (disabledUntilAt === null || now >= disabledUntilAt) return `${symbol} may take entries`;
  return `no operator holds ${symbol} any more; its loss of the day still does, until ${new Date(disabledUntilAt).toISOString()} (risk.json:symbolDisableHours)`;
}
