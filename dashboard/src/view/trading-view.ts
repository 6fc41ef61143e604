import { asText, asTime, asWord } from '../records/fields.ts';
import type { StoredDocument } from '../records/fields.ts';
import type { TradingControl } from '../../../functions/src/schema/records/trading-control.ts';
import type { TradingState } from '../../../functions/src/schema/scalars.ts';
import { ago, fullTime, span } from './time-text.ts';

const MEANING: Readonly<Record<TradingState, string>> = {
  ACTIVE: 'entries and exits',
  REDUCING: 'exits only',
  HALTED: 'nothing is sent, exits included',
};

export interface TradingView {
  readonly state: TradingState | 'UNKNOWN';
  readonly meaning: string;
  /** Who set it, when and why. */
  readonly detail: string;
}

/** The state in force: ACTIVE without a control document or once it has expired, as the engine judges it. */
export function tradingView(control: StoredDocument<TradingControl> | null, now: number): TradingView {
  if (control === null) return { state: 'ACTIVE', meaning: MEANING.ACTIVE, detail: 'Nobody has ever changed it.' };
  const state = asWord(control.fields.state, MEANING);
  if (state === null) return { state: 'UNKNOWN', meaning: 'the control document cannot be read', detail: 'Look at control/trading in the console.' };
  const expiresAt = asTime(control.fields.expiresAt);
  const by = `${state} by ${asText(control.fields.actor) ?? 'unknown'}, ${ago(asTime(control.fields.changedAt), now)}: ${asText(control.fields.reason) ?? 'no reason given'}`;
  if (expiresAt === null) return { state, meaning: MEANING[state], detail: by };
  if (now >= expiresAt) return { state: 'ACTIVE', meaning: MEANING.ACTIVE, detail: `${by}; ended ${fullTime(expiresAt)}` };
  return { state, meaning: MEANING[state], detail: `${by}; ends in ${span(expiresAt - now)}` };
}
